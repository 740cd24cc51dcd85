"""Normalising gives one spelling to one name, and gives it twice the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmic_screen.names import normalise

CASES = [
    ("China Mobile Ltd.", "CHINA MOBILE LTD"),
    ("HUAWEI INVESTMENT & HOLDING CO.,LTD", "HUAWEI INVESTMENT AND HOLDING CO LTD"),
    ("AVIC Xi’an Aircraft", "AVIC XIAN AIRCRAFT"),
    ("Ｃｈｉｎａ　Ｔｅｌｅｃｏｍ", "CHINA TELECOM"),
    ("C.N.O.O.C. Ltd", "CNOOC LTD"),
    ("C N O O C Ltd", "CNOOC LTD"),
    ("A O SMITH CORP", "A O SMITH CORP"),
    ("CHINA TELECOM A H SHS", "CHINA TELECOM A H SHS"),
    ("China Unicom (Honk Kong) Ltd", "CHINA UNICOM HONG KONG LTD"),
    ("HONG KOGN FERRY", "HONG KONG FERRY"),
    ("KING KONG", "KING KONG"),
    ("HONG LEONG", "HONG LEONG"),
    ("Société Générale S.A.", "SOCIETE GENERALE SA"),
    ("中國衞星 通信(集團)", "中国卫星通信集团"),
    ("中国鉄建", "中国铁建"),
    ("", ""),
    (" -- ", ""),
]


@pytest.mark.parametrize(("text", "want"), CASES)
def test_spellings(text: str, want: str) -> None:
    """Case, width, accents, punctuation and script give way; words stay."""
    assert normalise(text) == want


@given(st.text())
def test_twice_equals_once(text: str) -> None:
    """A normal form is its own normal form."""
    assert normalise(normalise(text)) == normalise(text)
