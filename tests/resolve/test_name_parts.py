"""The pieces under the name index: words, sieve, legal forms, Chinese, pinyin, score."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmic_screen.names.fold import normalise
from cmic_screen.names.han import core_han, split_han
from cmic_screen.resolve.han import HanIndex
from cmic_screen.resolve.legal import misspelt_ltd, strip_forms
from cmic_screen.resolve.letters import Letters
from cmic_screen.resolve.pinyin import PinyinIndex, syllables
from cmic_screen.resolve.score import calibrated
from cmic_screen.resolve.sieve import Sieve
from cmic_screen.resolve.variants import core_words
from cmic_screen.resolve.vocabulary import Vocabulary
from cmic_screen.resolve.vowelless import skeletons
from cmic_screen.resolve.words import abbreviations, weight, weights
from cmic_screen.resolve.wordtable import packed, read

LISTED = (
    "CHINA",
    "COMMUNICATIONS",
    "CONSTRUCTION",
    "HIKVISION",
    "TECHNOLOGY",
    "SHIPBUILDING",
    "INDUSTRY",
    "MICROELECTRONICS",
    "JONHON",
)
VOCABULARY = Vocabulary(LISTED)
SIEVE = Sieve(VOCABULARY.words, VOCABULARY.shortened, VOCABULARY.beginnings, VOCABULARY.skeletons)

READINGS = [
    ("CMNCTS", "COMMUNICATIONS", "short for"),
    ("CONSTR", "CONSTRUCTION", "short for"),
    ("C0NSTRUCT1ON", "CONSTRUCTION", "misread for"),
    ("CONSTRUC", "CONSTRUCTION", "cut short of"),
    ("JONHOM", "JONHON", "misspelt"),
    ("INCLUSTRY", "INDUSTRY", "misread for"),
    ("JORNHON", "JONHON", "misspelt"),
    ("TECHNOLOGIES", "TECHNOLOGY", "form of"),
    ("INDUSTRIAL", "INDUSTRY", "form of"),
    ("SHPBLDNG", "SHIPBUILDING", "short for"),
    ("SHPBLDNGG", "SHIPBUILDING", "vowels left out of"),
    ("HIKVSION", "HIKVISION", "misspelt"),
    ("HKVSN", "HIKVISION", "vowels left out of"),
    ("COMUNICATIONS", "COMMUNICATIONS", "misspelt"),
    ("CHNIA", "CHINA", "misspelt"),
    ("TECHMOL", "TECHNOLOGY", "misspelt short form of"),
]


@pytest.mark.parametrize(("word", "full", "how"), READINGS)
def test_readings(word: str, full: str, how: str) -> None:
    """What a held word may stand for, and by which rule."""
    assert VOCABULARY.readings(word)[full].how == how


@pytest.mark.parametrize("word", ["JOHNSON", "CHAIN", "HIK", "INDIA", "TECHNIP", "UMPAS"])
def test_no_reading_as_good_as_a_listed_word(word: str) -> None:
    """Words of their own are not taken for listed ones."""
    assert all(r.credit < 0.75 for r in VOCABULARY.readings(word).values())


def _one_error(word: str, at: int, letter: str, kind: int) -> str:
    at %= len(word)
    swapped = word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
    return (word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :], swapped)[
        kind
    ]


@given(st.sampled_from(LISTED), st.integers(0, 20), st.sampled_from("AEKQZ"), st.integers(0, 3))
def test_sieve_holds_back_no_misspelling(word: str, at: int, letter: str, kind: int) -> None:
    """One error anywhere in a word of four letters or more goes through."""
    wrong = _one_error(word, at, letter, kind)
    words = read(packed([wrong, "QQQQQQ"]))
    sifted = SIEVE.passing(words.letters, words.sizes, np.array([False, False]))
    assert sifted.likely.tolist() == [True, False]


ERRORS = st.lists(st.tuples(st.integers(0, 20), st.sampled_from("AEKQZ"), st.integers(0, 3)), max_size=3)


@pytest.mark.slow
@settings(max_examples=400)
@given(st.sampled_from(LISTED), st.booleans(), ERRORS)
def test_sieve_lets_through_all_that_is_read(word: str, bare: bool, errors: list[tuple[int, str, int]]) -> None:
    """Whatever stands for a listed word by any rule, also without its vowels."""
    if bare:
        word = word[0] + "".join(c for c in word[1:] if c not in "AEIOUY")
    for at, letter, kind in errors:
        word = _one_error(word, at, letter, kind)
    words = read(packed([word]))
    if VOCABULARY.readings(word) and len(word) > 2:
        assert SIEVE.passing(words.letters, words.sizes, np.array([False])).likely.tolist() == [True]


def test_weights_are_shares() -> None:
    """Words that everybody uses say little, a brand all; an abbreviation says what it stands for."""
    assert all(0 < x <= 1 for x in weights().values())
    assert weight("HIKVISION") == 1.0
    assert weight("LIMITED") < weight("CHINA") < weight("NUCLEAR")
    assert weight("CMNCTS") == weight("COMMUNICATIONS")


def test_abbreviations_are_normal_words() -> None:
    """Each entry is spelled as names are compared, so that it can be met."""
    odd = [form for form in abbreviations() if normalise(form) != form]
    assert odd == []


@pytest.mark.parametrize(("held", "listed"), [("HKVSN", ["HIKVISION"]), ("AROCM", ["AEROCOM"]), ("ARCMI", [])])
def test_a_vowel_that_a_brand_keeps_is_its_own(held: str, listed: list[str]) -> None:
    """Without its vowels a word may be a brand; with a vowel that is not the brand's it is another word."""
    assert sorted(Vocabulary(["HIKVISION", "AEROCOM"]).readings(held)) == listed


def test_skeleton() -> None:
    """First letter and consonants, doubled ones once."""
    bare = skeletons(Letters.of(["COMMUNICATIONS", "AEIOU", "X", "OOTBBLL"]).rows)
    assert [bytes(row).rstrip(b"\0") for row in bare] == [b"CMNCTNS", b"A", b"X", b"OTBL"]


SMALL = [
    ("CHINA AEROSPACE SCIENCE AOD INDUSTRY", "CHINA AEROSPACE SCIENCE INDUSTRY"),
    ("HUAWEI INVESTMENT AMD HOLDING", "HUAWEI INVESTMENT HOLDING"),
    ("GREATWALL MILITARY ANH", "GREATWALL MILITARY ANH"),
    ("ANT GROUP", "ANT GROUP"),
    ("AND", "AND"),
]


@pytest.mark.parametrize(("name", "core"), SMALL)
def test_small_words(name: str, core: str) -> None:
    """AND with a letter wrong says as little as AND; what is a word of its own stays."""
    assert core_words(name) == (tuple(core.split()), ())


FORMS = [
    ("CHINA MOBILE LTD", False, "CHINA MOBILE", ["LIMITED"]),
    ("CHINA MOBILE CO LIMITED", False, "CHINA MOBILE", ["COMPANY", "LIMITED"]),
    ("COSTAR GROUP INC", False, "COSTAR GROUP", ["INCORPORATED"]),
    ("AEOOSUN CORPORRATION", False, "AEOOSUN", ["CORPORATION"]),
    ("LEON TECHNOLOGY COMPANY L", True, "LEON TECHNOLOGY", ["COMPANY", "LIMITED"]),
    ("LEON TECHNOLOGY COMPANY L", False, "LEON TECHNOLOGY COMPANY L", []),
    ("LIMITED", False, "LIMITED", []),
    ("AERO ENGINE COQP OF CHINA", False, "AERO ENGINE CORPORATION OF CHINA", []),
    ("CROP OF CHINA", False, "CROP OF CHINA", []),
]


@pytest.mark.parametrize(("name", "cut", "core", "forms"), FORMS)
def test_legal_forms(name: str, cut: bool, core: str, forms: list[str]) -> None:
    """Forms at the end come off, misspelt ones too, cut ones where the name was cut; a name never vanishes."""
    assert strip_forms(name.split(), cut=cut) == (core.split(), forms)


def test_misspelt_ltd() -> None:
    """The gate knows every misspelling of LTD that the legal forms take for one."""
    assert all(strip_forms(["ACME", word])[1] == ["LIMITED"] for word in misspelt_ltd() if len(word) > 1)


CHINESE = [
    ("中国移动通信集团有限公司", "中国移动通信集团"),
    ("中国铁建股份有限公司", "中国铁建"),
    ("中国铁建股份", "中国铁建"),
    ("公司", "公司"),
    ("深圳市大疆创新科技有限公司", "深圳大疆创新科技"),
    ("广东省电力", "广东电力"),
    ("城市传媒股份有限公司", "城市传媒"),
]


@pytest.mark.parametrize(("name", "core"), CHINESE)
def test_chinese_core(name: str, core: str) -> None:
    """A Chinese name without its legal form; 集团 says which company of a group and stays."""
    assert core_han(name)[0] == core


def test_chinese_notation() -> None:
    """Share class, code, bond and special treatment are notation."""
    assert split_han("*ST航通(600677)").issuer == "航通"
    assert split_han("22铁建Y3").issuer == "铁建"
    assert split_han("中國海洋石油-R").issuer == "中国海洋石油"


def test_chinese_index() -> None:
    """Equal cores are found, differing legal forms are said, and a full name is not a piece of another."""
    index = HanIndex(["中国移动有限公司", "杭州海康威视数字技术股份有限公司"])
    assert [h.score for h in index.search("中国移动")] == [1.0]
    assert "legal forms differ" in index.search("中国移动股份有限公司")[0].how
    assert index.search("海康威视数字技术")[0].number == 1
    assert index.search("海康威视数字技术有限公司") == []
    assert index.search("杭州海康威视数宇技术股份有限公司")[0].how.startswith("one character off")


def test_pinyin() -> None:
    """Any spacing; legal words left out; one letter wrong is less."""
    index = PinyinIndex([("中国移动", 7)])
    assert syllables("长沙重工") == ("CHANG", "SHA", "ZHONG", "GONG")
    assert index.search(["ZHONG", "GUO", "YIDONG", "YOUXIAN", "GONGSI"]) == ([7], 1.0)
    assert index.search(["ZHONGGUO", "YIDNG"]) == ([7], 0.9)
    assert index.search(["ZHONGGUO"]) == ([], 0.0)
    city = PinyinIndex([("深圳大疆", 8)])
    assert city.search(["SHENZHEN", "DAJIANG"]) == city.search(["SHENZHEN", "SHI", "DAJIANG"]) == ([8], 1.0)


@given(st.floats(0, 1), st.floats(0, 1))
def test_score_rises(a: float, b: float) -> None:
    """More alike never scores less, and a score is a share."""
    low, high = sorted((a, b))
    assert 0 <= calibrated(low) <= calibrated(high) <= 1
