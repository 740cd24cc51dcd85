"""Changes and their causes, over an invented world: who is held, who is listed, who was dismissed, on which day."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmic_screen.history.compare import FIELDS, SWAPPED, Causes, Factor, changes
from cmic_screen.history.observe import key_of

H, L, D, T, V = Factor.HOLDINGS, Factor.LIST, Factor.DECISION, Factor.DATE, Factor.VERSION


def screened(world, make_finding, make_record):
    """The toy law: listed and effective by the day is PROHIBITED, before it UPCOMING; dismissed is PERMITTED."""
    found = []
    for account, security in sorted(world[H]):
        if security not in world[L]:
            continue
        verdict, phase = ("PROHIBITED", "CLOSED") if world[T] >= world[L][security] else ("UPCOMING", "PENDING")
        sub = ""
        if security in world[D]:
            verdict, sub = "PERMITTED", "dismissed"
        found.append(
            make_finding(
                f"F-{len(found) + 1:03d}", account, security, verdict, uid=f"u{security}", phase=phase, sub=sub
            )
        )
    decisions = [
        {"id": f"D-{s}", "security": s, "entity_uid": f"u{s}", "why_not": "" } for s in sorted(world[D])
    ]  # fmt: skip
    return make_record(
        found, as_of=f"2026-{world[T]:02d}-01", published=f"2026-01-{len(world[L]):02d}", decisions=decisions
    )


@pytest.fixture
def compare(make_finding, make_record):
    def run(old, new, *, field="cause", **more):
        old, new = {**BASE, **old}, {**BASE, **new}
        calls = []

        def rescreen(sides):
            calls.append(sides)
            mixed = {f: (old if sides[f] == "old" else new)[f] for f in SWAPPED}
            return screened(mixed, make_finding, make_record)

        causes = Causes(
            old=screened(old, make_finding, make_record),
            new=screened(new, make_finding, make_record),
            differing=tuple(f for f in SWAPPED if old[f] != new[f]),
            rescreen=rescreen,
        )
        found = changes(causes, **more)
        assert all(tuple(c) == FIELDS and all(isinstance(v, str) for v in c.values()) for c in found)
        return [(c["change"], c["security"].removeprefix("Issuer "), c[field]) for c in found if c["what"] == "finding"]

    return run


BASE = {H: {("A", "x")}, L: {"x": 1}, D: frozenset(), T: 5, Factor.PROGRAMME: 1, Factor.DATA: 1}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param({}, {}, [("still open", "x", "")], id="nothing changed"),
        pytest.param({H: set()}, {}, [("new", "x", "holdings")], id="bought"),
        pytest.param({L: {}}, {}, [("new", "x", "list")], id="listed"),
        pytest.param({L: {}, H: {("A", "y")}}, {}, [("new", "x", "holdings and list")], id="bought and listed"),
        pytest.param({}, {H: set()}, [("gone", "x", "holdings")], id="sold"),
        pytest.param({}, {L: {}}, [("gone", "x", "list")], id="delisted"),
        pytest.param({}, {L: {}, H: set()}, [("gone", "x", "holdings and list")], id="either alone would do"),
        pytest.param({T: 2, L: {"x": 3}}, {L: {"x": 3}}, [("re-scored", "x", "date")], id="the day came"),
        pytest.param({}, {D: {"x"}}, [("re-scored", "x", "decision")], id="dismissed"),
        pytest.param({D: {"x"}}, {}, [("reopened", "x", "decision")], id="the dismissal lapsed"),
        pytest.param({D: {"x"}}, {D: {"x"}}, [], id="settled and unchanged"),
        pytest.param(
            {L: {"x": 1}, T: 4}, {H: {("A", "x"), ("A", "y")}, L: {"x": 1, "z": 1, "y": 5}},
            [("still open", "x", ""), ("new", "y", "holdings and list")], id="a month earlier only upcoming",
        ),
    ],
)  # fmt: skip
def test_each_change_has_its_cause(compare, old, new, expected):
    assert compare(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ({H: set()}, {}, "entered the holdings"),
        ({}, {H: set()}, "left the holdings"),
        ({L: {}}, {}, "list published 2026-01-00 -> 2026-01-01"),
        ({L: {"x": 6}}, {L: {"x": 4}}, "list published 2026-01-01, its content changed"),
        ({T: 2, L: {"x": 3}}, {L: {"x": 3}}, "as-of date 2026-02-01 -> 2026-05-01"),
        ({}, {D: {"x"}}, "D-x in force"),
        ({D: {"x"}}, {}, "D-x gone"),
        ({T: 2, L: {"x": 3}, D: {"y"}}, {L: {"x": 3}}, "as-of date 2026-02-01 -> 2026-05-01"),
        ({}, {}, ""),
        ({L: {}, H: {("A", "y")}}, {}, "entered the holdings; list published 2026-01-00 -> 2026-01-01"),
    ],
)
def test_each_cause_is_told_in_words(compare, old, new, words):
    """A decision on another company is no reason; two causes are both told."""
    assert [text for _, _, text in compare(old, new, field="text")] == [words]


def test_what_else_may_differ_is_named_for_what_it_is(make_finding, make_record):
    old = make_record([make_finding("F-001", "A", "x", "REVIEW", uid="u")])
    new = make_record([make_finding("F-001", "A", "x", "PROHIBITED", uid="u")])
    causes = Causes(old=old, new=new, differing=(Factor.DATA,), rescreen=lambda _: pytest.fail("no need"))
    (change, *_) = changes(causes)
    assert change["text"] == "securities master, account map or fund constituents changed"


def test_a_finding_of_an_earlier_month_that_comes_back_is_reopened(compare):
    key = ("A", "x", "HOLD", "")
    assert compare({H: set()}, {}, ever_open=frozenset({key})) == [("reopened", "x", "holdings")]


def test_a_security_described_anew_is_the_same_holding(make_finding, make_record):
    old, new = (
        make_finding("F-001", "A", "p1", "PROHIBITED", uid="u"),
        make_finding("F-001", "A", "p2", "PROHIBITED", uid="u"),
    )
    for f in (old, new):
        f["identifiers"] = {"isin": "CNE000001P37"}
    causes = Causes(
        old=make_record([old]), new=make_record([new]), differing=(H,), rescreen=lambda _: pytest.fail("no need")
    )
    assert [c["change"] for c in changes(causes)] == ["still open"]


def test_the_program_version_is_a_cause_when_it_alone_changes_the_answer(make_finding, make_record):
    old = make_record([make_finding("F-001", "A", "x", "REVIEW", uid="u", score=0.91)])
    new = make_record([make_finding("F-001", "A", "x", "REVIEW", uid="u", score=0.95)], version="0.2.0")
    causes = Causes(old=old, new=new, differing=(H, V), rescreen=lambda sides: new)
    (change, *_) = changes(causes)
    assert (change["change"], change["cause"]) == ("re-scored", "program version")
    assert "0.1.0 -> 0.2.0" in change["text"]


def test_totals_have_a_cause_too(make_finding, make_record):
    old = make_record([])
    new = make_record([make_finding("F-001", "A", "x", "PROHIBITED", uid="u")])
    causes = Causes(old=old, new=new, differing=(H,), rescreen=lambda _: pytest.fail("one difference needs no run"))
    rows = {c["security"]: (c["before"], c["after"], c["cause"]) for c in changes(causes) if c["what"] == "total"}
    assert rows["prohibited"] == ("0", "1", "holdings")
    assert rows["market_value USD all"] == ("0", "10", "holdings")
    assert "clear" not in rows


def test_unread_rows_are_known_by_their_cells(make_finding):
    one = make_finding("F-001", "", "", "UNSCREENED") | {"cells": ["?", "7"]}
    other = make_finding("F-009", "", "", "UNSCREENED") | {"cells": ["?", "7"]}
    assert key_of(one) == key_of(other) != key_of(one | {"cells": ["?", "8"]})


WORLDS = st.fixed_dictionaries(
    {
        H: st.frozensets(st.tuples(st.sampled_from("AB"), st.sampled_from("wxyz"))),
        L: st.dictionaries(st.sampled_from("wxyz"), st.integers(1, 9)),
        D: st.frozensets(st.sampled_from("wxyz"), max_size=2),
        T: st.integers(1, 9),
    }
)


@given(old=WORLDS, new=WORLDS)
def test_every_difference_is_named_with_a_cause_that_differs(make_finding, make_record, old, new):
    old, new = {**BASE, **old}, {**BASE, **new}
    differing = tuple(f for f in SWAPPED if old[f] != new[f])

    def rescreen(sides):
        return screened({f: (old if sides[f] == "old" else new)[f] for f in SWAPPED}, make_finding, make_record)

    first, then = screened(old, make_finding, make_record), screened(new, make_finding, make_record)
    everything = changes(Causes(old=first, new=then, differing=differing, rescreen=rescreen))
    found = [c for c in everything if c["what"] == "finding"]
    for change in found:
        causes = set(filter(None, change["cause"].split(" and ")))
        assert causes <= {f.value for f in differing}
        assert bool(causes) == (change["change"] != "still open")
    mentioned = [ref for c in found if c["ref"] for ref in c["ref"].split(", ")]
    settled = {f["ref"] for f in then["findings"] if f["verdict"] == "PERMITTED"}
    assert {f["ref"] for f in then["findings"]} - settled <= set(mentioned)
    assert len(mentioned) == len(set(mentioned))
