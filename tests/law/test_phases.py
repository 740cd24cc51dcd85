"""Phases at an instant: boundaries to the minute in UTC, New York and Hong Kong, both clocks, new listings, removal."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmic_screen.errors import UsageError
from cmic_screen.model import Action, Phase, Ruling, Verdict
from cmic_screen.programme import as_of_instant, trade_instant

NL, PE, WI, CL, RE = Phase.NOT_LISTED, Phase.PENDING, Phase.WINDOW, Phase.CLOSED, Phase.REMOVED


@pytest.mark.parametrize(
    ("utc", "phases"),
    [
        ("2021-06-03T03:59:59", (Phase.OUT_OF_MODEL,)),
        ("2021-06-03T04:00:00", (PE,)),
        ("2021-08-02T04:00:59", (PE,)),  # 00:00:59 in New York, 12:00:59 in Hong Kong
        ("2021-08-02T04:01:00", (WI,)),  # 00:01:00 in New York, 12:01:00 in Hong Kong
        ("2022-06-03T04:00:59", (WI,)),
        ("2022-06-03T04:01:00", (CL,)),
        ("2026-11-22T00:00:00", (CL,)),
    ],
)
def test_the_annex(utc, phases, programme, make):
    assert programme.reading(make.listed(), make.utc(utc)).phases == phases


@pytest.mark.parametrize(
    ("utc", "phases"),
    [
        ("2021-12-15T04:59:59", (NL,)),
        ("2021-12-16T05:00:00", (PE,)),
        ("2022-02-14T04:00:59", (PE,)),
        ("2022-02-14T04:01:00", (PE, WI)),  # past 00:01 eastern daylight time as written, not yet on New York's clock
        ("2022-02-14T05:00:59", (PE, WI)),
        ("2022-02-14T05:01:00", (WI,)),
        ("2022-12-16T04:00:59", (WI,)),
        ("2022-12-16T04:01:00", (WI, CL)),
        ("2022-12-16T05:01:00", (CL,)),
    ],
)
def test_a_listing_whose_dates_fall_in_winter(utc, phases, programme, make):
    assert programme.reading(make.listed(date(2021, 12, 16)), make.utc(utc)).phases == phases


@pytest.mark.parametrize(
    ("zone", "before", "after"),
    [
        ("America/New_York", "2021-08-02T00:00", "2021-08-02T00:01"),
        ("Asia/Hong_Kong", "2021-08-02T12:00", "2021-08-02T12:01"),
        ("UTC", "2021-08-02T04:00", "2021-08-02T04:01"),
    ],
)
def test_moving_a_purchase_by_a_minute_changes_it_exactly_there(zone, before, after, ask):
    verdicts = []
    for text in (before, after):
        at = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
        instant = trade_instant(at.date().isoformat(), at.strftime("%H:%M%z"))
        verdicts.append(ask(action=Action.BUY, instant=instant).verdict)
    assert verdicts == [Verdict.PERMITTED, Verdict.PROHIBITED]


@given(second=st.integers(0, 4 * 366 * 86400))
def test_phases_only_ever_advance(second, programme, make):
    entity = make.listed(date(2023, 11, 20), removed=date(2025, 3, 1))
    at = datetime(2023, 1, 1, tzinfo=UTC) + timedelta(seconds=second)
    order = [NL, PE, WI, CL, RE]
    here = programme.reading(entity, make.utc(at.replace(tzinfo=None).isoformat())).phases
    later = programme.reading(entity, make.utc((at + timedelta(hours=1)).replace(tzinfo=None).isoformat())).phases
    assert [order.index(p) for p in here] == sorted(order.index(p) for p in here)
    assert order.index(here[0]) <= order.index(later[0])
    assert order.index(here[-1]) <= order.index(later[-1])


def test_a_leap_day_inside_the_365_days_shifts_the_end(programme, make):
    entity = make.listed(date(2027, 3, 1))
    assert entity.divestment_ends == date(2028, 2, 29)
    assert programme.phase(entity, as_of_instant(date(2028, 2, 28))) is WI
    assert programme.phase(entity, as_of_instant(date(2028, 2, 29))) is CL
    assert programme.phase(entity, as_of_instant(date(2027, 4, 29))) is PE
    assert programme.phase(entity, as_of_instant(date(2027, 4, 30))) is WI


@pytest.mark.parametrize(("day", "phase"), [("2025-02-28", WI), ("2025-03-01", RE), ("2030-01-01", RE)])
def test_removal_ends_the_prohibition_from_then_on(day, phase, programme, make):
    entity = make.listed(date(2024, 6, 1), removed=date(2025, 3, 1))
    assert programme.phase(entity, as_of_instant(date.fromisoformat(day))) is phase


def test_a_trade_on_the_day_of_removal_has_two_readings(ask, make):
    entity = make.listed(date(2024, 6, 1), removed=date(2025, 3, 3))
    judged = ask(matches=(make.matched(entity),), action=Action.BUY, instant=make.utc("2025-03-03T15:00"))
    assert judged.verdict is Verdict.REVIEW
    assert "removed from the list" in judged.reason
    assert (judged.ruling, judged.matches[0].phase) == (Ruling.PROHIBITED, WI)  # a program acts on the worse reading


def test_a_trade_before_removal_keeps_its_ruling(ask, make):
    entity = make.listed(date(2024, 6, 1), removed=date(2025, 3, 3))
    judged = ask(matches=(make.matched(entity),), action=Action.BUY, instant=make.utc("2025-03-01T15:00"))
    assert judged.verdict is Verdict.PROHIBITED


@pytest.mark.parametrize(
    ("day", "verdict", "sub_reason"),
    [
        ("2021-07-01", Verdict.PERMITTED, "not_listed"),
        ("2021-12-20", Verdict.UPCOMING, "pending"),
        ("2022-02-14", Verdict.PROHIBITED, "window"),
        ("2022-12-16", Verdict.PROHIBITED, "closed"),
    ],
)
def test_the_nine_of_december_2021_as_of_a_day(day, verdict, sub_reason, ask, make):
    match = make.matched(make.listed(date(2021, 12, 16)))
    judged = ask(matches=(match,), instant=as_of_instant(date.fromisoformat(day)))
    assert (judged.verdict, judged.matches[0].sub_reason) == (verdict, sub_reason)


def test_before_the_model_there_is_no_answer():
    with pytest.raises(UsageError, match="2021-06-02 is before 2021-06-03"):
        as_of_instant(date(2021, 6, 2))


def test_a_trade_before_the_model_is_a_question(ask, make):
    judged = ask(action=Action.BUY, instant=make.utc("2021-03-01T15:00"))
    assert judged.verdict is Verdict.REVIEW
    assert judged.matches[0].phase is Phase.OUT_OF_MODEL
