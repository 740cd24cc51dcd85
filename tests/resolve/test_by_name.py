"""A held name finds the listed names it may mean, and says how."""

from __future__ import annotations

import pytest

from cmic_screen.model import EvidenceKind, NameKind
from cmic_screen.resolve.by_name import ListedName, NameIndex

LISTED = (
    ListedName("1", "CHINA MOBILE LIMITED", NameKind.PRIMARY),
    ListedName("1", "CHINA MOBILE LTD", NameKind.AKA),
    ListedName("2", "CHINA MOBILE", NameKind.AKA),
    ListedName("3", "CHINA NATIONAL NUCLEAR CORPORATION", NameKind.PRIMARY),
    ListedName("3", "CNNC", NameKind.WEAK),
    ListedName("4", "HANGZHOU HIKVISION DIGITAL TECHNOLOGY CO., LTD.", NameKind.PRIMARY),
)
CASES = [
    ("China Mobile Ltd.", [("1", "NAME_EXACT"), ("2", "NAME_NO_LEGAL_FORM")]),
    ("CHINA MOBILE LTD-H", [("1", "NAME_EXACT"), ("2", "NAME_NO_LEGAL_FORM")]),
    ("CHINA MOBILE", [("2", "NAME_EXACT"), ("1", "NAME_NO_LEGAL_FORM")]),
    ("cnnc", [("3", "NAME_WEAK")]),
    ("CNNC SUFA Technology", []),
    ("HANGZHOU HIKVISION DIGTAL TECHNOLOGY CO LTD CL A", [("4", "NAME_SIMILAR")]),
    ("Umpas Holding A.S.", []),
    ("", []),
]


@pytest.mark.parametrize(("name", "want"), CASES)
def test_hits(name: str, want: list[tuple[str, str]]) -> None:
    """The kinds of hit, best first."""
    (hits,) = NameIndex(LISTED).search([name])
    assert [(h.listed.uid, EvidenceKind(h.kind).value) for h in hits] == want
