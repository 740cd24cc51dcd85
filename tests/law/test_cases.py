"""Verdicts of holdings by relation, instrument, person, licence, decision, fund and lot date (architecture §4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cmic_screen.model import Action, InstrumentKind, Licence, Person, Relation, UsPerson, Verdict
from cmic_screen.programme import as_of_instant

CLEAR, PERMITTED, REVIEW, UPCOMING = Verdict.CLEAR, Verdict.PERMITTED, Verdict.REVIEW, Verdict.UPCOMING
UNSCREENED, PROHIBITED, SET_ASIDE = Verdict.UNSCREENED, Verdict.PROHIBITED, Verdict.SET_ASIDE
FOREIGN = Person(owner_us=UsPerson.NO, benefit_us=UsPerson.NO)
NEW = date(2021, 12, 16)


def licence(*actions: Action, uids: tuple[str, ...] = (), until: date = date(2027, 1, 1)) -> Licence:
    return Licence(number="CMIC-2026-1", actions=actions, valid_from=date(2026, 1, 1), valid_to=until, uids=uids)


OF_ANOTHER = licence(Action.BUY, uids=("99999",))


# ------------------------------------------------------------------------------------------------ no match


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        ({"cleared_by": "identifier"}, CLEAR),
        ({"cleared_by": "name"}, CLEAR),
        ({"cleared_by": ""}, UNSCREENED),
        ({"instrument": InstrumentKind.CASH}, SET_ASIDE),
        ({"instrument": InstrumentKind.INDEX_FUTURE}, REVIEW),
        ({"instrument": InstrumentKind.FUND}, REVIEW),
        ({"instrument": InstrumentKind.FUND, "fund_state": "missing"}, REVIEW),
        ({"instrument": InstrumentKind.FUND, "fund_state": "partial"}, REVIEW),
        ({"instrument": InstrumentKind.FUND, "fund_state": "stale"}, REVIEW),
        ({"instrument": InstrumentKind.FUND, "fund_state": "complete"}, CLEAR),
        ({"instrument": InstrumentKind.SHARE, "fund_state": "stale"}, REVIEW),
    ],
)
def test_without_a_match(given, verdict, ask):
    judged = ask(**({"matches": ()} | given))
    assert judged.verdict is verdict
    assert judged.ruling is None
    assert judged.reason
    assert (judged.cleared_by != "") is (verdict is CLEAR)


# ------------------------------------------------------------------------------------------------ relations


@pytest.mark.parametrize(
    ("relation", "day", "verdict", "words"),
    [
        (Relation.ISSUER, "2026-11-22", PROHIBITED, "Restricted:"),
        (Relation.DERIVATIVE, "2026-11-22", PROHIBITED, "Restricted:"),
        (Relation.UNCERTAIN, "2026-11-22", REVIEW, "not proven"),
        (Relation.UNCERTAIN, "2022-01-01", REVIEW, "not proven"),
        (Relation.UNCERTAIN, "2021-07-01", PERMITTED, "makes no difference"),
        (Relation.RELATED_UNLISTED, "2026-11-22", PERMITTED, "not listed; the 50 percent rule does not apply"),
        (Relation.RELATED_UNLISTED, "2021-07-01", PERMITTED, "not listed; the 50 percent rule does not apply"),
    ],
)
def test_relation(relation, day, verdict, words, ask, make):
    match = make.matched(make.listed(NEW), relation)
    judged = ask(matches=(match,), instant=as_of_instant(date.fromisoformat(day)))
    assert judged.verdict is verdict
    assert words in judged.reason


def test_a_relative_under_review_by_policy(ask, make):
    judged = ask(matches=(make.matched(make.listed(), Relation.RELATED_UNLISTED, policy="REVIEW"),))
    assert judged.verdict is REVIEW
    assert "the 50 percent rule does not apply" in judged.reason


@pytest.mark.parametrize("day", ["2026-11-22", "2021-07-01"])
def test_a_name_that_only_holds_a_listed_one_is_another_companys_until_a_person_says_whose(day, ask, make):
    match = make.matched(make.listed(NEW), Relation.RELATED_UNLISTED, policy="BEARS_NAME")
    asked = {"matches": (match,), "instant": as_of_instant(date.fromisoformat(day))}
    judged = ask(**asked)
    assert judged.verdict is PERMITTED
    assert "taken for another company's: not listed; the 50 percent rule does not apply" in judged.reason
    confirmed = ask(**asked, decisions=(make.decision(conclusion="true-match"),))
    assert confirmed.verdict is (PROHIBITED if day > "2021-12-16" else PERMITTED)


def test_the_worst_match_leads_and_the_others_are_named(ask, make):
    near = make.matched(make.listed(uid="2", name="NEAR LIMITED"), Relation.UNCERTAIN)
    for matches in ((near, make.matched(make.listed())), (make.matched(make.listed()), near)):
        judged = ask(matches=matches)
        assert judged.verdict is PROHIBITED
        assert [m.match.entity.uid for m in judged.matches] == ["1", "2"]
        assert "NEAR LIMITED" in judged.reason


@pytest.mark.parametrize(
    ("day", "verdict", "phases"),
    [
        ("2021-07-01", UPCOMING, {"PENDING", "NOT_LISTED"}),
        ("2021-12-20", PROHIBITED, {"WINDOW", "PENDING"}),
        ("2022-12-16", PROHIBITED, {"CLOSED"}),
    ],
)
def test_a_security_of_two_merged_entities_keeps_both_clocks(day, verdict, phases, ask, make):
    matches = (make.matched(make.listed()), make.matched(make.listed(NEW, uid="2", name="MERGED LIMITED")))
    judged = ask(matches=matches, instant=as_of_instant(date.fromisoformat(day)))
    assert judged.verdict is verdict
    assert {m.phase.value for m in judged.matches} == phases


# ------------------------------------------------------------------------------------------------ instruments


COVERED = {
    "SHARE", "PREFERRED", "RECEIPT", "BOND", "CONVERTIBLE", "WARRANT", "RIGHT", "OPTION", "FUTURE", "CBBC",
    "STRUCTURED_NOTE", "SWAP", "UNKNOWN",
}  # fmt: skip
ASKS = {"INDEX_FUTURE", "MONEY_MARKET_PAPER", "LOAN", "PRIVATE", "CASH", "COMMODITY"}


@pytest.mark.parametrize("kind", sorted({k.value for k in InstrumentKind} - {"FUND"}))
def test_instrument_coverage(kind, ask):
    judged = ask(instrument=InstrumentKind(kind))
    assert kind in COVERED | ASKS
    assert judged.verdict is (PROHIBITED if kind in COVERED else REVIEW)


@pytest.mark.parametrize("relation", [Relation.ISSUER, Relation.RELATED_UNLISTED, Relation.UNCERTAIN])
@pytest.mark.parametrize("given", [{"instant": as_of_instant(date(2021, 7, 1))}, {"person": FOREIGN}])
def test_a_match_that_permits_ends_no_question_about_the_members_of_an_index(ask, make, given, relation):
    """Found by the property that one more match never lowers a verdict."""
    match = make.matched(make.listed(NEW), relation)
    judged = ask(matches=(match,), instrument=InstrumentKind.INDEX_FUTURE, **given)
    assert judged.verdict is REVIEW
    assert "members were not looked through" in judged.reason
    assert [m.match for m in judged.matches] == [match]


def test_a_proven_issuer_of_a_fund_like_row_still_prohibits(ask, make):
    judged = ask(instrument=InstrumentKind.FUND, matches=(make.matched(make.listed(), stated=True),))
    assert judged.verdict is PROHIBITED


@pytest.mark.parametrize(
    ("day", "given", "verdict"),
    [
        ("2026-11-22", {}, REVIEW),
        ("2026-11-22", {"instrument": InstrumentKind.PRIVATE}, REVIEW),
        ("2026-11-22", {"cleared_by": "identifier"}, PROHIBITED),  # the row itself shows a security
        ("2026-11-22", {"instrument": InstrumentKind.BOND}, PROHIBITED),  # a bond is no private stake
        ("2021-12-20", {}, UPCOMING),
        ("2021-12-20", {"instrument": InstrumentKind.PRIVATE}, UPCOMING),
        ("2021-07-01", {}, PERMITTED),
    ],
)
def test_an_issuer_without_any_known_public_security(day, given, verdict, ask, make):
    match = make.matched(make.listed(NEW), public_security=False)
    assert ask(matches=(match,), instant=as_of_instant(date.fromisoformat(day)), **given).verdict is verdict


@pytest.mark.parametrize("kind", sorted(ASKS))
def test_a_question_says_what_would_follow_and_states_no_ban(kind, ask):
    judged = ask(instrument=InstrumentKind(kind))
    assert judged.prohibited == ()
    assert "Restricted:" in judged.reason


def test_a_line_that_trades_nowhere_is_a_question(ask):
    assert ask(flags=("NOT_TRADED",)).verdict is REVIEW


# ------------------------------------------------------------------------------------------------ licences and persons


@pytest.mark.parametrize(
    ("held", "action", "verdict"),
    [
        (licence(Action.SELL), Action.SELL, PERMITTED),
        (licence(Action.SELL), Action.BUY, PROHIBITED),
        (licence(Action.SELL, uids=("1",)), Action.SELL, PERMITTED),
        (licence(Action.SELL, uids=("2",)), Action.SELL, PROHIBITED),
        (licence(Action.SELL, until=date(2026, 11, 1)), Action.SELL, PROHIBITED),
        (licence(Action.SELL), Action.HOLD, PROHIBITED),
        (licence(Action.BUY, Action.SELL), Action.HOLD, PERMITTED),
        (licence(Action.HOLD), Action.HOLD, PROHIBITED),  # a holding's verdict speaks of dealing
        (licence(Action.HOLD, Action.SELL), Action.HOLD, PROHIBITED),
    ],
)
def test_a_licence_permits_what_it_names(held, action, verdict, ask):
    judged = ask(person=Person(owner_us=UsPerson.YES, benefit_us=UsPerson.YES, licences=(held,)), action=action)
    assert judged.verdict is verdict


def test_a_holding_says_what_its_licence_permits(ask):
    judged = ask(person=Person(owner_us=UsPerson.YES, licences=(licence(Action.SELL),)))
    assert any("CMIC-2026-1" in s and "a sale" in s for s in judged.permitted)


def test_a_licensed_decision_permits_its_action_and_keeps_the_holding_prohibited(ask, make):
    decided = (make.decision(conclusion="licensed", licence=licence(Action.SELL)),)
    assert ask(decisions=decided, action=Action.SELL).verdict is PERMITTED
    holding = ask(decisions=decided)
    assert holding.verdict is PROHIBITED
    assert any("CMIC-2026-1" in s for s in holding.permitted)


def test_nobody_told_us_is_treated_as_a_us_person_and_said_so(ask):
    judged = ask()
    assert judged.verdict is PROHIBITED
    assert "treated as a U.S. person" in judged.reason
    assert "US_ASSUMED" in judged.flags


# ------------------------------------------------------------------------------------------------ decisions


@pytest.mark.parametrize("relation", [Relation.ISSUER, Relation.UNCERTAIN, Relation.RELATED_UNLISTED])
def test_a_dismissal_in_force(relation, ask, make):
    match = make.matched(make.listed(), relation)
    judged = ask(matches=(match,), decisions=(make.decision(),))
    assert judged.verdict is PERMITTED
    assert judged.matches[0].sub_reason == "dismissed"
    assert "ana" in judged.reason


def test_a_dismissal_that_lapsed_or_speaks_of_another_changes_nothing(ask, make):
    assert ask(decisions=(make.decision(in_force=False),)).verdict is PROHIBITED
    assert ask(decisions=(make.decision(uid="2"),)).verdict is PROHIBITED


@pytest.mark.parametrize(
    ("relation", "verdict"),
    [(Relation.ISSUER, PROHIBITED), (Relation.DERIVATIVE, PROHIBITED), (Relation.UNCERTAIN, REVIEW)],
)
def test_proof_cannot_be_dismissed(relation, verdict, ask, make):
    judged = ask(matches=(make.matched(make.listed(), relation, stated=True),), decisions=(make.decision(),))
    assert judged.verdict is verdict
    assert "has no effect" in judged.reason


def test_the_question_about_a_relative_known_by_its_identifier_can_be_settled(ask, make):
    """SenseTime Group Inc: its own ISIN proves who it is, not that the order reaches it; a person decides that."""
    relative = make.matched(make.listed(), Relation.RELATED_UNLISTED, stated=True, policy="REVIEW")
    assert ask(matches=(relative,)).verdict is REVIEW
    judged = ask(matches=(relative,), decisions=(make.decision(),))
    assert (judged.verdict, judged.matches[0].sub_reason) == (PERMITTED, "dismissed")


def test_a_funds_own_publication_cannot_be_dismissed(ask, make):
    fund = make.matched(make.listed(), Relation.FUND_EXPOSURE)
    judged = ask(matches=(fund,), instrument=InstrumentKind.FUND, fund_state="complete", decisions=(make.decision(),))
    assert judged.verdict is PROHIBITED


def test_a_true_match_proves_a_candidate(ask, make):
    match = make.matched(make.listed(), Relation.UNCERTAIN)
    assert ask(matches=(match,), decisions=(make.decision(conclusion="true-match"),)).verdict is PROHIBITED


# ------------------------------------------------------------------------------------------------ funds


@pytest.mark.parametrize(
    ("state", "day", "verdict"),
    [
        ("complete", "2026-11-22", PROHIBITED),
        ("complete", "2021-12-20", UPCOMING),
        ("complete", "2021-07-01", PERMITTED),
        ("stale", "2026-11-22", REVIEW),
        ("partial", "2026-11-22", REVIEW),
        ("missing", "2026-11-22", REVIEW),
    ],
)
def test_a_fund_with_a_listed_name_inside(state, day, verdict, ask, make):
    match = make.matched(make.listed(NEW), Relation.FUND_EXPOSURE)
    judged = ask(
        matches=(match,), instrument=InstrumentKind.FUND, fund_state=state,
        instant=as_of_instant(date.fromisoformat(day)),
    )  # fmt: skip
    assert judged.verdict is verdict
    assert "EXAMPLE LIMITED" in judged.reason


@pytest.mark.parametrize("kind", [InstrumentKind.FUND, InstrumentKind.INDEX_FUTURE])
def test_a_recorded_mandate_answers_for_a_fund_or_an_index_and_stays_visible(kind, ask, make):
    made = make.decision(uid="", conclusion="look-through")
    judged = ask(matches=(), instrument=kind, decisions=(made,))
    assert judged.verdict is PERMITTED
    assert "ana" in judged.reason
    assert ask(matches=(), instrument=kind, decisions=(replace(made, in_force=False),)).verdict is REVIEW
    assert ask(instrument=kind, decisions=(made,)).verdict > PERMITTED  # who is named beside it is not settled by it


@pytest.mark.parametrize("state", ["stale", "partial", "missing"])
def test_a_fund_not_looked_through_is_no_question_where_no_us_person_is_behind_the_account(state, ask, make):
    judged = ask(matches=(), instrument=InstrumentKind.FUND, fund_state=state, person=FOREIGN)
    assert judged.verdict is PERMITTED
    assert "FAQ 902" in judged.citations
    assert "any listed name inside counts" in judged.reason
    half = Person(owner_us=UsPerson.NO, benefit_us=UsPerson.UNKNOWN)
    assert ask(matches=(), instrument=InstrumentKind.FUND, fund_state=state, person=half).verdict is REVIEW
    old = make.matched(make.listed(), Relation.FUND_EXPOSURE)
    judged = ask(matches=(old,), instrument=InstrumentKind.FUND, fund_state=state, person=FOREIGN)
    assert judged.verdict is PERMITTED
    asked = make.matched(make.listed(), Relation.UNCERTAIN)
    assert ask(matches=(asked,), instrument=InstrumentKind.FUND, fund_state=state, person=FOREIGN).verdict is REVIEW


# ------------------------------------------------------------------------------------------------ lots


@pytest.mark.parametrize(
    ("acquired", "given", "asked"),
    [
        ("2021-08-01", {}, False),
        ("2021-08-02", {}, True),
        ("2023-05-05", {}, True),
        ("2023-05-05", {"person": FOREIGN}, False),
        ("2023-05-05", {"flags": ("LOT_SPLIT",)}, False),
        ("2023-05-05", {"flags": ("LOT_INHERITED",)}, False),
        ("2026-02-02", {"person": Person(owner_us=UsPerson.YES, licences=(licence(Action.BUY),))}, False),
        ("2026-02-02", {"person": Person(owner_us=UsPerson.YES, licences=(OF_ANOTHER,))}, True),
        ("2023-05-05", {"action": Action.SELL}, False),
    ],
)
def test_a_lot_acquired_after_the_effective_date(acquired, given, asked, ask):
    judged = ask(acquired=date.fromisoformat(acquired), **given)
    assert ("DATE_QUERY" in judged.flags) is asked
    assert ("obtain records; counsel to assess" in judged.reason) is asked


def test_a_candidate_is_not_asked_for_its_lots(ask, make):
    match = make.matched(make.listed(), Relation.UNCERTAIN)
    assert "DATE_QUERY" not in ask(matches=(match,), acquired=date(2023, 5, 5)).flags


def test_a_further_company_ends_its_sentence_with_one_full_stop(ask, make):
    further = make.matched(make.listed(uid="2", name="OTHER CO., LTD."))
    judged = ask(matches=(make.matched(make.listed()), further))
    assert judged.reason.endswith("Further listed entities matched: OTHER CO., LTD.")


@pytest.mark.parametrize(("where", "said"), [("a heading", "is named in a heading,"), ("", "is named in a cell,")])
def test_a_name_that_is_not_read_is_asked_about_with_its_place(where, said, ask):
    judged = ask(flags=("NAMED_IN_UNREAD_COLUMN",), named_in=where)
    assert judged.verdict is REVIEW
    assert said in judged.reason
