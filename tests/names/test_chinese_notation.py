"""Chinese notation of bonds, classes and delistings comes off a name; Shanghai's character stays Shanghai's."""

import pytest

from cmic_screen.names import normalise, split_instrument
from cmic_screen.names.han import core_han


@pytest.mark.parametrize(
    ("name", "issuer"),
    [
        ("中国电信(沪股通)", "中国电信"),
        ("中国电信2025年中期票据", "中国电信"),
        ("中国铁建股份有限公司2025年度第一期超短期融资券", "中国铁建股份有限公司"),
        ("2024年第一期中国铁建股份有限公司企业债券", "中国铁建股份有限公司"),
        ("中国电信股份有限公司公司债券", "中国电信股份有限公司"),
        ("中国电信A类普通股", "中国电信"),
        ("退市中国电信", "中国电信"),
        ("中国电信(已退市)", "中国电信"),
        ("中国电信 MTN", "中国电信"),
        ("21中国电信EB", "中国电信"),
        ("中国电信美国存托凭证", "中国电信"),
        ("中国电信(港元)", "中国电信"),
        ("中国电信(港股)", "中国电信"),
        ("中国电信（上交所）", "中国电信"),
        ("中国电信.HK", "中国电信"),
        ("中国电信A 股", "中国电信"),
        ("A股：中国电信", "中国电信"),
        ("SH601728 中国电信", "中国电信"),
        ("00728.HK 中国电信", "中国电信"),
        ("中国电信购12月8000", "中国电信"),
        ("中国电信认沽", "中国电信"),
        ("中国电信 PUT 12/26", "中国电信"),
        ("中国电信看涨期权", "中国电信"),
        ("中国电信个股期货", "中国电信"),
        ("中国电信收益互换", "中国电信"),
        ("中国电信（注1）", "中国电信"),
        ("中国 中国电信", "中国电信"),
        ("中国港股", "中国"),
        ("中国电信(融)", "中国电信"),
        ("中国电信 融", "中国电信"),
        ("中国电信 普通股 人民币1元", "中国电信"),
        ("中国电信 100股", "中国电信"),
        ("中国电信 ORD", "中国电信"),
        ("中国电信挂钩票据", "中国电信"),
        ("中国电信 美国存托股", "中国电信"),
        ("中国电信限售股", "中国电信"),
        ("中国电信【通】", "中国电信"),
        ("沪股通-中国电信", "中国电信"),
        ("融资 中国电信", "中国电信"),
        ("融资租赁公司", "融资租赁公司"),
        ("601728.SS 中国电信", "中国电信"),
        ("XD 南京熊", "南京熊"),
        ("中芯瑞銀六四購A", "中芯"),
        ("汇丰中芯六乙牛B.C", "中芯"),
    ],
)
def test_notation_comes_off(name, issuer):
    assert split_instrument(name).issuer == issuer


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("杭州海康威视数字技术股份有限", "杭州海康威视数字技术"),
        ("中国航空发动机集团有", "中国航空发动机集团"),
        ("中国移动有限公", "中国移动"),
        ("持有", "持有"),
    ],
)
def test_a_legal_form_cut_short(name, core):
    assert core_han(name)[0] == core


def test_a_simplified_character_stays_though_japan_writes_it_for_another():
    assert normalise("沪") == "沪"
    assert normalise("滬") == "沪"
    assert normalise("中国移動") == "中国移动"
