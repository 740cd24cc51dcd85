"""What a change of the list would do to a book, before it takes effect."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cmic_screen.impact import impact, to_dict, to_text
from cmic_screen.model import EntityName, NameKind, Scheme, SecurityIdentifier, Verdict
from cmic_screen.programme import load_programme
from cmic_screen.reference import embedded_snapshot
from cmic_screen.reference.securities import load_master
from cmic_screen.run import Circumstances
from cmic_screen.screening import screen
from cmic_screen.service import Request, read

ON = date(2027, 1, 1)
BOOK = """Account,Security Name,ISIN,Quantity,Market Value,Currency
A-1,Example Drones Co Ltd,CNE1000ZZZZ1,100,1000,CNY
A-2,Hangzhou Hikvision Digital Technology Co Ltd,CNE100000PM8,5,900,CNY
A-2,Apple Inc,US0378331005,5,900,USD
"""


@pytest.fixture(scope="module")
def intake(tmp_path_factory):
    path = tmp_path_factory.mktemp("book") / "book.csv"
    path.write_text(BOOK)
    return read(Request(files=(path,)))


@pytest.fixture(scope="module")
def law():
    return {"programme": load_programme(None), "master": load_master(None)}


def test_an_addition_and_a_removal(intake, law):
    before = embedded_snapshot()
    listed = date(2026, 12, 1)
    new = replace(
        before.entity("33113"),
        uid="40001",
        names=(EntityName(text="EXAMPLE DRONES CO., LTD.", kind=NameKind.PRIMARY),),
        identifiers=(SecurityIdentifier(scheme=Scheme.ISIN, value="CNE1000ZZZZ1"),),
        tickers=(),
        listed=listed,
        effective=listed + timedelta(days=60),
        divestment_ends=listed + timedelta(days=365),
    )
    stay = tuple(e for e in before.entities if e.uid != "30946")
    after = replace(before, entities=(*stay, new), published=date(2026, 12, 2), embedded=False)
    result = impact(intake, before, after, on=date(2027, 1, 29), **law)
    assert result.days == (date(2027, 1, 29), date(2027, 1, 30), date(2027, 12, 1))
    assert [(r.entities[0][0], r.entities[0][2]) for r in result.rows] == [("40001", "added"), ("30946", "removed")]
    assert [(old, new) for _, old, new in result.rows[0].verdicts] == [
        (Verdict.CLEAR, Verdict.UPCOMING),
        (Verdict.CLEAR, Verdict.PROHIBITED),
        (Verdict.CLEAR, Verdict.PROHIBITED),
    ]
    assert {(old, new) for _, old, new in result.rows[1].verdicts} == {(Verdict.PROHIBITED, Verdict.PERMITTED)}
    text = to_text(result)
    assert text.startswith("2 of 3 positions are touched by the change from the list published 2026-01-08")
    assert "  2027-01-30: CLEAR -> PROHIBITED" in text
    assert "  30946 HANGZHOU HIKVISION DIGITAL TECHNOLOGY CO., LTD.: removed" in text
    assert to_dict(result)["rows"][0]["account"] == "A-1"


def test_a_changed_company_is_shown_though_no_verdict_changes(intake, law):
    before = embedded_snapshot()
    entities = tuple(replace(e, target_type="Other") if e.uid == "30946" else e for e in before.entities)
    result = impact(intake, before, replace(before, entities=entities), on=ON, **law)
    assert [r.entities for r in result.rows] == [
        (("30946", "HANGZHOU HIKVISION DIGITAL TECHNOLOGY CO., LTD.", "changed"),)
    ]
    assert result.days == (ON,)


def test_equal_lists_touch_nothing(intake, law):
    before = embedded_snapshot()
    result = impact(intake, before, replace(before, published=ON), on=ON, **law)
    assert (result.rows, result.positions) == ((), 3)
    assert to_text(result).startswith("0 of 3 positions are touched")


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        (date(2026, 11, 28), Verdict.PERMITTED),  # announced, not yet listed
        (date(2026, 11, 29), Verdict.UPCOMING),
        (date(2027, 1, 27), Verdict.UPCOMING),
        (date(2027, 1, 28), Verdict.PROHIBITED),
        (date(2027, 11, 29), Verdict.PROHIBITED),
    ],
)
def test_an_invented_listing_is_judged_by_its_own_dates(day, verdict, intake, law):
    now = embedded_snapshot()
    listed = date(2026, 11, 29)
    new = replace(
        now.entity("33113"),
        uid="40001",
        names=(EntityName(text="EXAMPLE DRONES CO., LTD.", kind=NameKind.PRIMARY),),
        identifiers=(SecurityIdentifier(scheme=Scheme.ISIN, value="CNE1000ZZZZ1"),),
        tickers=(),
        listed=listed,
        effective=listed + timedelta(days=60),
        divestment_ends=listed + timedelta(days=365),
    )
    about = Circumstances(run_id="x", created_at="", list_age_days=0, list_stale=False)
    run = screen(
        intake, replace(now, entities=(*now.entities, new)), law["programme"], day, master=law["master"], about=about
    )
    assert {f.source.row: f.verdict for f in run.findings}[2] is verdict
