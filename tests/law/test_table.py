"""The decision table, action by action and phase by phase, against rulings written by hand from rules §3.3."""

from __future__ import annotations

import pytest

from cmic_screen.model import Action, InstrumentKind, Person, Phase, Relation, Ruling, UsPerson, Verdict

P, H, D, R, X = (
    Ruling.PERMITTED,
    Ruling.PERMITTED_HOLD,
    Ruling.PERMITTED_DIVESTMENT_ONLY,
    Ruling.REVIEW,
    Ruling.PROHIBITED,
)

# action: ruling before the ban (not listed, or listed and pending), in the window, after it
BY_HAND = {
    "HOLD": (P, P, H),
    "BUY": (P, X, X),
    "SELL": (P, D, X),
    "FORCED_SALE": (P, D, X),
    "SELL_SHORT": (P, X, X),
    "BUY_TO_COVER": (P, D, X),
    "EXERCISE": (P, R, X),
    "EXPIRE": (P, P, P),
    "CASH_DIVIDEND": (P, P, P),
    "COUPON": (P, P, P),
    "STOCK_SPLIT": (P, P, P),
    "BONUS_ISSUE": (P, P, P),
    "DIVIDEND_REINVESTMENT": (P, X, X),
    "SCRIP_DIVIDEND": (P, X, X),
    "RIGHTS_RECEIVED": (P, R, R),
    "RIGHTS_EXERCISED": (P, X, X),
    "RIGHTS_SOLD": (P, D, X),
    "RECEIPT_CONVERSION": (P, R, R),
    "BOND_CONVERSION": (P, R, R),
    "TENDER": (P, R, R),
    "MANDATORY_EXCHANGE": (P, R, R),
    "REDEMPTION": (P, R, R),
    "TRANSFER": (P, P, P),
    "TRANSFER_OWNER_UNKNOWN": (P, R, R),
    "GIFT": (P, R, R),
    "LOAN": (P, R, R),
    "UNKNOWN": (P, R, R),
}
# an instant in each phase of the annex entity, and which column of the table speaks
INSTANTS = {
    Phase.PENDING: ("2021-07-01T15:00", 0),
    Phase.WINDOW: ("2021-12-01T15:00", 1),
    Phase.CLOSED: ("2026-11-20T15:00", 2),
}
VERDICTS = {
    P: Verdict.PERMITTED,
    H: Verdict.PERMITTED,
    D: Verdict.PERMITTED,
    R: Verdict.REVIEW,
    X: Verdict.PROHIBITED,
}
CELLS = [(action, phase) for action in BY_HAND for phase in INSTANTS]
TRADES = [(action, phase) for action, phase in CELLS if action != "HOLD"]


def test_every_action_is_ruled_by_hand():
    assert set(BY_HAND) == {a.value for a in Action}


@pytest.mark.parametrize(("action", "phase"), CELLS)
def test_ruling(action, phase, programme):
    assert programme.cell(Action(action), phase).ruling is BY_HAND[action][INSTANTS[phase][1]]


@pytest.mark.parametrize("action", BY_HAND)
@pytest.mark.parametrize("phase", [Phase.NOT_LISTED, Phase.REMOVED])
def test_ruling_where_the_order_does_not_bind(action, phase, programme):
    assert programme.cell(Action(action), phase).ruling is P


@pytest.mark.parametrize("action", BY_HAND)
def test_the_superseded_order_is_never_ruled_on(action, programme):
    assert programme.cell(Action(action), Phase.OUT_OF_MODEL).ruling is R


@pytest.mark.parametrize("person", [UsPerson.YES, UsPerson.UNKNOWN, UsPerson.NO])
@pytest.mark.parametrize(("action", "phase"), TRADES)
def test_trade_by_person(action, phase, person, ask, make):
    instant, column = INSTANTS[phase]
    judged = ask(
        action=Action(action), instant=make.utc(instant), person=Person(owner_us=person, benefit_us=person),
        proposed="proposed",
    )  # fmt: skip
    expected = Verdict.PERMITTED if person is UsPerson.NO else VERDICTS[BY_HAND[action][column]]
    assert judged.verdict is expected
    assert judged.ruling is BY_HAND[action][column]
    assert judged.reason
    assert judged.citations


@pytest.mark.parametrize("owner", [UsPerson.NO, UsPerson.UNKNOWN, UsPerson.YES])
@pytest.mark.parametrize("benefit", [UsPerson.NO, UsPerson.UNKNOWN, UsPerson.YES])
def test_only_a_foreign_owner_with_a_foreign_beneficiary_is_free(owner, benefit, ask):
    judged = ask(person=Person(owner_us=owner, benefit_us=benefit))
    free = owner is benefit is UsPerson.NO
    assert (judged.verdict is Verdict.PERMITTED) is free
    assert ("US_ASSUMED" in judged.flags) is (not free and UsPerson.YES not in {owner, benefit})


@pytest.mark.parametrize(
    ("day", "verdict", "words"),
    [
        ("2021-07-01", Verdict.UPCOMING, "Dealing is lawful until 2021-08-02, 00:01 New York."),
        (
            "2021-12-01",
            Verdict.PROHIBITED,
            (
                "No purchase. A sale solely to divest is lawful before 2022-06-03, 00:01 New York; "
                "it is not obligatory. Switch dividend reinvestment off."
            ),
        ),
        (
            "2026-11-20",
            Verdict.PROHIBITED,
            (
                "Restricted: no purchase and no sale, to exit included, without an OFAC specific licence; "
                "switch dividend reinvestment off. Holding, cash dividends and splits stay permitted."
            ),
        ),
    ],
)
def test_holding_by_phase(day, verdict, words, ask, make, programme):
    from datetime import date

    judged = ask(instant=programme.as_of_instant(date.fromisoformat(day)))
    assert judged.verdict is verdict
    assert words in judged.reason
    assert judged.permitted
    assert judged.prohibited


def test_after_the_effective_date_silence_of_the_sources_is_a_question(programme):
    silent = {k: c.ruling for k, c in programme.table.items() if c.authority == "NONE"}
    assert silent
    after = {k: r for k, r in silent.items() if k[1] in {Phase.WINDOW, Phase.CLOSED}}
    assert after
    assert set(after.values()) == {R}


def test_redeeming_a_funds_shares_is_selling_them(ask, make):
    fund = make.matched(make.listed(), relation=make.FUND)
    judged = ask(
        matches=(fund,), instrument=InstrumentKind.FUND, fund_state="complete", action=Action.REDEMPTION,
        instant=make.utc("2026-11-20T15:00"),
    )  # fmt: skip
    assert judged.verdict is Verdict.PROHIBITED
    assert judged.ruling is X


@pytest.mark.parametrize(
    ("action", "kind", "day", "said"),
    [
        (Action.EXERCISE, InstrumentKind.RIGHT, "2022-01-05", "An exercise of rights is prohibited"),
        (Action.SELL, InstrumentKind.RIGHT, "2022-01-05", "A sale of rights is permitted only if"),
        (Action.BOND_CONVERSION, InstrumentKind.RECEIPT, "2024-01-05", "A conversion of a depositary receipt is for"),
        (Action.BOND_CONVERSION, InstrumentKind.CONVERTIBLE, "2024-01-05", "A conversion of a bond is for"),
    ],
)
def test_what_is_done_counts_for_what_the_row_holds(action, kind, day, said, ask, make):
    judged = ask(instrument=kind, action=action, proposed="executed", instant=make.utc(f"{day}T15:00"))
    assert said in judged.reason


@pytest.mark.parametrize(
    ("kind", "said"),
    [(InstrumentKind.OPTION, "Options on a listed entity's security."), (InstrumentKind.SWAP, "which is debated")],
)
@pytest.mark.parametrize("action", [Action.HOLD, Action.BUY])
def test_a_derivative_says_why_it_is_covered(kind, said, action, ask, make):
    match = make.matched(make.listed(), relation=Relation.DERIVATIVE)
    judged = ask(matches=(match,), instrument=kind, action=action, instant=make.utc("2026-11-20T15:00"))
    assert said in judged.reason
    assert "FAQ 860" in judged.citations
    share = ask(action=action, instant=make.utc("2026-11-20T15:00"))
    assert "FAQ 860" not in share.citations


def test_no_forbidden_word_in_the_data(programme):
    from importlib import resources

    folder = resources.files("cmic_screen")
    for name in ("programme.toml", "decision_table.csv"):
        text = folder.joinpath(name).read_text(encoding="utf-8").lower()
        assert not [w for w in ("must divest", "illegal", "violation", "violate") if w in text]
