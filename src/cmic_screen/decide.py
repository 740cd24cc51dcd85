"""Matches, phase, action, person and decisions -> verdict with citation; the only module that applies the law.

Pure: equal questions get equal answers, whatever other rows hold. It never invents a word, a date or a citation (they
stand in programme.toml and decision_table.csv), never turns a candidate into a verdict, and never lets a decision
silence a stated identifier. The order of tests is T1 to T8 of the rules (docs/reference/law.md): phases in which the
order does not bind, identity, relation, instrument, licence, person, table.

An UNCERTAIN or related match asks only where the answer could matter: of an entity that is not listed at the instant,
or no longer, dealing is lawful whoever the issuer is, so it is PERMITTED and says so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from cmic_screen.model import (
    Action,
    DecisionOnMatch,
    EvidenceKind,
    EvidenceResult,
    InstrumentKind,
    JudgedMatch,
    Judgement,
    Licence,
    Match,
    Phase,
    Question,
    Relation,
    Ruling,
    UsPerson,
    Verdict,
)

if TYPE_CHECKING:
    from datetime import date

    from cmic_screen.programme import Programme, Words

NO_PUBLIC_SECURITY: Final = "NO_PUBLIC_SECURITY"
NOT_TRADED: Final = "NOT_TRADED"
DATE_QUERY: Final = "DATE_QUERY"
US_ASSUMED: Final = "US_ASSUMED"
REJECT_AND_REPORT: Final = "REJECT_AND_REPORT"
EXECUTED: Final = "EXECUTED"
STATUS_UNKNOWN: Final = "STATUS_UNKNOWN"

SIDE_LINES: Final = frozenset({"CASH_LINE", "NAMED_IN_SET_ASIDE"})
"""Flags of rows that are no plain position but name somebody: asked about, never set aside (issue 5.7)."""

_FREE: Final = frozenset({Phase.NOT_LISTED, Phase.REMOVED})
_BANNED: Final = frozenset({Phase.WINDOW, Phase.CLOSED})
_PROVEN: Final = frozenset({Relation.ISSUER, Relation.DERIVATIVE, Relation.FUND_EXPOSURE})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """One match's part of a judgement: the judged match and its sentences."""

    judged: JudgedMatch
    reason: str
    permitted: tuple[str, ...] = ()
    prohibited: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


def decide(q: Question, programme: Programme) -> Judgement:
    """The answer to a question; the worst match leads. No match and nothing to clear with is UNSCREENED."""
    answers = [_Judge(q, programme, m).answer() for m in q.matches]
    answers.sort(key=lambda a: -a.judged.verdict)
    about_fund = _fund(q, programme)
    if not answers:
        return about_fund or _no_match(q, programme)
    lead = answers[0]
    if about_fund is not None and about_fund.verdict >= lead.judged.verdict:
        return _joined(about_fund.reason, about_fund, answers)
    reason = lead.reason
    others = [a.judged.match.entity.name for a in answers[1:]]
    if others:
        reason += " " + programme.cases["others"].reason.format(names="; ".join(others))
    head = Judgement(
        verdict=lead.judged.verdict, matches=(), ruling=lead.judged.ruling, reason=reason,
        permitted=lead.permitted, prohibited=lead.prohibited, flags=q.flags, cleared_by="",
    )  # fmt: skip
    return _joined(reason, head, answers)


def judge_problem(text: str, programme: Programme) -> Judgement:
    """The end of a row that was read and cannot be screened: UNSCREENED, with what is wrong with it."""
    words = programme.cases["problem"]
    return Judgement(verdict=Verdict.UNSCREENED, matches=(), ruling=None, reason=words.reason.format(text=text))


def _joined(reason: str, head: Judgement, answers: list[_Answer]) -> Judgement:
    """The head's verdict and sentences with every match's citations and flags."""
    return replace(
        head,
        reason=reason,
        matches=tuple(a.judged for a in answers),
        ruling=answers[0].judged.ruling,
        citations=tuple(dict.fromkeys((*head.citations, *(c for a in answers for c in a.citations)))),
        flags=tuple(dict.fromkeys((*head.flags, *(f for a in answers for f in a.flags)))),
    )


def _no_match(q: Question, programme: Programme) -> Judgement:
    if q.fund_state == "complete":
        words = programme.cases["fund_clear"]
    elif q.instrument is InstrumentKind.CASH:
        words = programme.cases["cash"]
    else:
        words = programme.cases[f"clear_by_{q.cleared_by}" if q.cleared_by else "not_screenable"]
    verdict = Verdict.UNSCREENED if words.verdict is None else words.verdict  # CLEAR is 0, and false
    return Judgement(
        verdict=verdict, matches=(), ruling=None, reason=words.reason,
        citations=words.citations, cleared_by=q.cleared_by, flags=q.flags,
    )  # fmt: skip


def _fund(q: Question, programme: Programme) -> Judgement | None:
    """The question that a fund without complete, recent constituents raises; None where there is none."""
    is_fund = q.instrument is InstrumentKind.FUND or q.fund_state != "none"
    if not is_fund or q.fund_state == "complete":
        return None
    mandate = next((d for d in q.decisions if d.in_force and d.conclusion == "look-through"), None)
    if mandate is not None:
        words = programme.cases["fund_mandate"]
        reason = words.reason.format(by=mandate.by, on=mandate.on, until=mandate.until, decision=mandate.reason)
    else:
        words = programme.cases[f"fund_{q.fund_state if q.fund_state in {'partial', 'stale'} else 'missing'}"]
        reason = words.reason
    return Judgement(
        verdict=words.verdict or Verdict.REVIEW, matches=(), ruling=None, reason=reason,
        citations=words.citations, flags=q.flags,
    )  # fmt: skip


class _Judge:
    """The tests of one match, in order; the first that speaks answers."""

    def __init__(self, q: Question, programme: Programme, match: Match) -> None:
        self.q, self.p, self.m = q, programme, match
        self.reading = programme.reading(match.entity, q.instant)
        self.holding = q.action is Action.HOLD

    def answer(self) -> _Answer:
        """The answer of the first test that speaks."""
        dismissal = self._decision("false-positive")
        if dismissal is not None and not _stated_proof(self.m):
            return self._case("dismissed", decision=dismissal)
        found = self._outside() or self._identity() or self._instrument() or self._licence() or self._person()
        found = found or self._fund_exposure() or self._straddle() or self._table()
        if dismissal is not None:
            refused = self.p.cases["dismissal_refused"].reason.format(by=dismissal.by, on=dismissal.on)
            found = replace(found, reason=f"{found.reason} {refused}")
        return self._notes(found)

    # ---- tests

    def _outside(self) -> _Answer | None:
        """Phases in which the order does not bind at all."""
        phases = set(self.reading.phases)
        if phases == {Phase.OUT_OF_MODEL}:
            return self._case("out_of_model")
        if not phases <= _FREE:
            return None
        if self.m.relation in _PROVEN:
            return self._case("removed" if self.reading.last is Phase.REMOVED else "not_listed")
        return self._case("uncertain_no_effect" if self.m.relation is Relation.UNCERTAIN else "related_unlisted")

    def _identity(self) -> _Answer | None:
        if self.m.relation is not Relation.RELATED_UNLISTED and set(self.q.flags) & SIDE_LINES:
            return self._case("set_aside_line")
        if self.m.relation is Relation.UNCERTAIN:
            return self._case("uncertain")
        if self.m.relation is Relation.RELATED_UNLISTED:
            return self._case("related_unlisted_review" if self.m.policy == "REVIEW" else "related_unlisted")
        return None

    def _instrument(self) -> _Answer | None:
        """Instruments that are not, or not plainly, publicly traded securities (rules §3.4)."""
        coverage = self.p.coverage[self.q.instrument]
        if coverage.covered == "no":
            return self._case("not_covered", why=coverage.reason, more=coverage.citations)
        doubts = [
            ("no_public_security", NO_PUBLIC_SECURITY in self.q.flags and self.m.relation is Relation.ISSUER),
            ("not_traded", NOT_TRADED in self.q.flags),
            ("doubtful_instrument", coverage.covered == "open"),
        ]
        name = next((name for name, yes in doubts if yes), None)
        if name is None:
            return None
        if self.reading.phases == (Phase.PENDING,):
            return self._case("pending_doubtful", why=coverage.reason) if self.holding else None
        return self._case(name, why=coverage.reason, more=coverage.citations if name == "doubtful_instrument" else ())

    def _licence(self) -> _Answer | None:
        wanted = {Action.BUY, Action.SELL} if self.holding else {self.q.action}
        for licence in self._licences():
            if self._covers(licence) and (wanted <= set(licence.actions) or self.q.action in licence.actions):
                return self._case("licensed", licence=licence)
        return None

    def _person(self) -> _Answer | None:
        return self._case("non_us") if self.q.person.us_person is UsPerson.NO else None

    def _fund_exposure(self) -> _Answer | None:
        old = self.m.relation is Relation.FUND_EXPOSURE and self.q.fund_state != "complete"
        return self._case("fund_exposure_old") if old else None

    def _straddle(self) -> _Answer | None:
        """Readings that lead to different rulings: of the trade's time, or of trade and settlement date."""
        if self.holding:
            return None
        phases = self.reading.phases
        name = "straddle"
        if len(self._rulings(phases)) == 1 and self.q.settlement is not None:
            settled = self.p.as_of_instant(max(self.q.settlement, self.p.model_start))
            phases = tuple(dict.fromkeys((*phases, *self.p.reading(self.m.entity, settled).phases)))
            name = "settlement_straddle"
        if len(self._rulings(phases)) == 1:
            return None
        readings = " Or: ".join(f"{self.p.phases[p].label}: {self._ruling_words(p)}" for p in phases)
        return self._case(name, readings=readings)

    def _table(self) -> _Answer:
        """The decision table: of a holding by phase, of a trade by action and phase."""
        phase = self.reading.last
        if self.holding:
            return self._case(phase.value.lower())
        cell = self.p.cell(self.q.action, phase)
        verdict = {Ruling.PROHIBITED: Verdict.PROHIBITED, Ruling.REVIEW: Verdict.REVIEW}.get(
            cell.ruling, Verdict.PERMITTED
        )
        return self._case("trade", verdict=verdict)

    # ---- parts

    def _rulings(self, phases: tuple[Phase, ...]) -> set[Ruling]:
        return {self.p.cell(self.q.action, p).ruling for p in phases}

    def _ruling_words(self, phase: Phase) -> str:
        cell = self.p.cell(self.q.action, phase)
        words = self.p.rulings[cell.ruling].format(action=self.p.actions[self.q.action].label, note=cell.note)
        return words.strip().rstrip(":.") + "."

    def _decision(self, conclusion: str) -> DecisionOnMatch | None:
        mine = (d for d in self.q.decisions if d.uid == self.m.entity.uid and d.conclusion == conclusion)
        return next((d for d in mine if d.in_force), None)

    def _licences(self) -> tuple[Licence, ...]:
        decided = (d.licence for d in self.q.decisions if d.in_force and d.uid == self.m.entity.uid)
        return (*self.q.person.licences, *(li for li in decided if li is not None))

    def _covers(self, licence: Licence) -> bool:
        """Whether a licence names this entity and is in force over the whole instant, by New York's day."""
        first, last = self._day(early=True), self._day(early=False)
        named = not licence.uids or self.m.entity.uid in licence.uids
        return named and licence.valid_from <= first and last <= licence.valid_to

    def _day(self, *, early: bool) -> date:
        at = self.q.instant.earliest if early else self.q.instant.latest
        return at.astimezone(self.p.zone).date()

    def _case(
        self,
        name: str,
        *,
        verdict: Verdict | None = None,
        why: str = "",
        readings: str = "",
        more: tuple[str, ...] = (),
        decision: DecisionOnMatch | None = None,
        licence: Licence | None = None,
    ) -> _Answer:
        """The case's words filled in, with the phase's own permitted and prohibited sentences."""
        words, phase = self.p.cases[name], self.reading.last
        of_phase, cell = self.p.phases[phase], self.p.cell(self.q.action, phase)
        fill = self._fill(why=why, readings=readings, decision=decision, licence=licence)
        verdict = words.verdict if verdict is None else verdict
        assert verdict is not None, name
        unlisted = self.m.relation is Relation.RELATED_UNLISTED
        judged = JudgedMatch(
            match=self.m, phase=phase, ruling=cell.ruling, verdict=verdict, sub_reason=name, decision=decision
        )
        table = () if unlisted or name == "dismissed" else (*of_phase.citations, *cell.citations)
        return _Answer(
            judged=judged,
            reason=words.reason.format(**fill),
            permitted=() if unlisted else _filled(of_phase.permitted, fill),
            prohibited=() if unlisted or verdict is Verdict.PERMITTED else _filled(of_phase.prohibited, fill),
            citations=tuple(dict.fromkeys((*words.citations, *more, *table))),
        )

    def _fill(
        self, *, why: str, readings: str, decision: DecisionOnMatch | None, licence: Licence | None
    ) -> dict[str, str]:
        entity, phase = self.m.entity, self.p.phases[self.reading.last]
        fill = {
            "entity": entity.name, "uid": entity.uid, "listed": str(entity.listed), "effective": str(entity.effective),
            "end": str(entity.divestment_ends), "removed": str(entity.removed or ""),
            "model_start": str(self.p.model_start), "when": self.q.instant.text, "phase": phase.label,
            "ruling": self._ruling_words(self.reading.last), "why": why or self.m.reason, "readings": readings,
            "assumed": f" ({self.q.instant.assumed})" if self.q.instant.assumed else "",
            "acquired": str(self.q.acquired or ""),
        }  # fmt: skip
        if decision is not None:
            fill |= {"by": decision.by, "on": decision.on, "until": str(decision.until), "decision": decision.reason}
        if licence is not None:
            actions = ", ".join(self.p.actions[a].label for a in licence.actions)
            fill |= {"licence": licence.number, "licence_end": str(licence.valid_to), "actions": actions}
        fill["wording"] = phase.reason.format(**fill)
        return fill

    def _notes(self, found: _Answer) -> _Answer:
        """What is added to an answer: the fund, the unknown person, the lot's date, the duty after a trade."""
        notes: list[tuple[str, Words]] = []
        banned = bool(set(self.reading.phases) & _BANNED)
        if self.m.relation is Relation.FUND_EXPOSURE:
            notes.append(("", self.p.cases["fund_exposure"]))
        if self.q.person.us_person is UsPerson.UNKNOWN and found.judged.verdict > Verdict.REVIEW:
            notes.append((US_ASSUMED, self.p.cases["unknown_person"]))
        if banned and self.holding and self._date_query():
            notes.append((DATE_QUERY, self.p.cases["date_query"]))
        prohibited_trade = not self.holding and found.judged.verdict is Verdict.PROHIBITED
        if prohibited_trade and self.p.actions[self.q.action].dealing:
            name = {"proposed": "reject_and_report", "executed": "executed"}.get(self.q.proposed, "status_unknown")
            flag = {"reject_and_report": REJECT_AND_REPORT, "executed": EXECUTED}.get(name, STATUS_UNKNOWN)
            notes.append((flag, self.p.cases[name]))
        if not notes:
            return found
        fill = self._fill(why="", readings="", decision=None, licence=None)
        fill["days"] = str(self.p.raw["duty"]["report_business_days"])
        said = " ".join((found.reason, *(w.reason.format(**fill) for _, w in notes)))
        return replace(
            found,
            reason=said,
            citations=tuple(dict.fromkeys((*found.citations, *(c for _, w in notes for c in w.citations)))),
            flags=tuple(flag for flag, _ in notes if flag),
        )

    def _date_query(self) -> bool:
        """Whether a lot was acquired while purchases were prohibited, with nothing that explains it (rules T7)."""
        acquired, entity = self.q.acquired, self.m.entity
        if acquired is None or self.m.relation not in _PROVEN or self.q.person.us_person is UsPerson.NO:
            return False
        explained = set(self.q.flags) & set(self.p.raw["date_query"]["exceptions"])
        licensed = any(
            Action.BUY in li.actions and li.valid_from <= acquired <= li.valid_to for li in self.q.person.licences
        )
        after = acquired >= entity.effective and (entity.removed is None or acquired < entity.removed)
        return after and not explained and not licensed


def _stated_proof(match: Match) -> bool:
    """Whether a stated identifier ties the security to the entity: proof that no decision can silence."""
    return any(
        e.kind is EvidenceKind.IDENTIFIER and e.result is EvidenceResult.SUPPORTS and e.weight >= 1
        for e in match.evidence
    )


def _filled(sentences: tuple[str, ...], fill: dict[str, str]) -> tuple[str, ...]:
    return tuple(s.format(**fill) for s in sentences)
