"""Errors in short words ask where the rest of the name carries them, or where the short word is the whole name."""

import pytest

from cmic_screen.model import EvidenceKind, NameKind
from cmic_screen.resolve.by_name import ListedName, NameIndex

P, AKA = NameKind.PRIMARY, NameKind.AKA
INDEX = NameIndex(
    (
        ListedName("1", "AVIC HEAVY MACHINERY COMPANY LIMITED", P),
        ListedName("2", "CNOOC LIMITED", P),
        ListedName("3", "XIAMEN MEIYA PICO INFORMATION CO., LTD.", P),
        ListedName("4", "AEROSPACE CH UAV CO., LTD", P),
        ListedName("5", "INNER MONGOLIA FIRST MACHINERY GROUP CO., LTD.", P),
        ListedName("6", "YITU LIMITED", P),
        ListedName("7", "LEON TECHNOLOGY COMPANY LIMITED", P),
        ListedName("8", "PANDA ELECTRONICS GROUP CO., LTD.", P),
        ListedName("9", "SMIC", AKA),
    )
)


@pytest.mark.parametrize(
    ("name", "uid"),
    [
        ("AVC HEAVY MACHINERY", "1"),
        ("XIAMEN MEIYA PIO INFORMATION", "3"),
        ("CNOCO", "2"),
        ("CNOC LTD", "2"),
        ("CNPOC LTD-ADR", "2"),
        ("SNOOC", "2"),
        ("AEROSPACE CHUAV CO", "4"),
        ("YIITU", "6"),
        ("YTIU LTD", "6"),
        ("SMMIC", "9"),
        ("INNER MONGOLIA FST MACHINERY GRP-A", "5"),
    ],
)
def test_an_error_in_a_short_word_asks(name, uid):
    (hits,) = INDEX.search([name])
    assert [h.listed.uid for h in hits] == [uid]
    assert hits[0].score <= 0.95


@pytest.mark.parametrize(
    "name",
    [
        "AVC TECHNOLOGY",
        "YIT OYJ",
        "YITAI",
        "CNOVA",
        "NOOC SPA",
        "CNOC GAMES LTD",
        "LION TECHNOLOGY",
        "SMCI",
        "SMIT",
        "LITU",
    ],
)
def test_another_short_name_asks_nothing(name):
    assert INDEX.search([name]) == [()]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("C N O O C LTD", EvidenceKind.NAME_EXACT),
        ("C N O O C LTD-ADR", EvidenceKind.NAME_EXACT),
        ("S M I C H SHS", EvidenceKind.NAME_EXACT),
        ("Y I T U", EvidenceKind.NAME_NO_LEGAL_FORM),
    ],
)
def test_initials_printed_apart_are_one_word(name, kind):
    assert [h.kind for h in INDEX.search([name])[0]] == [kind]
