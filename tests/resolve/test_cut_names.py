"""A listed name that a narrow field cut still meets its company, wherever the cut fell: a miss is the worst."""

from __future__ import annotations

from datetime import date

import pytest

from cmic_screen.model import NameKind, Relation, Security
from cmic_screen.reference import embedded_snapshot

TODAY = date(2026, 11, 22)
SHARED = {  # what is left is another listed or related company's whole name as well
    "CHINA SHIPBUILDING IN",
    "CHINA SHIPBUILDING INDUSTRY",
    "CHINA UNITED NETWORK COMMUNICATIONS",
}


@pytest.fixture
def met(resolver):
    """The entities each name may mean, relatives that are not listed left out."""

    def ask(names: list[str]) -> list[set[str]]:
        found = resolver.resolve([Security(security_name=n) for n in names], TODAY)
        return [{m.entity.uid for m in ms if m.relation is not Relation.RELATED_UNLISTED} for ms in found]

    return ask


def test_every_name_of_the_list_cut_at_any_letter_still_meets_its_company(met):
    """Fields of twenty characters and more; the relatives that the master names must not swallow what is left."""
    meant: dict[str, set[str]] = {}
    for entity in embedded_snapshot().entities:
        for name in entity.names:
            if name.kind is not NameKind.WEAK and name.text.isascii():
                for size in range(max(20, len(name.text) * 3 // 5), len(name.text) + 1):
                    meant.setdefault(name.text[:size].strip(), set()).add(entity.uid)
    missed = {n for n, uids in zip(meant, met(list(meant)), strict=True) if not uids & meant[n]}
    assert len(meant) > 2000
    assert {n.upper() for n in missed} <= SHARED


@pytest.mark.slow
def test_a_class_or_receipt_behind_a_name_of_the_list_is_no_relative_s_name(met):
    """`China Telecom Corp., Ltd.-A` once met China Telecom (Americas), and passed as not listed."""
    meant: dict[str, set[str]] = {}
    for entity in embedded_snapshot().entities:
        for name in entity.names:
            if name.kind is not NameKind.WEAK and name.text.isascii():
                for notation in ("-A", ".-A", " H", " (H)", "-ADR", "/ADR", " A SHS", " CLASS A", " 3.5% 2030"):
                    meant.setdefault(name.text + notation, set()).add(entity.uid)
    missed = [n for n, uids in zip(meant, met(list(meant)), strict=True) if not uids & meant[n]]
    assert missed == []


@pytest.mark.parametrize(
    ("cut", "uid"),
    [
        ("CHINA MOBILE LIMIT", "30923"),
        ("CHINA TELECOM CORPO", "30882"),
        ("CHINA UNICOM LIMIT", "30924"),
        ("LEON TECHNOLOGY COMPA", "33894"),
        ("AVIATION INDUSTRY CORPORATION O", "30925"),
        ("CHINA COMMUNICATIONS CONSTRUCTION COM", "30930"),
    ],
)
def test_a_legal_form_that_was_cut_is_no_word_of_the_name(cut, uid, met):
    assert uid in met([cut])[0]


@pytest.mark.parametrize("name", ["INCO LTD", "AMAZON COM INC", "CHINA UNLIMITED", "OFF LIMITS HOLDINGS"])
def test_what_only_looks_like_a_cut_form_accuses_nobody(name, met):
    assert met([name]) == [set()]


@pytest.mark.parametrize("name", ["K&S CORPORATION LIMITED (HK-C)", "D.I CORPORATION CMN ISIN KR7003160002"])
def test_one_letter_is_not_what_a_cut_left_of_a_brand(name, met):
    assert met([name]) == [set()]


def test_a_relative_that_is_not_believed_to_be_meant_takes_nobodys_place(met):
    """The first characters of two listed companies' names and of their former group's: neither is left out."""
    assert met(["中国船舶重工集"])[0] & {"32103", "32106"}
