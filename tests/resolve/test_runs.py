"""A listed name that has lost its spaces is asked about; a relative's or a stranger's is not."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmic_screen.model import NameKind
from cmic_screen.resolve.by_name import ListedName, NameIndex
from cmic_screen.resolve.runs import Runs

P, MASTER = NameKind.PRIMARY, NameKind.MASTER
LISTED = (
    ListedName("1", "HANGZHOU HIKVISION DIGITAL TECHNOLOGY CO., LTD.", P),
    ListedName("2", "AERO ENGINE CORPORATION OF CHINA", P),
    ListedName("3", "CSSC OFFSHORE & MARINE ENGINEERING (GROUP) COMPANY LIMITED", P),
    ListedName("4", "CHINA RAILWAY CONSTRUCTION CORPORATION LIMITED", P),
    ListedName("4", "China Railway Construction Heavy Industry Co., Ltd.", MASTER, "Latin", "master", "related"),
    ListedName("5", "AEROSUN CORPORATION", P),
)
INDEX = NameIndex(LISTED)
WHOLE = {
    "HANGZHOU HIKVISION DIGITAL TECHNOLOGY": "1",
    "AERO ENGINE CORPORATION OF CHINA": "2",
    "CHINA RAILWAY CONSTRUCTION": "4",
}


@pytest.mark.parametrize(
    ("name", "uid"),
    [
        ("HANGZHOUHIKVISIONDIGITALTECHNOLOGYCO.,LTD-A", "1"),
        ("HANGZHOUHIKVISION DIGITALTECHNOLOGY", "1"),
        ("HangzhouHikvisionDigitalTechn", "1"),
        ("AEROENGINECORPORATIONOFCHINA", "2"),
        ("CSSCOFFSHOREMARINEENGINEERINGGROUPCOMPANYLIMITED", "3"),
        ("CHINARAILWAYCONSTRUCTIONCORPLTD H SHS", "4"),
    ],
)
def test_a_name_without_its_spaces(name, uid):
    (hits,) = INDEX.search([name])
    assert {(h.listed.uid, h.listed.relation) for h in hits} == {(uid, "issuer")}


@pytest.mark.parametrize(
    "name", ["CHINARAILWAYCONSTRUCTIONHEAVYINDUSTRYCO", "CHINARAILWAYGROUPLIMITED", "AEROSUNSHINE"]
)
def test_somebody_elses_name_without_its_spaces(name):
    (hits,) = INDEX.search([name])
    assert not [h for h in hits if h.listed.is_listed]


def test_the_beginning_of_a_name_is_one_only_where_it_is_long():
    runs = Runs(LISTED)
    assert "CHINARAILWAYCONS" not in runs
    assert {n.uid for n in runs.find(["CHINARAILWAYCONSTRUC"])} == {"4"}
    assert runs.find([]) == []


@given(st.sampled_from(sorted(WHOLE)), st.lists(st.integers(1, 40), min_size=1, max_size=4, unique=True))
def test_spaces_in_other_places_lose_no_name(name: str, cuts: list[int]) -> None:
    """Wherever a text taken from a PDF breaks the words, and whatever stands behind."""
    letters = name.replace(" ", "")
    at = [0, *sorted({c % len(letters) for c in cuts} - {0}), len(letters)]
    broken = " ".join(letters[a:b] for a, b in pairwise(at))
    assert WHOLE[name] in {h.listed.uid for h in INDEX.search([broken])[0]}
    assert WHOLE[name] in {h.listed.uid for h in INDEX.search([f"{broken} LTD"])[0]}
