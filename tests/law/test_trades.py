"""Trades: when a blotter says they were made, boundary days in Asia and America, settlement, the duty that follows."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmic_screen.model import Action, Person, Relation, UsPerson, Verdict
from cmic_screen.programme import trade_instant

PERMITTED, REVIEW, PROHIBITED = Verdict.PERMITTED, Verdict.REVIEW, Verdict.PROHIBITED


@pytest.mark.parametrize(
    ("stated", "market", "earliest", "latest"),
    [
        (("2021-08-02", ""), {"mic": "XHKG"}, "2021-08-02T01:00", "2021-08-02T08:30"),
        (("2021-08-02", ""), {"mic": "XNYS"}, "2021-08-02T08:00", "2021-08-03T00:00"),
        (
            ("2021-08-02", ""),
            {"exchange": "Hong Kong Exchanges And Clearing Ltd"},
            "2021-08-02T01:00",
            "2021-08-02T08:30",
        ),
        (("2021-08-02", "00:00:00"), {"mic": "XHKG"}, "2021-08-02T01:00", "2021-08-02T08:30"),
        (("2021-08-02 00:00:00", ""), {"mic": "XHKG"}, "2021-08-02T01:00", "2021-08-02T08:30"),
        (("2021-08-02", "12:01"), {"mic": "XHKG"}, "2021-08-02T04:01", "2021-08-02T04:01"),
        (("2021-08-02T12:01:30+08:00", ""), {}, "2021-08-02T04:01", "2021-08-02T04:01"),
        (("2021-08-02", "12:01 HKT"), {}, "2021-08-02T04:01", "2021-08-02T04:01"),
        (("2021-08-02", "04:01:00Z"), {"mic": "XHKG"}, "2021-08-02T04:01", "2021-08-02T04:01"),
        (("2021-08-02", "12:01 AM EDT"), {}, "2021-08-02T04:01", "2021-08-02T04:01"),
        (("2021-08-02", "0:01 UTC-4"), {}, "2021-08-02T04:01", "2021-08-02T04:01"),
        (("2021-08-02", "120130"), {"mic": "XHKG"}, "2021-08-02T04:01", "2021-08-02T04:01"),
        (("2021-08-02", "12:01"), {"currency": "HKD"}, "2021-08-02T04:01", "2021-08-02T04:01"),
        (("2021-08-02", "2021-08-02T04:01:00Z"), {"mic": "XHKG"}, "2021-08-02T04:01", "2021-08-02T04:01"),
        (("2021-08-02", "2021-08-01T04:01:00Z"), {"mic": "XHKG"}, "2021-08-02T01:00", "2021-08-02T08:30"),
        (("2021-08-02", ""), {}, "2021-08-01T12:00", "2021-08-03T03:59"),
        (("2021-08-02", ""), {"currency": "USD"}, "2021-08-01T12:00", "2021-08-03T03:59"),
        (("2021-08-02", "10:00 CST"), {"mic": "XSHG"}, "2021-08-02T01:00", "2021-08-02T07:45"),
        (("", ""), {"mic": "XHKG"}, "0001-01-02T00:00", "9999-12-30T00:00"),
        (("2021-13-45", ""), {}, "0001-01-02T00:00", "9999-12-30T00:00"),
    ],
)
def test_when_a_trade_was_made(stated, market, earliest, latest):
    instant = trade_instant(*stated, **market)
    assert instant.earliest.isoformat()[:16] == earliest
    assert instant.latest.isoformat()[:16] == latest


def test_what_was_assumed_is_said():
    assert "Asia/Hong_Kong" in trade_instant("2021-08-02", "", mic="XHKG").assumed
    assert "not understood" in trade_instant("2021-08-02", "noonish", mic="XHKG").assumed
    assert trade_instant("2021-08-02", "12:00Z").assumed == ""


@given(st.text(max_size=30), st.text(max_size=12), st.text(max_size=6), st.text(max_size=12), st.text(max_size=4))
def test_any_text_yields_an_interval(day, clock, mic, exchange, currency):
    instant = trade_instant(day, clock, mic=mic, exchange=exchange, currency=currency)
    assert instant.earliest <= instant.latest


@pytest.mark.parametrize(
    ("day", "clock", "mic", "verdict"),
    [
        ("2021-08-02", "", "XHKG", REVIEW),
        ("2021-08-02", "", "XSHG", REVIEW),
        ("2021-08-02", "11:59", "XHKG", PERMITTED),
        ("2021-08-02", "12:00", "XHKG", PERMITTED),
        ("2021-08-02", "12:01", "XHKG", PROHIBITED),
        ("2021-08-02", "13:00", "XHKG", PROHIBITED),
        ("2021-08-02", "", "XNYS", PROHIBITED),
        ("2021-08-02", "", "XLON", PROHIBITED),
        ("2021-08-02", "", "", REVIEW),
        ("2021-07-30", "", "XHKG", PERMITTED),
        ("2021-07-30", "", "", PERMITTED),
        ("2021-08-03", "", "XHKG", PROHIBITED),
        ("2021-08-03", "", "", PROHIBITED),
        ("", "", "XHKG", REVIEW),
    ],
)
def test_a_purchase_about_the_annexs_effective_date(day, clock, mic, verdict, ask):
    judged = ask(action=Action.BUY, instant=trade_instant(day, clock, mic=mic))
    assert judged.verdict is verdict
    if verdict is REVIEW:
        assert judged.reason.count("A purchase is") >= 2  # both readings, in words


def test_the_hour_between_the_two_clocks_of_winter_is_a_question(ask, make):
    match = make.matched(make.listed(date(2021, 12, 16)))
    verdicts = [
        ask(matches=(match,), action=Action.BUY, instant=trade_instant("2022-02-14", clock)).verdict
        for clock in ("04:00Z", "04:01Z", "05:00Z", "05:01Z")
    ]
    assert verdicts == [PERMITTED, REVIEW, REVIEW, PROHIBITED]


def test_an_action_ruled_alike_on_both_sides_is_no_question(ask):
    judged = ask(action=Action.CASH_DIVIDEND, instant=trade_instant("2021-08-02", "", mic="XHKG"))
    assert judged.verdict is PERMITTED


@pytest.mark.parametrize(
    ("traded", "settled", "verdict"),
    [
        ("2021-07-28", "2021-07-30", PERMITTED),
        ("2021-07-30", "2021-08-03", REVIEW),
        ("2021-07-30", "2021-08-02", REVIEW),
        ("2021-08-03", "2021-08-05", PROHIBITED),
    ],
)
def test_a_boundary_between_trade_and_settlement_is_a_question(traded, settled, verdict, ask):
    instant = trade_instant(traded, "", mic="XNYS")
    judged = ask(action=Action.BUY, instant=instant, settlement=date.fromisoformat(settled))
    assert judged.verdict is verdict
    assert (judged.matches[0].sub_reason == "settlement_straddle") is (verdict is REVIEW)


def test_a_sale_about_the_end_of_the_window(ask):
    verdicts = [
        ask(action=Action.SELL, instant=trade_instant("2022-06-03", clock)).verdict for clock in ("04:00Z", "04:01Z")
    ]
    assert verdicts == [PERMITTED, PROHIBITED]


@pytest.mark.parametrize(
    ("action", "proposed", "flag", "words"),
    [
        (Action.BUY, "proposed", "REJECT_AND_REPORT", "within 10 business days"),
        (Action.SELL, "proposed", "REJECT_AND_REPORT", "within 10 business days"),
        (Action.BUY, "executed", "EXECUTED", "refer to counsel (31 CFR part 501, appendix A)"),
        (Action.SELL, "unknown", "STATUS_UNKNOWN", "does not say plainly"),
    ],
)
def test_what_follows_a_prohibited_trade(action, proposed, flag, words, ask, make):
    judged = ask(action=action, instant=make.utc("2026-11-20T15:00"), proposed=proposed)
    assert judged.verdict is PROHIBITED
    assert flag in judged.flags
    assert words in judged.reason


@pytest.mark.parametrize(
    "given",
    [
        {"action": Action.CASH_DIVIDEND}, {"action": Action.HOLD}, {"action": Action.GIFT},
        {"action": Action.BUY, "proposed": ""},  # asked before a trade, not a row of a blotter
    ],
)  # fmt: skip
def test_no_duty_where_nothing_prohibited_was_dealt(given, ask, make):
    judged = ask(**({"instant": make.utc("2026-11-20T15:00"), "proposed": "proposed"} | given))
    assert not {"REJECT_AND_REPORT", "EXECUTED", "STATUS_UNKNOWN"} & set(judged.flags)


def test_a_candidate_in_a_trade_is_a_question_without_a_duty(ask, make):
    match = make.matched(make.listed(), Relation.UNCERTAIN)
    judged = ask(matches=(match,), action=Action.BUY, instant=make.utc("2026-11-20T15:00"), proposed="proposed")
    assert judged.verdict is REVIEW
    assert "REJECT_AND_REPORT" not in judged.flags


def test_a_foreign_persons_straddling_trade_is_permitted(ask):
    person = Person(owner_us=UsPerson.NO, benefit_us=UsPerson.NO)
    judged = ask(action=Action.BUY, instant=trade_instant("2021-08-02", "", mic="XHKG"), person=person)
    assert judged.verdict is PERMITTED


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Proposed", "proposed"), ("PENDING", "proposed"), ("Executed", "executed"), ("filled", "executed"),
        ("ausgeführt", "executed"), ("offen", "proposed"), ("已成交", "executed"), ("", "unknown"), ("blue", "unknown"),
        ("Rejected", "proposed"), ("partially filled", "executed"),
    ],
)  # fmt: skip
def test_blotter_status(text, status, programme):
    assert programme.blotter_status(text) == status


def test_every_market_we_know_has_trading_hours():
    from cmic_screen.markets import MIC_COUNTRY

    for mic in MIC_COUNTRY:
        instant = trade_instant("2024-03-05", "", mic=mic)
        assert (instant.latest - instant.earliest).total_seconds() < 18 * 3600, mic
