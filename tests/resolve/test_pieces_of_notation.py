"""A word that is notation elsewhere may be the end of a listed word printed in two; what is notation hides no name."""

from __future__ import annotations

import pytest

from cmic_screen.model import NameKind
from cmic_screen.names.notation import STATES
from cmic_screen.resolve.by_name import ListedName, NameIndex

INDEX = NameIndex(
    [
        ListedName("1", "CHINA UNICOM", NameKind.PRIMARY),
        ListedName("2", "CHINA SATCOM", NameKind.PRIMARY),
        ListedName("3", "HIKVISION", NameKind.AKA),
    ]
)


@pytest.mark.parametrize(
    ("held", "uid"),
    [("CHINA UNI COM", "1"), ("CHINA SAT COM", "2"), ("CHINA SA TCOM", "2"), ("CHINA UNI COM LTD", "1")],
)
def test_it_is_found(held: str, uid: str) -> None:
    """COM is common stock, CO a company: beside the rest of the word they are neither."""
    assert [h.listed.uid for h in INDEX.search([held])[0]][:1] == [uid]


def test_it_is_notation_elsewhere() -> None:
    """Nothing is met by a piece alone."""
    assert INDEX.search(["ACME COM", "CHINA COM STK"]) == [(), ()]


@pytest.mark.parametrize("state", sorted(STATES))
def test_what_becomes_of_a_line_hides_no_listed_name(state: str) -> None:
    """A brand without its legal form was silent before DEPOSIT, NEW, WHEN ISSUED: notation, or words that ask."""
    assert [h.listed.uid for h in INDEX.search([f"HIKVISION {state}"])[0]] == ["3"]
    assert INDEX.search([f"ACME {state}", f"{state} HOLDINGS"]) == [(), ()]


@pytest.mark.parametrize(
    "held", ["HIKVISIONLTD", "HikvisionCoLtd", "HIKVISIONCO.,LTD.", "HikvisionGroup", "HIKVISIONADR"]
)
def test_a_form_that_clings_to_a_name_of_one_word_hides_it_not(held: str) -> None:
    assert [h.listed.uid for h in INDEX.search([held])[0]] == ["3"]


@pytest.mark.parametrize("held", ["BEADS", "BANCORP", "STAGGROUP", "ROADSHS", "LTD", "ACMELTD"])
def test_other_words_with_such_an_end_meet_nothing(held: str) -> None:
    assert INDEX.search([held]) == [()]
