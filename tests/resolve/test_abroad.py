"""A name with a legal form that no company of the list bears is a listed one only where it has that one's words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmic_screen.model import NameKind
from cmic_screen.resolve.abroad import strangers
from cmic_screen.resolve.by_name import ListedName, NameIndex, Thresholds
from cmic_screen.resolve.heldname import held_name

TEXTS = (
    "China Mobile Limited",
    "CHINA MOBILE COMMUNICATIONS GROUP CO., LTD.",
    "HANGZHOU HIKVISION DIGITAL TECHNOLOGY CO., LTD.",
    "CNOOC",
    "CNOOC LIMITED",
    "Sea Cope Limited",
    "中国移动有限公司",
)
LISTED = [ListedName(str(i // 5), text, NameKind.PRIMARY) for i, text in enumerate(TEXTS)]
INDEX = NameIndex(LISTED)
FORMS = ("Inc", "INC.", "plc", "AG", "S.A.", "S.p.A.", "N.V.", "& SE", "AND AB", "Co Inc", "Ltdd Inc", "Crop SA", "-SA",
         "Inc Common Stock", "H Inc", "Fund", "(publ)", "Inc of China", "BERHAD 5P")  # fmt: skip
WORDS = """
    CHINA CHN MOBILE MOBLIE COMMUNICATIONS COMM HANGZHOU HANG ZHOU HIKVISION HIK VISION DIGITAL TECHNOLOGY TECH CNOOC
    SEA COPE CHINAMOBILE GROUP UMPAS ZHONGGUO YIDONG AND OF & A 3
"""
NAMES = st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=5).map(" ".join)


def told(name: str) -> bool:
    """Whether the name alone is told as no listed one, by the words that the gate reads."""
    facts = INDEX._gate._facts
    words = facts.numbers(name.upper().replace(".", " ").encode())
    facts.settle(words)
    return strangers([name], np.zeros(len(words), dtype=np.intp), words, facts).tolist() == [0]


@pytest.mark.parametrize(
    ("name", "out"),
    [
        ("China Mobile Games Inc", True),
        ("China Mobile Technology S.A.", True),  # listed words, of no one name
        ("China Communications Group Mobile plc", False),  # its words, in whatever order
        ("China Moblie Inc", True),
        ("China Mobile Games Limited", False),
        ("China Mobile Games Inc Common Stock", False),  # notation, which only the whole comparison reads
        ("Digital Hikvision & SE", False),  # SERVICES, cut
        ("China Mobile Ltdd Inc", False),  # a misspelt form is no word
        ("China Mobile Crop of China Inc", False),
        ("CNOOC China Mobile Inc", False),  # a short name may stand beside the full one
        ("Zhongguo Yidong Group Inc", False),  # letters of Chinese names
    ],
)
def test_who_is_told_by_the_form(name: str, out: bool) -> None:
    assert told(name) == out


def test_a_listed_name_with_a_strange_form_asks() -> None:
    (hit,) = INDEX.search(["MOBILE CHINA COMMUNICATIONS GROUP PLC", "China Mobile Inc"])[1]
    assert hit.listed.text == "China Mobile Limited"
    assert "INCORPORATED is no form of a Chinese company" in hit.detail


@pytest.mark.parametrize(
    "name", ["Hangzhou Hikvision Digital Technology Inc", "HangzhouHikvision Digitaltechnology Inc"]
)
def test_nor_is_a_strange_form_forgotten_where_the_letters_are_all_there(name: str) -> None:
    (hit,) = INDEX.search([name])[0]
    assert hit.score == pytest.approx(0.6)
    assert "INCORPORATED is no form of a Chinese company" in hit.detail
    assert ("other words" in hit.detail) == ("Hikvision Digitalt" in name)


def test_where_less_likeness_is_taken_off_nothing_is_told_by_the_form() -> None:
    index = NameIndex(LISTED, Thresholds(foreign=0.95))
    assert index.search(["Hangzhou Hikvison Digital Technology Inc"])[0]
    assert not INDEX.search(["Hangzhou Hikvison Digital Technology Inc"])[0]


@given(NAMES, st.sampled_from(FORMS))
def test_none_is_lost_that_the_whole_comparison_finds(words: str, form: str) -> None:
    name = f"{words} {form}"
    held = held_name(name)
    reached = INDEX._reach.of_many([(held.core, len(name))])[0]
    assert bool(INDEX.search([name])[0]) >= bool(INDEX._all_hits(held, reached))
