"""A listed name that has lost its spaces is asked about; a relative's or a stranger's is not."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmic_screen.model import NameKind
from cmic_screen.names import normalise
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
        ("THE CHINARAILWAYCONSTRUCTION-CORPORATIONLIMITED", "4"),
        ("HangzhouHikvisionDigitalTechn", "1"),
        ("AEROENGINECORPORATIONOFCHINA", "2"),
        ("CSSCOFFSHOREMARINEENGINEERINGGROUPCOMPANYLIMITED", "3"),
        ("CHINARAILWAYCONSTRUCTIONCORPLTD H SHS", "4"),
        ("CHINARAILWAYCONSTRUCTIONCORPLTD 4.125% 05/06/26", "4"),
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
    runs = Runs((name, normalise(name.text)) for name in LISTED)
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


SIGNS = ("4.5%", "%s", "%", "{0}", "{", "@EC2706A", "#", "\\1", "H", "(", "05/06/26", "PUT", "2027")
PARTS = st.sampled_from([*("".join(name.split()) for name in WHOLE), "CHINARAILWAYCONSTRUCTIONHEAVYINDUSTRY", *SIGNS])


@given(st.lists(PARTS, min_size=1, max_size=4).map(" ".join))
def test_no_sign_in_a_name_stops_the_search_or_is_lost_from_what_is_told(name: str) -> None:
    """A percent sign beside such a name once ended the whole run."""
    assert all("%s" not in h.detail or "%s" in name for h in INDEX.search([name])[0])
    assert INDEX.explain(name).startswith(name)
