"""From a Question (matches, action, instant, person, decisions) to a Judgement; with matchlaw.py, all code that applies
the law.

Pure: equal questions get equal answers, whatever other rows hold. Words, dates and citations come from programme.toml
and decision_table.csv, never from here. A match that is not proven is never PROHIBITED, and CLEAR is never the default
(architecture §1.2).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cmic_screen import matchlaw
from cmic_screen.model import InstrumentKind, Judgement, Question, UsPerson, Verdict

if TYPE_CHECKING:
    from cmic_screen.matchlaw import Answer
    from cmic_screen.programme import Programme

_FUND_STATES: Final = frozenset({"partial", "stale"})
"""Fund states with a case of their own in programme.toml; every other state but `complete` is judged as `missing`."""


def decide(q: Question, programme: Programme) -> Judgement:
    """The answer to a question; the match with the worst verdict leads, and the others are named after it.

    Without a match: SET_ASIDE for cash, CLEAR where an identifier or a name could be compared, else UNSCREENED.
    """
    answers = sorted((matchlaw.judge(q, m, programme) for m in q.matches), key=lambda a: -a.judged.verdict)
    unseen = _unseen(q, programme)
    if not answers:
        return unseen or _no_match(q, programme)
    lead = answers[0]
    if unseen is not None and unseen.verdict >= lead.judged.verdict:
        return _joined(replace(unseen, reason=f"{unseen.reason} {lead.reason}"), answers)
    reason = lead.reason
    others = list(dict.fromkeys(a.judged.match.entity.name for a in answers[1:]))
    if others:
        reason += " " + programme.cases["others"].reason.format(names="; ".join(others).removesuffix("."))
    head = Judgement(
        verdict=lead.judged.verdict, matches=(), ruling=None, reason=reason,
        permitted=lead.permitted, prohibited=lead.prohibited, flags=q.flags,
    )  # fmt: skip
    return _joined(head, answers)


def judge_problem(text: str, programme: Programme) -> Judgement:
    """The judgement of a row that was read but cannot be screened: UNSCREENED, with `text` saying why."""
    words = programme.cases["problem"]
    return Judgement(verdict=Verdict.UNSCREENED, matches=(), ruling=None, reason=words.reason.format(text=text))


def _joined(head: Judgement, answers: list[Answer]) -> Judgement:
    """`head` with the judged matches, citations and flags of all `answers` (worst first), and the first's ruling."""
    return replace(
        head,
        matches=tuple(a.judged for a in answers),
        ruling=answers[0].judged.ruling,
        citations=tuple(dict.fromkeys((*head.citations, *(c for a in answers for c in a.citations)))),
        flags=tuple(dict.fromkeys((*head.flags, *(f for a in answers for f in a.flags)))),
    )


def _no_match(q: Question, programme: Programme) -> Judgement:
    """The judgement where nothing matched and no fund or index can hide names: CLEAR only if something was compared."""
    if q.fund_state == "complete":
        name = "fund_clear"
    elif q.instrument is InstrumentKind.CASH:
        name = "cash"
    else:
        name = f"clear_by_{q.cleared_by}" if q.cleared_by else "not_screenable"
    words = programme.cases[name]
    assert words.verdict is not None, name
    return Judgement(
        verdict=words.verdict, matches=(), ruling=None, reason=words.reason, permitted=words.permitted,
        citations=words.citations, cleared_by=q.cleared_by if words.verdict is Verdict.CLEAR else "", flags=q.flags,
    )  # fmt: skip


def _unseen(q: Question, programme: Programme) -> Judgement | None:
    """The judgement of what cannot be seen inside a holding, whatever else matched: a fund without complete, recent
    constituents, or an index whose derivative is held. None where the holding is neither.
    """
    if q.fund_state == "complete":
        return None
    mandate = next((d for d in q.decisions if d.in_force and d.conclusion == "look-through"), None)
    if q.instrument is not InstrumentKind.FUND and q.fund_state == "none":
        if q.instrument is not InstrumentKind.INDEX_FUTURE:
            return None
        name, settled = "index_not_looked_through", "index_settled"
    else:
        name, settled = f"fund_{q.fund_state if q.fund_state in _FUND_STATES else 'missing'}", "fund_mandate"
        if q.person.us_person is UsPerson.NO:  # rules §3.2, T5; of an index it is open whether it is a security (T3)
            name = "fund_non_us"
    words = programme.cases[settled if mandate else name]
    fill = {"by": mandate.by, "on": mandate.on, "until": mandate.until, "decision": mandate.reason} if mandate else {}
    reason = words.reason.format(**fill)
    assert words.verdict is not None
    return Judgement(
        verdict=words.verdict, matches=(), ruling=None, reason=reason, permitted=words.permitted,
        citations=words.citations, flags=q.flags,
    )  # fmt: skip
