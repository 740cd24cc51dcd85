"""Two errors in a word, or one in an abbreviation of few letters, count where all other words are met plainly."""

import pytest

from cmic_screen.model import NameKind
from cmic_screen.resolve.by_name import ListedName, NameIndex
from cmic_screen.resolve.leaning import few_letters, two_errors
from cmic_screen.resolve.wordclass import number

LISTED = [
    ListedName(uid, text, NameKind.PRIMARY)
    for uid, text in (
        ("1", "CHINA MOBILE LIMITED"),
        ("2", "CHINA TELECOM CORPORATION LIMITED"),
        ("3", "CHINA NATIONAL NUCLEAR CORPORATION"),
        ("4", "SHANDONG HEIBAO CO., LTD."),
        ("5", "COSTAR GROUP CO., LTD."),
        ("6", "CHINA ELECTRONICS CORPORATION"),
        ("7", "SZ DJI TECHNOLOGY CO., LTD."),
        ("8", "NANJING PANDA ELECTR. CO. LTD."),
    )
]
INDEX = NameIndex(LISTED)


@pytest.mark.parametrize(
    ("name", "uid"),
    [
        ("CHINA MDBIKE", "1"),
        ("CHINA OBIE LTD-H", "1"),
        ("CN NELECON H SHS", "2"),
        ("CGISNA TELECOM CORP", "2"),
        ("CHINA NATL NUKL", "3"),
        ("CHINA RNATL NUCLEAR 3.25% 02/21/27", "3"),
        ("CHN ELWCTR", "6"),
        ("SZ DJI TECIH", "7"),
        ("NAANJUNG PANDA ELECTR", "8"),
    ],
)
def test_the_one_word_left_may_be_hardly_known(name, uid):
    (hits,) = NameIndex(LISTED).search([name])
    assert [h.listed.uid for h in hits] == [uid]
    assert hits[0].score < 1.0


@pytest.mark.parametrize(
    "name",
    [
        "CHINA MDBIKE GAMES",  # another word is strange
        "CHIAN MDBIKE",  # another word is not met plainly
        "COSTAIN GROUP",  # how a group is built says nothing
        "SHANDONG WEIGAO",  # nor does a place
        "CHIEF TELECOM",  # two of five letters
        "CHINA NOBLE",  # a word that many issuers use is itself
        "MDBIKE",
    ],
)
def test_elsewhere_it_says_nothing(name):
    assert INDEX.search([name]) == [()]


def test_a_name_does_not_depend_on_the_names_beside_it():
    names = ["MDBIKE GAMES", "CHINA MDBIKE", "MDBIKE", "CHINA MDBIKE GAMES", "CHINA NELECON", "MDBIKE CHINA"]
    index = NameIndex(LISTED)
    alone = [NameIndex(LISTED).search([name])[0] for name in names]
    assert [index.search([name])[0] for name in names] == alone
    assert index.search(names) == alone
    assert index.search(names[::-1]) == alone[::-1]


def test_what_is_said_of_a_word_tells_how():
    (hits,) = INDEX.search(["CHINA MDBIKE"])
    assert "MDBIKE two errors away from MOBILE" in hits[0].detail


@pytest.mark.parametrize(
    ("word", "full", "credit"),
    [("MDBIKE", "MOBILE", 0.6), ("MOBIKE", "MOBILE", 0.0), ("MOBILE", "MOBILE", 0.0), ("CHIEF", "CHINA", 0.0)],
)
def test_two_errors(word, full, credit):
    assert two_errors(word, full) == pytest.approx(credit)


@pytest.mark.parametrize(("word", "full", "known"), [("NUKL", "NUCLEAR", True), ("NUCL", "MOBILE", False)])
def test_few_letters(word, full, known):
    assert (few_letters(word, full) > 0.0) is known


def test_a_word_and_its_abbreviations_have_one_number():
    assert number("CHN") == number("CN") == number("CHINA") != number("MOBILE")
    assert number("LTD") == number("HK") == number("CAPITAL") == 0
