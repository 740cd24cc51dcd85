"""A held name finds the listed names it may mean, and says how."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmic_screen.model import EvidenceKind, NameKind
from cmic_screen.programme import load_programme
from cmic_screen.resolve.by_name import ListedName, NameHit, NameIndex, Thresholds
from cmic_screen.resolve.heldname import held_name

P, AKA, WEAK, MASTER = NameKind.PRIMARY, NameKind.AKA, NameKind.WEAK, NameKind.MASTER
LISTED = (
    ListedName("1", "CHINA MOBILE LIMITED", P),
    ListedName("1", "CHINA MOBILE LTD", AKA),
    ListedName("1", "中国移动有限公司", MASTER, "Han", "master"),
    ListedName("1", "中国移动", MASTER, "Han", "master"),
    ListedName("2", "CHINA MOBILE", AKA),
    ListedName("3", "CHINA NATIONAL NUCLEAR CORPORATION", P),
    ListedName("3", "CNNC", WEAK),
    ListedName("4", "HANGZHOU HIKVISION DIGITAL TECHNOLOGY CO., LTD.", P),
    ListedName("4", "HIKVISION", AKA),
    ListedName("4", "杭州海康威视数字技术股份有限公司", MASTER, "Han", "master"),
    ListedName("5", "CHINA COMMUNICATIONS CONSTRUCTION COMPANY LIMITED", P),
    ListedName("6", "ANHUI GREATWALL MILITARY INDUSTRY COMPANY LIMITED", P),
    ListedName("7", "CHINA UNITED NETWORK COMMUNICATIONS GROUP CO., LTD.", P),
    ListedName("7", "China United Network Communications Limited", MASTER, "Latin", "master", "related"),
    ListedName("8", "COSTAR GROUP CO., LTD.", P),
    ListedName("8", "CoStar Group, Inc.", MASTER, "Latin", "master", "not"),
    ListedName("9", "CHINA RAILWAY CONSTRUCTION CORPORATION LIMITED", P),
    ListedName("9", "CRCC", WEAK),
    ListedName("10", "中国联合网络通信集团有限公司", MASTER, "Han", "master"),
    ListedName("11", "CNOOC LIMITED", P),
)
INDEX = NameIndex(LISTED)
CASES = [
    ("China Mobile Ltd.", [("1", "NAME_EXACT"), ("2", "NAME_NO_LEGAL_FORM")]),
    ("CHINA MOBILE LTD-H", [("1", "NAME_EXACT"), ("2", "NAME_NO_LEGAL_FORM")]),
    ("CHINA MOBILE", [("2", "NAME_EXACT"), ("1", "NAME_NO_LEGAL_FORM")]),
    ("CHINAMOBILE", [("1", "NAME_SIMILAR"), ("2", "NAME_SIMILAR")]),
    ("C.N.O.O.C. Limited", [("11", "NAME_EXACT")]),
    ("cnnc", [("3", "NAME_WEAK")]),
    ("CNNC SUFA Technology", []),
    ("CHINA NATIONAL NUCLEAR CORPORATNON", [("3", "NAME_NO_LEGAL_FORM")]),
    ("CHINA NATIONAL NUCLEAR POWER CO LTD-A", []),
    ("CHINA CMNCTS CONSTR.H YC1", [("5", "NAME_SIMILAR")]),
    ("CHINA COMMUNICATIONS CONSTRUCTIO", [("5", "NAME_SIMILAR")]),
    ("CHINA COMMUNICATIONS SERVICES", []),
    ("CONSTRUCTION COMMUNICATIONS CHINA CO LTD", [("5", "NAME_SIMILAR")]),
    ("HANGZHOU HIKVISION DIGTAL TECHNOLOGY CO LTD CL A", [("4", "NAME_SIMILAR")]),
    ("HANG ZHOU HIK-VISION DIGITAL TECH", [("4", "NAME_SIMILAR")]),
    ("HKVSN DGTL TCHNLGY", [("4", "NAME_SIMILAR")]),
    ("HIKVISION SPA", [("4", "NAME_SIMILAR")]),
    ("HIKVISON SPA", []),
    ("ANHUI GREAT WALL MILITARY IND-A", [("6", "NAME_SIMILAR")]),
    ("GREAT WALL MOTOR CO LTD-H", []),
    ("CRCC - CHINA RAILWAY CONSTRUCTION", [("9", "NAME_SIMILAR")]),
    ("ZHONGGUO YIDONG YOUXIAN GONGSI", [("1", "NAME_SIMILAR")]),
    ("中國移動有限公司", [("1", "NAME_EXACT")]),
    ("中国移动A股", [("1", "NAME_EXACT")]),
    ("海康威视数字技术", [("4", "NAME_SIMILAR")]),
    ("杭州海康威視數字技術", [("4", "NAME_NO_LEGAL_FORM")]),
    ("中国移动多媒体", []),
    ("HONK KONG CHINA MOBILE", [("1", "NAME_SIMILAR"), ("2", "NAME_SIMILAR")]),
    ("CHINA MOBILE HONG KNOG", [("1", "NAME_SIMILAR"), ("2", "NAME_SIMILAR")]),
    ("CHINA MOB ILE", [("1", "NAME_SIMILAR"), ("2", "NAME_SIMILAR")]),
    ("HANGCHOW HIKVISION DIGITAL TECHNOLOGY", [("4", "NAME_SIMILAR")]),
    ("CHINA MOBILE COM", [("1", "NAME_SIMILAR"), ("2", "NAME_SIMILAR")]),
    ("XD中国移", [("1", "NAME_SIMILAR")]),
    ("中国移", []),
    ("XD中国平", []),
    ("HANGZHOU HAIKANG WEISHI", [("4", "NAME_SIMILAR")]),
    ("杭州海康威视數位技術", [("4", "NAME_SIMILAR")]),
    ("杭州海康威视数字技术股份有限", [("4", "NAME_NO_LEGAL_FORM")]),
    ("中国移动2025年度第一期中期票据", [("1", "NAME_EXACT")]),
    ("BEIJING HIKVISION DIGITAL TECHNOLOGY", []),
    ("SHANGHAI CNOOC LTD", [("11", "NAME_SIMILAR")]),
    ("中国联合网络通信股份有限公司", []),
    ("SG-CNOOC@EC2607B", []),
    ("CNOOC Limited unbekanntes Papier 2027", [("11", "NAME_SIMILAR")]),
    ("Anhui Greatwall Military Industry Co., Ltd. (qualunque titolo)", [("6", "NAME_SIMILAR")]),
    ("CNOOC Finance Limited unbekanntes Papier 2027", []),
    ("CNNC Limited unbekanntes Papier", []),
    ("CNOOC LTD 2029-03-15", [("11", "NAME_EXACT")]),
    ("CNOOC LTD 2029/03/15", [("11", "NAME_EXACT")]),
    ("CNOOC LTD LP INTEREST", [("11", "NAME_EXACT")]),
    ("DEUTSCHE BANK CNOOC LTD ELN", [("11", "NAME_EXACT")]),
    ("Umpas Holding A.S.", []),
    ("", []),
]


def found(name: str, index: NameIndex = INDEX) -> list[tuple[str, str]]:
    return [(h.listed.uid, EvidenceKind(h.kind).value) for h in index.search([name])[0] if h.listed.is_listed]


@pytest.mark.parametrize(("name", "want"), CASES)
def test_hits(name: str, want: list[tuple[str, str]]) -> None:
    """The kinds of hit, best first."""
    assert found(name) == want


RELATIVES = [
    ("CHINA UNITED NETWORK COMMUNICATIONS LTD-A", "related"),
    ("CHINA UNITED NETWORK-A", "related"),
    ("CHINA UNITED NETWORK COMMU", "issuer"),
    ("CHINA UNITED NETWORK COMMUNICATIONS GROUP CO", "issuer"),
    ("COSTAR GROUP INC", "not"),
    ("COSTAR GROUP CO LTD CLASS A", "issuer"),
    ("COTAR GHOUP", "issuer"),
]


@pytest.mark.parametrize(("name", "relation"), RELATIVES)
def test_relatives(name: str, relation: str) -> None:
    """A known other company takes the listed one's place only where its name is met more plainly."""
    (hits,) = INDEX.search([name])
    assert {h.listed.relation for h in hits} == {relation}
    if relation != "issuer" and hits[0].kind is not EvidenceKind.NAME_EXACT:
        assert "explains the name better than" in hits[0].detail


NOISE = st.text(alphabet=" .,;:-()/　", max_size=3)
EXACT = st.sampled_from([n for n in LISTED if n.kind in (P, AKA) and n.is_listed])


@given(EXACT, st.lists(NOISE, min_size=12, max_size=12), st.booleans(), st.booleans())
def test_noise_never_changes_an_exact_hit(listed: ListedName, noise: list[str], lower: bool, wide: bool) -> None:
    """Case, width, spacing and punctuation between words change nothing."""
    words = listed.text.replace(".", "").replace(",", "").split()
    text = "".join(word + " " + extra for word, extra in zip(words, noise, strict=False))
    text = text.lower() if lower else text
    text = "".join(chr(ord(c) + 0xFEE0) if c.isalpha() and c.isascii() else c for c in text) if wide else text
    assert (listed.uid, "NAME_EXACT") in found(text)


WORDS = """
    CHINA MOBILE HANGZHOU HIKVISION DIGITAL TECHNOLOGY TECH COMMUNICATIONS CMNCTS CONSTR GREAT WALL MILITARY NUCLEAR
    NATIONAL HANG ZHOU CRCC CO LTD INC A H ADR 4.5% 2027 UMPAS GROUP 中国移动 CHINAMOBILE HIKVSION 香港
"""
WORD = st.sampled_from(WORDS.split())
NAMES = st.lists(WORD, min_size=1, max_size=6).map(" ".join)


@given(st.lists(NAMES, max_size=8))
def test_batch_and_single_agree(names: list[str]) -> None:
    """A name's answer does not depend on the names beside it."""
    assert INDEX.search(names) == [INDEX.search([n])[0] for n in names]


@given(NAMES)
def test_gate_holds_nothing_back(name: str) -> None:
    """Whatever the cheap gate rejects, the full comparison would reject as well."""
    held = held_name(name)
    reached = INDEX._reach.of_many([(held.core, len(name))])[0]
    whole = [h for h in INDEX._all_hits(held, reached) if h.listed.is_listed]
    if whole:
        assert found(name)


@settings(max_examples=settings.default.max_examples // 4)
@given(NAMES, NAMES, st.sampled_from(["1", "4", "9"]))
def test_another_alias_never_lowers(name: str, alias: str, uid: str) -> None:
    """One more name of an entity cannot make a name mean it less."""

    def best(index: NameIndex) -> float:
        return max((h.score for h in index.search([name])[0] if h.listed.uid == uid and h.listed.is_listed), default=0)

    assert best(NameIndex((*LISTED, ListedName(uid, alias, AKA)))) >= best(INDEX)


def test_order_of_the_list_is_nothing() -> None:
    """The same names in another order give the same answers."""
    turned, names = NameIndex(LISTED[::-1]), [name for name, _ in CASES]
    assert turned.search(names) == INDEX.search(names)


def test_explain_a_hit() -> None:
    """Which words met which, what was taken off, what weighed how much."""
    text = INDEX.explain("CHINA CMNCTS CONSTR.H YC1")
    assert "CMNCTS short for COMMUNICATIONS (weight" in text
    assert "YC1 (par value)" in text
    assert "NAME_SIMILAR" in text


def test_explain_a_cleared_name() -> None:
    """What would have changed the answer."""
    text = INDEX.explain("CHINA NATIONAL NUCLEAR POWER CO LTD-A", "CHINA NATIONAL NUCLEAR CORPORATION")
    assert "only held: POWER" in text
    assert "a hit needs 0.80" in text
    assert INDEX.explain("Zzyzx").endswith("no listed name shares a word with it")


@given(st.lists(NAMES, max_size=6), st.integers(1, 3))
def test_the_nearest_of_many_are_those_of_each(names: list[str], n: int) -> None:
    """What stands beside a name in a batch changes nothing, and no more is answered than was asked."""
    many = INDEX.nearest_many(names, n)
    assert many == [INDEX.nearest(name, n) for name in names]
    assert all(len({h.listed.uid for h in hits}) == len(hits) <= n for hits in many)


@given(NAMES)
def test_the_nearest_is_as_near_as_any_hit(name: str) -> None:
    """Choosing whom to align by an estimate does not pass by a listed name that the search itself finds alike."""
    alike = [h for h in INDEX.search([name])[0] if h.kind is EvidenceKind.NAME_SIMILAR and h.listed.is_listed]
    aligned = [h.score for h in alike if "; explained " in h.detail]
    if aligned:
        assert INDEX.nearest(name)[0].score >= max(aligned) - 0.05


def test_nearest_of_a_cleared_name() -> None:
    """The nearest listed names, one an entity, with what met what."""
    first, second = INDEX.nearest("CHINA COMMUNICATIONS SERVICES CORP", 2)
    assert first.listed.uid == "5"
    assert first.score >= second.score
    assert "only held: SERVICES" in first.detail
    assert INDEX.nearest("中国移动多媒体")[0].listed.uid == "1"
    assert INDEX.nearest("") == ()


def test_thresholds_are_the_programmes() -> None:
    """The defaults in code are the law's table; a misspelt key is refused."""
    assert Thresholds.of(load_programme().matching) == Thresholds()
    with pytest.raises(TypeError):
        Thresholds.of({"flor": 0.5})


def test_floor_is_obeyed() -> None:
    """A higher floor finds less."""
    strict = NameIndex(LISTED, Thresholds(floor=0.99))
    assert found("HANG ZHOU HIK-VISION DIGITAL TECH", strict) == []


def test_hits_are_values() -> None:
    """Equal hits are equal, whichever index gave them."""
    assert isinstance(INDEX.search(["HIKVISION"])[0][0], NameHit)
    assert NameIndex(LISTED).search(["HIKVISION"]) == INDEX.search(["HIKVISION"])


def test_a_name_with_control_characters_shifts_nothing() -> None:
    """The mark between names inside a name does not move the answers of the others."""
    assert [bool(h) for h in INDEX.search(["a\x01b", "HIKVISION", "x\ny", ""])] == [False, True, False, False]


def test_empty_index_and_empty_book() -> None:
    """Nothing listed finds nothing; nothing held asks nothing."""
    assert NameIndex(()).search(["CHINA MOBILE LTD", "中国移动"]) == [(), ()]
    assert INDEX.search([]) == []
