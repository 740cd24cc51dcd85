"""A name in two scripts has two halves; notation beside a Chinese name is none."""

import pytest

from cmic_screen.names import halves, split_instrument


@pytest.mark.parametrize(
    ("name", "want"),
    [
        ("HIKVISION 海康威视", ("HIKVISION", "海康威视")),
        ("中芯国际 (SMIC)", ("SMIC", "中芯国际")),
        ("0941 HK 中國移動 CHINA MOBILE", ("CHINA MOBILE", "0941 HK 中國移動")),
        ("China Mobile Ltd.中国移动有限公司", ("China Mobile Ltd", "中国移动有限公司")),
        ("Cloudwalk 云从科技-UW", ("Cloudwalk", "云从科技-UW")),
        ("中国移动A股", None),
        ("24电信MTN001", None),
        ("中国交建 H", None),
        ("中国移动 ADR", None),
        ("电信ETF", None),
        ("海康威视", None),
        ("HIKVISION", None),
        ("", None),
    ],
)
def test_halves(name, want):
    assert halves(name) == want


@pytest.mark.parametrize(
    "name", ["中国交建 H", "中国移动 A股", "海康威视-A 002415", "中国铁建 601186.SH", "中国移动 00941"]
)
def test_a_class_or_code_apart_from_a_chinese_name(name):
    assert split_instrument(name).issuer == name.split("-")[0].split()[0]
