"""One match under the law: tests T1 to T8 of rules.md in order, answered in the words of programme.toml.

Used by decide.py. Pure. It never rules on a match that is not proven, and never lets a reviewer's decision silence a
stated identifier. Two interpretations of the rules are explained in docs/reference/law.md: (1) a match with an entity
that is not listed at the instant is PERMITTED even where it is not proven, because it makes no difference who the
issuer is; (2) a holding in PENDING is UPCOMING even where the instrument may not be covered, the worse of two answers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from cmic_screen.actions import for_instrument
from cmic_screen.lawwords import Sayings
from cmic_screen.model import Action, EvidenceKind, EvidenceResult, JudgedMatch, Phase, Policy, Relation, Ruling
from cmic_screen.terms import NAMED_IN_SET_ASIDE, NAMED_IN_UNREAD_COLUMN, UsPerson, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cmic_screen.model import DecisionOnMatch, Licence, Match, Question
    from cmic_screen.programme import Programme, Words

DATE_QUERY: Final = "DATE_QUERY"
US_ASSUMED: Final = "US_ASSUMED"
REJECT_AND_REPORT: Final = "REJECT_AND_REPORT"
EXECUTED: Final = "EXECUTED"
STATUS_UNKNOWN: Final = "STATUS_UNKNOWN"
NO_PUBLIC_SECURITY: Final = "NO_PUBLIC_SECURITY"
NOT_TRADED: Final = "NOT_TRADED"
SIDE_LINES: Final = dict.fromkeys(("CASH_LINE", NAMED_IN_SET_ASIDE), "set_aside_line") | {
    NAMED_IN_UNREAD_COLUMN: "unread_column"
}
"""Flags of rows that are no plain positions, and the case that answers where they match: REVIEW (issue 5.7)."""

_STRICTER: Final = tuple(Ruling)  # each is stricter than those before it
_FREE: Final = frozenset({Phase.NOT_LISTED, Phase.REMOVED})
_BANNED: Final = frozenset({Phase.WINDOW, Phase.CLOSED})
_TABLED: Final = frozenset({"pending", "window", "closed", "trade", "straddle", "settlement_straddle"})
"""Cases in which the decision table, or a straddle of its rulings, answered for a covered instrument."""
_PROVEN: Final = frozenset({Relation.ISSUER, Relation.DERIVATIVE, Relation.FUND_EXPOSURE})
_RELATED: Final[dict[str, str]] = {Policy.REVIEW: "related_unlisted_review", Policy.BEARS_NAME: "bears_name"}
_DUTY: Final = {"proposed": ("reject_and_report", REJECT_AND_REPORT), "executed": ("executed", EXECUTED)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One match's part of a judgement: the judged match and its sentences."""

    judged: JudgedMatch
    reason: str
    permitted: tuple[str, ...] = ()
    prohibited: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


def judge(q: Question, match: Match, programme: Programme) -> Answer:
    """The answer to `q` for one of its matches."""
    return _Judge(q, match, programme).answer()


class _Judge:
    """The tests of one match, each returning an Answer or None; the first Answer counts."""

    def __init__(self, q: Question, match: Match, programme: Programme) -> None:
        self.q, self.m, self.p = q, match, programme
        self.action = for_instrument(q.action, q.instrument)
        self.holding = self.action is Action.HOLD
        self.reading = programme.reading(match.entity, q.instant)
        self.say = Sayings(q, match, programme, self.action, self.reading.last)
        self.confirmed = self._decision("true-match")
        proven = self.confirmed is not None and match.confirmable
        self.relation = Relation.ISSUER if proven else match.relation

    def answer(self) -> Answer:
        """A reviewer's dismissal first, then T1 to T8, then the notes that may follow any of them."""
        dismissal = self._decision("false-positive")
        if dismissal is not None and not self._undismissable():
            return self._case("dismissed", decision=dismissal)
        found = next(f for f in self._tests() if f is not None)
        if dismissal is not None:
            refused = self.p.cases["dismissal_refused"].reason.format(by=dismissal.by, on=dismissal.on)
            found = replace(found, reason=f"{found.reason} {refused}")
        return self._with_notes(found)

    def _tests(self) -> Iterator[Answer | None]:
        yield self._unbound()
        yield self._identity()
        yield self._instrument()
        yield self._licence()
        yield self._case("non_us") if self.q.person.us_person is UsPerson.NO else None
        old_fund = self.relation is Relation.FUND_EXPOSURE and self.q.fund_state != "complete"
        yield self._case("fund_exposure_old") if old_fund else None
        yield self._straddle()
        yield self._table()

    # ---- tests

    def _unbound(self) -> Answer | None:
        """Phases in which the order does not bind (not listed, removed) or that are before the model begins."""
        if (phases := set(self.reading.phases)) == {Phase.OUT_OF_MODEL}:
            return self._case("out_of_model")
        if not phases <= _FREE:
            return None
        if self.relation in _PROVEN:
            return self._case("removed" if self.reading.last is Phase.REMOVED else "not_listed")
        if self.relation is Relation.UNCERTAIN:
            return self._case("uncertain_no_effect")
        return self._case("bears_name" if self.m.policy == Policy.BEARS_NAME else "related_unlisted")

    def _identity(self) -> Answer | None:
        """T1 and T2: whether the listed entity is the issuer, and whether the row is a position at all."""
        if self.relation is Relation.RELATED_UNLISTED:
            return self._case(_RELATED.get(self.m.policy, "related_unlisted"))
        if said := [SIDE_LINES[f] for f in self.q.flags if f in SIDE_LINES]:
            return self._case(said[0])
        return self._case("uncertain") if self.relation is Relation.UNCERTAIN else None

    def _instrument(self) -> Answer | None:
        """T3: instruments that are not publicly traded securities, or may not be (rules §3.4)."""
        coverage = self.p.coverage[self.q.instrument]
        if coverage.covered == "no":
            return self._case("not_covered", why=coverage.reason, more=coverage.citations)
        name, why = "", coverage.reason
        if coverage.covered == "open":
            name = "doubtful_instrument"
        elif self._no_public_security():
            name, why = "no_public_security", self.p.raw["no_public_security"]["why"]
        elif NOT_TRADED in self.q.flags or self.m.policy == Policy.NOT_TRADED:
            name, why = "not_traded", self.p.raw["not_traded"]["why"]
        if not name:
            return None
        more = coverage.citations if name == "doubtful_instrument" else ()
        if self.reading.phases != (Phase.PENDING,):
            return self._case(name, why=why, more=more)
        return self._case("pending_doubtful", why=why, more=more) if self.holding else None

    def _no_public_security(self) -> bool:
        """Whether it can only be a private stake: no public security of the entity is known, none is stated."""
        if NO_PUBLIC_SECURITY in self.q.flags:
            return True
        alike = self.q.instrument.value in self.p.raw["no_public_security"]["kinds"]
        shown = self.q.cleared_by == "identifier" or self.relation is not Relation.ISSUER
        return alike and not shown and not self.m.public_security

    def _licence(self) -> Answer | None:
        """T4. A holding's verdict is about dealing, so only an account's licence for purchase and sale lifts it."""
        for licence in self.q.person.licences if self.holding else self._licences():
            ways = ({Action.BUY, Action.SELL},) if self.holding else ({self.action}, {self.q.action})
            if self._covers(licence) and any(way <= set(licence.actions) for way in ways):
                return self._case("licensed", licence=licence)
        return None

    def _straddle(self) -> Answer | None:
        """A trade whose ruling depends on an unknown: its exact time, or whether trade or settlement date counts."""
        if self.holding:
            return None
        name, phases = "straddle", self.reading.phases
        if len(self._rulings(phases)) == 1 and self.q.settlement is not None:
            settled = self.p.as_of_instant(max(self.q.settlement, self.p.model_start))
            phases = tuple(dict.fromkeys((*phases, *self.p.reading(self.m.entity, settled).phases)))
            name = "settlement_straddle"
        if len(self._rulings(phases)) == 1:
            return None
        readings = " Or: ".join(f"{self.p.phases[p].label}: {self.say.ruling(p)}" for p in phases)
        # The record carries the phase with the stricter ruling; on the day of a removal that is the earlier phase.
        worse = max(phases, key=lambda p: _STRICTER.index(self.p.cell(self.action, p).ruling))
        return self._case(name, readings=readings, phase=worse)

    def _table(self) -> Answer:
        """T8, the decision table: a holding is judged by phase, a trade by action and phase."""
        phase = self.reading.last
        if self.holding:
            return self._case(phase.value.lower())
        by_ruling = {Ruling.PROHIBITED: Verdict.PROHIBITED, Ruling.REVIEW: Verdict.REVIEW}
        return self._case("trade", verdict=by_ruling.get(self.p.cell(self.action, phase).ruling, Verdict.PERMITTED))

    # ---- parts

    def _undismissable(self) -> bool:
        """Whether a decision cannot dismiss the match (§4): the entity's own identifier, or a fund's publication."""
        stated = (e for e in self.m.evidence if e.kind is EvidenceKind.IDENTIFIER and e.weight >= 1)
        proof = any(e.result is EvidenceResult.SUPPORTS for e in stated)
        return self.m.relation is Relation.FUND_EXPOSURE or (proof and self.m.relation is not Relation.RELATED_UNLISTED)

    def _decision(self, conclusion: str) -> DecisionOnMatch | None:
        mine = (d for d in self.q.decisions if d.uid == self.m.entity.uid and d.conclusion == conclusion)
        return next((d for d in mine if d.in_force), None)

    def _licences(self) -> tuple[Licence, ...]:
        decided = (d.licence for d in self.q.decisions if d.in_force and d.uid == self.m.entity.uid)
        return (*self.q.person.licences, *(li for li in decided if li is not None))

    def _covers(self, licence: Licence) -> bool:
        """Whether a licence names this entity and is in force over the whole instant, by New York's day."""
        first, last = (at.astimezone(self.p.zone).date() for at in (self.q.instant.earliest, self.q.instant.latest))
        return self._named(licence) and licence.valid_from <= first and last <= licence.valid_to

    def _named(self, licence: Licence) -> bool:
        return not licence.uids or self.m.entity.uid in licence.uids

    def _rulings(self, phases: tuple[Phase, ...]) -> set[Ruling]:
        return {self.p.cell(self.action, p).ruling for p in phases}

    def _case(
        self,
        name: str,
        *,
        verdict: Verdict | None = None,
        why: str = "",
        readings: str = "",
        phase: Phase | None = None,
        more: tuple[str, ...] = (),
        decision: DecisionOnMatch | None = None,
        licence: Licence | None = None,
    ) -> Answer:
        """The Answer of a case of programme.toml, placeholders filled; what it leaves out the phase's words say."""
        words, phase = self.p.cases[name], phase or self.reading.last
        of_phase, cell = self.p.phases[phase], self.p.cell(self.action, phase)
        fill = self.say.fill(why=why, readings=readings, decision=decision, licence=licence)
        verdict = words.verdict if verdict is None else verdict
        assert verdict is not None, name
        judged = JudgedMatch(
            match=self.m, phase=phase, ruling=cell.ruling, verdict=verdict, sub_reason=name,
            decision=decision or self.confirmed,
        )  # fmt: skip
        law = () if words.alone else (*of_phase.citations, *cell.citations)
        said = words if words.own else of_phase
        return Answer(
            judged=judged,
            reason=words.reason.format(**fill),
            permitted=(*(s.format(**fill) for s in said.permitted), *self._licensed_actions(name)),
            prohibited=tuple(s.format(**fill) for s in said.prohibited),
            citations=tuple(dict.fromkeys((*words.citations, *more, *law))),
        )

    def _licensed_actions(self, name: str) -> tuple[str, ...]:
        """Sentences for licences that permit some action on a holding without lifting its verdict."""
        if not self.holding or name in {"dismissed", "licensed"} or self.relation not in _PROVEN:
            return ()
        words = self.p.cases["licensed_action"].reason
        return tuple(words.format(**self.say.licence(li)) for li in self._licences() if self._covers(li))

    # ---- what is added

    def _with_notes(self, found: Answer) -> Answer:
        """An answer with its notes: derivative, fund, unknown person, acquisition date, duty after a trade."""
        notes = tuple(self._notes(found.judged))
        fill = self.say.fill() if notes else {}
        return replace(
            found,
            reason=" ".join((found.reason, *(w.reason.format(**fill) for _, w in notes))),
            citations=tuple(dict.fromkeys((*found.citations, *(c for _, w in notes for c in w.citations)))),
            flags=tuple(flag for flag, _ in notes if flag),
        )

    def _notes(self, judged: JudgedMatch) -> Iterator[tuple[str, Words]]:
        cases = self.p.cases
        if self._derived() and judged.sub_reason in _TABLED:
            yield "", cases["derivative"]
        if self.relation is Relation.FUND_EXPOSURE and judged.sub_reason != "fund_exposure_old":
            yield "", cases["fund_exposure"]
        if self.q.person.us_person is UsPerson.UNKNOWN and judged.verdict > Verdict.REVIEW:
            yield US_ASSUMED, cases["unknown_person"]
        if self.holding and set(self.reading.phases) & _BANNED and self._date_query():
            yield DATE_QUERY, cases["date_query"]
        if self.q.proposed and self.p.actions[self.action].dealing and judged.verdict is Verdict.PROHIBITED:
            name, flag = _DUTY.get(self.q.proposed, ("status_unknown", STATUS_UNKNOWN))
            yield flag, cases[name]

    def _derived(self) -> bool:
        """Whether the holding is a derivative of a listed company's security; other sources of law are cited then
        (R5).
        """
        return self.relation is Relation.DERIVATIVE or (self.relation is Relation.ISSUER and self.q.instrument.derives)

    def _date_query(self) -> bool:
        """T7: whether a lot was acquired while purchases were prohibited, unexplained by a flag or a licence."""
        acquired, entity = self.q.acquired, self.m.entity
        if acquired is None or self.relation not in _PROVEN or self.q.person.us_person is UsPerson.NO:
            return False
        explained = set(self.q.flags) & set(self.p.raw["date_query"]["exceptions"])
        licensed = any(
            Action.BUY in li.actions and self._named(li) and li.valid_from <= acquired <= li.valid_to
            for li in self.q.person.licences
        )
        after = acquired >= entity.effective and (entity.removed is None or acquired < entity.removed)
        return after and not explained and not licensed
