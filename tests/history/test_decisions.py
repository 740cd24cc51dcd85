"""Decisions: what may be decided, by whom, until when; what is signed, revoked, superseded, and what is in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cmic_screen import judged
from cmic_screen.errors import HistoryError, UsageError
from cmic_screen.history import decisions, verify
from cmic_screen.history.answers import Answer, drafts
from cmic_screen.history.ledger import Who
from cmic_screen.model import EvidenceKind, Match, MatchEvidence, Relation
from cmic_screen.reference.snapshot import embedded_snapshot

AT = "2026-11-22T12:00:00Z"
ON = date(2026, 11, 22)
WHY = "Another company: its country differs"
LICENCE = {
    "number": "CMIC-2026-1", "parties": "the adviser", "actions": ["SELL"], "securities": "H shares",
    "limits": "100 shares", "valid_from": "2026-11-01", "valid_to": "2026-12-31", "digest": "a" * 64,
}  # fmt: skip


@pytest.fixture(scope="module")
def snapshot():
    return embedded_snapshot()


@pytest.fixture
def uid(snapshot):
    return snapshot.entities[0].uid


@pytest.fixture
def record(make_record, make_finding, snapshot):
    first, second = snapshot.entities[0].uid, snapshot.entities[1].uid
    both = make_finding("F-003", "A", "p3", "REVIEW", uid=first)
    both["matches"] += make_finding("", "", "p3", "REVIEW", uid=second)["matches"]
    fund = make_finding("F-004", "A", "p4", "REVIEW") | {"instrument": "FUND"}
    exposed = make_finding("F-005", "A", "p5", "PROHIBITED", uid=first)
    exposed["matches"][0]["relation"] = "FUND_EXPOSURE"
    relative = make_finding("F-007", "A", "p7", "REVIEW", uid=first, kind="IDENTIFIER")
    relative["matches"][0]["relation"] = "RELATED_UNLISTED"
    return make_record(
        [
            make_finding("F-001", "A", "p1", "REVIEW", uid=first, score=0.91),
            make_finding("F-002", "A", "p2", "PROHIBITED", uid=first, kind="IDENTIFIER"),
            both, fund, exposed, make_finding("F-006", "A", "p6", "REVIEW"), relative,
        ]
    )  # fmt: skip


@pytest.fixture
def decide(ledger, record, snapshot, ana):
    def do(ref="F-001", conclusion="false-positive", actor=ana, **more):
        answer = Answer(ref=ref, conclusion=conclusion, on=ON, **{"reason": WHY, **more})
        return decisions.enter(ledger, drafts(record, snapshot, answer, actor), actor=actor, at=AT)

    return do


def test_the_question_about_a_relative_is_decided_though_its_identifier_is_stated(decide):
    (made,) = decide("F-007")
    assert made.id == "D-0001"


@pytest.mark.parametrize(
    ("ref", "more", "words"),
    [
        ("F-001", {"reason": "no match   at a"}, "fewer than 15"),
        ("F-001", {"until": ON + timedelta(days=367)}, "not within 366 days"),
        ("F-001", {"until": ON}, "not within 366 days"),
        ("F-001", {"actor": Who(by="", os_account="ana", host="h")}, "who decides"),
        ("F-001", {"conclusion": "dismissed"}, "no conclusion"),
        ("F-099", {}, "no such finding"),
        ("", {}, "no such finding"),
        ("F-001", {"uid": "1"}, "names no such listed entity"),
        ("F-006", {}, "names no such listed entity"),
        ("F-002", {}, "stated identifier .* cannot be dismissed"),
        ("F-005", {}, "fund's exposure cannot be dismissed"),
        ("F-001", {"conclusion": "look-through"}, "not a fund"),
        ("F-001", {"conclusion": "licensed"}, "belong together"),
        ("F-001", {"licence": LICENCE}, "belong together"),
        ("F-002", {"conclusion": "licensed", "licence": {**LICENCE, "limits": ""}}, "does not say: limits"),
        ("F-002", {"conclusion": "licensed", "licence": {**LICENCE, "digest": "x"}}, "not a SHA-256"),
        ("F-002", {"conclusion": "licensed", "licence": {**LICENCE, "actions": ["SELLING"]}}, "not understood"),
        ("F-002", {"conclusion": "licensed", "licence": {**LICENCE, "valid_to": "2026-10-01"}}, "ends before"),
    ],
)
def test_what_may_not_be_decided(decide, ledger, ref, more, words):
    with pytest.raises(UsageError, match=words) as error:
        decide(ref, **more)
    assert error.value.where == ref
    assert decisions.all_made(ledger) == ()


def test_what_lowers_a_verdict_waits_for_a_second_person(decide, ledger, bo, uid):
    (made,) = decide()
    (now,) = decisions.in_force(ledger, ON)
    assert (now.id, now.fingerprint, now.uid, now.in_force) == ("D-0001", "p1", uid, False)
    assert now.why_not == "awaits a second person's signature"
    decisions.sign(ledger, made.id, actor=bo, at=AT)
    (now,) = decisions.in_force(ledger, ON)
    assert (now.in_force, now.why_not, now.signed_by, now.by) == (True, "", "Bo", "Ana")
    assert verify.faults(ledger) == ()
    ledger.connection.execute("DROP TRIGGER mark_no_delete")
    ledger.connection.execute("DELETE FROM mark")
    assert "sign D-0001 (entry 2) is missing from its table" in verify.faults(ledger)


def test_a_true_match_needs_no_second_person(decide, ledger):
    decide(conclusion="true-match")
    assert decisions.in_force(ledger, ON)[0].in_force


@pytest.mark.parametrize(
    ("signer", "words"),
    [
        (Who(by="ANA", os_account="bo", host="desk"), "second person"),
        (Who(by="Bo", os_account="ana", host="desk"), "same account"),
        (Who(by="Bo", os_account="ana", host="other-machine"), "same account"),
    ],
)
def test_the_same_person_cannot_sign(decide, ledger, signer, words):
    decide()
    with pytest.raises(HistoryError, match=words):
        decisions.sign(ledger, "D-0001", actor=signer, at=AT)
    with pytest.raises(UsageError, match="who signs"):
        decisions.sign(ledger, "D-0001", actor=Who(by="", os_account="bo", host="desk"), at=AT)
    assert not decisions.in_force(ledger, ON)[0].in_force


@pytest.mark.parametrize(("first", "second", "allowed"), [("t1", "t2", True), ("t1", "t1", False), ("t1", "", False)])
def test_on_the_page_two_tokens_tell_two_people_apart(decide, ledger, first, second, allowed):
    """The page's server has one account of the operating system for all its reviewers."""
    decide(token=first)
    signer = Who(by="Bo", os_account="ana", host="desk")
    if allowed:
        decisions.sign(ledger, "D-0001", actor=signer, at=AT, token=second)
    else:
        with pytest.raises(HistoryError, match="same account"):
            decisions.sign(ledger, "D-0001", actor=signer, at=AT, token=second)


def test_signed_and_revoked_once(decide, ledger, ana, bo):
    decide()
    decisions.sign(ledger, "D-0001", actor=bo, at=AT)
    with pytest.raises(HistoryError, match="was signed by Bo"):
        decisions.sign(ledger, "D-0001", actor=bo, at=AT)
    with pytest.raises(UsageError, match="15 characters"):
        decisions.revoke(ledger, "D-0001", reason="wrong", actor=ana, at=AT)
    decisions.revoke(ledger, "D-0001", reason="The custodian corrected it", actor=ana, at=AT)
    (now,) = decisions.in_force(ledger, ON)
    assert (now.in_force, now.why_not) == (False, "revoked by Ana on 2026-11-22: The custodian corrected it")
    for again in (decisions.sign, lambda *a, **k: decisions.revoke(*a, reason="r" * 20, **k)):
        with pytest.raises(HistoryError):
            again(ledger, "D-0001", actor=bo, at=AT)
    with pytest.raises(HistoryError, match="no decision 'D-0009'"):
        decisions.sign(ledger, "D-0009", actor=bo, at=AT)


def test_a_decision_ends_on_its_day_and_is_shown_before(decide, ledger, bo):
    decide(until=date(2026, 12, 31))
    decisions.sign(ledger, "D-0001", actor=bo, at=AT)
    states = {day: decisions.in_force(ledger, day)[0] for day in (date(2026, 12, 31), date(2027, 1, 1))}
    assert [d.in_force for d in states.values()] == [True, False]
    assert states[date(2027, 1, 1)].why_not == "expired on 2026-12-31"
    near = {day: decisions.nearing_expiry(decisions.in_force(ledger, day), day) for day in (ON, date(2026, 12, 1))}
    assert [len(n) for n in near.values()] == [0, 1]


def test_the_latest_decision_on_a_pair_counts(decide, ledger):
    decide()
    decide(conclusion="true-match")
    assert [(d.id, d.conclusion) for d in decisions.in_force(ledger, ON)] == [("D-0002", "true-match")]


def test_a_dismissal_takes_the_place_of_a_confirmation_only_when_signed(decide, ledger, bo):
    decide(conclusion="true-match")
    decide()
    said = [(d.id, d.in_force) for d in decisions.in_force(ledger, ON)]
    assert said == [("D-0001", True), ("D-0002", False)]
    decisions.sign(ledger, "D-0002", actor=bo, at=AT)
    assert [(d.id, d.in_force) for d in decisions.in_force(ledger, ON)] == [("D-0002", True)]


def test_a_dismissal_that_was_never_signed_ends_nothing_when_it_is_revoked(decide, ledger, ana):
    decide(conclusion="true-match")
    decide()
    decisions.revoke(ledger, "D-0002", reason="It was the same company after all", actor=ana, at=AT)
    assert [(d.id, d.in_force) for d in decisions.in_force(ledger, ON)] == [("D-0001", True), ("D-0002", False)]


def test_a_confirmation_is_taken_back_by_another_than_made_it(decide, ledger, ana, bo):
    decide(conclusion="true-match")
    with pytest.raises(HistoryError, match="made by Ana; a second person must take it back"):
        decisions.revoke(ledger, "D-0001", reason="It is another company", actor=ana, at=AT)
    decisions.revoke(ledger, "D-0001", reason="It is another company", actor=bo, at=AT)
    assert not decisions.in_force(ledger, ON)[0].in_force


def test_a_licence_stands_beside_a_confirmation_and_ends_a_dismissal(decide, ledger, bo):
    decide(conclusion="true-match")
    decide(conclusion="licensed", licence=LICENCE)
    decisions.sign(ledger, "D-0002", actor=bo, at=AT)
    assert [(d.conclusion, d.in_force) for d in decisions.in_force(ledger, ON)] == [
        ("true-match", True),
        ("licensed", True),
    ]
    decide()
    decisions.sign(ledger, "D-0003", actor=bo, at=AT)
    assert [d.id for d in decisions.in_force(ledger, ON)] == ["D-0002", "D-0003"]
    decide(conclusion="licensed", licence=LICENCE)
    decisions.sign(ledger, "D-0004", actor=bo, at=AT)
    assert [d.id for d in decisions.in_force(ledger, ON)] == ["D-0004"]


def test_a_finding_of_two_candidates_gives_two_decisions_unless_one_is_named(decide, ledger, snapshot):
    assert len(decide("F-003")) == 2
    (one,) = decide("F-003", uid=snapshot.entities[1].uid)
    assert one.entry.body["uid"] == snapshot.entities[1].uid


def test_a_fund_is_looked_through_without_an_entity(decide):
    (made,) = decide("F-004", "look-through")
    assert (made.entry.body["uid"], made.entry.body["evidence_digest"]) == ("", "")


def test_an_index_is_looked_through_as_a_fund_is(decide, record):
    record["findings"][3]["instrument"] = "INDEX_FUTURE"
    (made,) = decide("F-004", "look-through")
    assert made.entry.body["uid"] == ""


def test_a_licence_carries_every_particular(decide, ledger, uid):
    decide("F-002", "licensed", licence=LICENCE)
    licence = decisions.in_force(ledger, ON)[0].licence
    assert (licence.number, [a.value for a in licence.actions], licence.uids) == ("CMIC-2026-1", ["SELL"], (uid,))
    assert licence.scope == "parties: the adviser; securities: H shares; limits: 100 shares"


# lapsing: what judged.py does


@pytest.fixture
def match(snapshot):
    fact = MatchEvidence(kind=EvidenceKind.NAME_SIMILAR, searched="ACME", found="ACME GROUP", score=0.91)
    return Match(entity=snapshot.entities[0], relation=Relation.UNCERTAIN, evidence=(fact,), score=0.91)


@pytest.fixture
def dismissal(match, uid):
    return decisions.DecisionOnMatch(
        id="D-0001", fingerprint="p1", uid=uid, conclusion="false-positive", reason=WHY, by="Ana", on="2026-11-22",
        until=date(2027, 11, 22), signed_by="Bo", evidence_digest=judged.of_match(match),
    )  # fmt: skip


def changed(match, **more):
    return replace(match, evidence=(replace(match.evidence[0], **more),))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda m: m, ""),
        (lambda m: changed(m, detail="other words"), ""),
        (lambda m: changed(m, score=0.910001), ""),
        (lambda m: changed(m, score=0.92), "lapsed: the evidence changed"),
        (lambda m: changed(m, found="ACME GROUP LTD"), "lapsed: the evidence changed"),
        (lambda m: replace(m, evidence=(*m.evidence, *m.evidence)), "lapsed: the evidence changed"),
        (lambda m: replace(m, relation=Relation.ISSUER), "lapsed: the evidence changed"),
        (lambda m: replace(m, entity=replace(m.entity, linked_to=("1",))), "lapsed: the list entry changed"),
        (lambda m: changed(replace(m, entity=replace(m.entity, target_type="x")), score=0.5),
         "lapsed: the list entry and the evidence changed"),
    ],
)  # fmt: skip
def test_a_decision_lapses_with_what_was_judged(match, dismissal, change, words):
    (now,) = judged.lapse([dismissal], {"p1": (change(match),)})
    assert now.in_force is not bool(words)
    assert now.why_not.startswith(words)


def test_a_decision_lapses_when_the_security_is_another_or_the_match_is_gone(match, dismissal):
    for found, why in (
        ({"p2": (match,)}, "lapsed: the security as judged is not held"),
        ({"p1": ()}, "lapsed: the match that was judged is no longer found"),
        ({"p9": ()}, ""),
    ):
        (now,) = judged.lapse([dismissal], found)
        assert now.why_not.startswith(why)
        assert now.in_force is not bool(why)


def test_nothing_comes_into_force_by_lapsing(match, dismissal):
    out = replace(dismissal, in_force=False, why_not="expired on 2026-01-01")
    assert judged.lapse([out], {"p1": (match,)}) == (out,)


def test_a_kept_record_gives_the_same_digest_as_the_match(match):
    said = {"kind": "NAME_SIMILAR", "searched": "ACME", "found": "ACME GROUP", "score": 0.91, "weight": 1.0,
            "result": "supports", "source": "OFAC", "detail": ""}  # fmt: skip
    assert judged.of_parts(match.entity, "UNCERTAIN", [said]) == judged.of_match(match)
