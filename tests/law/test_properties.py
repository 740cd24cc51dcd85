"""What no question may break: licences never worsen, order never matters, decisions never silence proof."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from cmic_screen.decide import decide
from cmic_screen.model import Action, InstrumentKind, Licence, Person, Question, Relation, UsPerson, Verdict

UIDS = ("1", "2", "3")
DAYS = st.integers(0, 1500).map(lambda n: date(2021, 6, 3) + timedelta(days=n))


@st.composite
def questions(draw, make, programme):
    matches = tuple(
        make.matched(make.listed(draw(DAYS), uid=uid), draw(st.sampled_from(Relation)), stated=draw(st.booleans()))
        for uid in draw(st.lists(st.sampled_from(UIDS), unique=True, max_size=3))
    )
    person = Person(owner_us=draw(st.sampled_from(UsPerson)), benefit_us=draw(st.sampled_from(UsPerson)))
    return Question(
        matches=matches,
        instrument=draw(st.sampled_from(InstrumentKind)),
        action=draw(st.sampled_from(Action)),
        instant=programme.as_of_instant(draw(DAYS)),
        person=person,
        fund_state=draw(st.sampled_from(["none", "complete", "stale", "partial", "missing"])),
        acquired=draw(st.none() | DAYS),
        proposed=draw(st.sampled_from(["", "proposed", "executed", "unknown"])),
        settlement=draw(st.none() | DAYS),
        cleared_by=draw(st.sampled_from(["identifier", "name", ""])),
    )


@settings(max_examples=settings.default.max_examples // 2)
@given(data=st.data())
def test_adding_a_licence_never_makes_anything_worse(data, make, programme):
    question = data.draw(questions(make, programme))
    actions = tuple(data.draw(st.lists(st.sampled_from(Action), min_size=1, max_size=4, unique=True)))
    held = Licence(number="L", actions=actions, valid_from=data.draw(DAYS), valid_to=date(2030, 1, 1))
    licensed = replace(question, person=replace(question.person, licences=(held,)))
    assert decide(licensed, programme).verdict <= decide(question, programme).verdict


@settings(max_examples=settings.default.max_examples // 2)
@given(data=st.data())
def test_the_order_of_matches_changes_no_verdict(data, make, programme):
    question = data.draw(questions(make, programme))
    turned = replace(question, matches=question.matches[::-1])
    ours, theirs = decide(question, programme), decide(turned, programme)
    assert ours.verdict is theirs.verdict
    assert sorted(ours.citations) == sorted(theirs.citations)


@settings(max_examples=settings.default.max_examples // 2)
@given(data=st.data())
def test_one_more_match_never_lowers_a_verdict(data, make, programme):
    question = data.draw(questions(make, programme))
    if not question.matches:
        return
    fewer = replace(question, matches=question.matches[:-1])
    if fewer.matches or decide(fewer, programme).verdict is not Verdict.UNSCREENED:
        assert decide(question, programme).verdict >= decide(fewer, programme).verdict


@settings(max_examples=settings.default.max_examples // 2)
@given(data=st.data())
def test_a_reviewer_cannot_silence_proof(data, make, programme):
    question = data.draw(questions(make, programme))
    proof = make.matched(make.listed(), stated=True)
    question = replace(question, matches=(proof,))
    dismissed = replace(question, decisions=(make.decision(),))
    assert decide(dismissed, programme).verdict is decide(question, programme).verdict


@settings(max_examples=settings.default.max_examples // 2)
@given(data=st.data())
def test_every_answer_says_why_and_cites(data, make, programme):
    question = data.draw(questions(make, programme))
    judged = decide(question, programme)
    assert judged.reason.strip()
    assert "{" not in judged.reason
    assert judged.verdict in {Verdict.CLEAR, Verdict.UNSCREENED} or judged.citations
    assert judged == decide(question, programme)
