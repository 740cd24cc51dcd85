"""Slips that the gate once held back though the alignment would have met the name."""

from __future__ import annotations

import pytest

from cmic_screen.model import NameKind
from cmic_screen.resolve.by_name import ListedName, NameIndex

NAMES = (
    "HANGZHOU HIKVISION DIGITAL TECHNOLOGY CO., LTD.",
    "CHINA RAILWAY CONSTRUCTION CORPORATION LIMITED",
    "AERO ENGINE CORP OF CHINA",
    "INSPUR GROUP CO., LTD.",
    "XIAMEN MEIYA PICO INFORMATION CO., LTD.",
    "CHINA COMMUNICATIONS GROUP CO., LTD.",
    "AVIATION INDUSTRY CORP OF CHINA",
)
INDEX = NameIndex([ListedName(str(i), text, NameKind.PRIMARY) for i, text in enumerate(NAMES)])


@pytest.mark.parametrize(
    ("held", "uid"),
    [
        ("HAN6ZHOU HIKVISION DIGITAL", "0"),  # a digit for the letter it looks like
        ("INSPUR 6ROUP LTD", "3"),
        ("XIAMEN MEIYA PICO IN7ORMATION", "4"),  # a digit for the key beside
        ("CHING RAILWAY CONSTRUCTION", "1"),  # a slip that makes a word which many issuers use
        ("AERO ENGIE CORPORATION OF CHINA", "2"),
        ("CHN COMN GP", "5"),  # notation elsewhere
        ("AVIATION INDUSTRY COKP OF CHINA", "6"),  # in the form within the name
    ],
)
def test_it_is_found(held: str, uid: str) -> None:
    """One slip in one word, all others as listed."""
    assert [hit.listed.uid for hit in INDEX.search([held])[0]] == [uid]


def test_numbers_are_no_words() -> None:
    """What is mostly digits says nothing of an issuer."""
    assert INDEX.search(["INSPUR 2026 LTD", "A1B2C GROUP", "6 GROUP LTD"])[1:] == [(), ()]
