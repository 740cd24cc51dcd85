"""One security before a trade: the same resolving and the same law as a whole book, for one row; writes nothing.

It never says clear of a bare name: only a valid ISIN, CUSIP, SEDOL or FIGI without a match is clear (interfaces §1),
and a list that is not confirmed to be the newest qualifies this answer too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cmic_screen import questions, service, tally
from cmic_screen.decide import decide
from cmic_screen.errors import ExitCode, UsageError
from cmic_screen.model import Action, Judgement, NearestName, Security, Verdict
from cmic_screen.moment import today
from cmic_screen.report import rowjson
from cmic_screen.run import Circumstances, reservations
from cmic_screen.securities import build

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from cmic_screen.athand import Resolvers
    from cmic_screen.model import ListSnapshot
    from cmic_screen.programme import Programme
    from cmic_screen.run import Qualification
    from cmic_screen.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is said of one security and one action on one day."""

    security: Security
    action: Action
    on: date
    judgement: Judgement
    nearest: tuple[NearestName, ...]
    snapshot: ListSnapshot
    list_age_days: int
    list_stale: bool
    qualifications: tuple[Qualification, ...]

    @property
    def exit_code(self) -> ExitCode:
        """0 only on a valid identifier without a match and an unqualified list; a bare name is at least 12."""
        verdict = self.judgement.verdict
        if verdict is Verdict.PROHIBITED:
            return ExitCode.PROHIBITED
        if verdict is Verdict.UNSCREENED:
            return ExitCode.UNSCREENED
        if verdict in {Verdict.REVIEW, Verdict.UPCOMING} or self.qualifications or self.by_name_only:
            return ExitCode.REVIEW
        return ExitCode.CLEAR

    @property
    def by_name_only(self) -> bool:
        """No match, and nothing but a name to say so with."""
        return self.judgement.verdict is Verdict.CLEAR and self.judgement.cleared_by != "identifier"

    @property
    def sentence(self) -> str:
        """The answer in one line."""
        if self.by_name_only:
            return "No match found for this name. A name alone clears nothing: check the ISIN, CUSIP, SEDOL or FIGI."
        if self.judgement.verdict is Verdict.CLEAR:
            head = f"No match to the list published {self.snapshot.published}"
            reserved = reservations(q.code for q in self.qualifications)
            return f"{head}; {reserved}." if reserved else f"{head}."
        return f"{self.judgement.verdict.name}: {self.judgement.reason}"


def check(
    stated: Mapping[str, str],
    settings: Settings,
    *,
    action: Action = Action.HOLD,
    on: date | None = None,
    list_path: str = "",
    resolvers: Resolvers | None = None,
) -> Answer:
    """Judge one security. `stated` has the columns of a position (security_name, isin, cusip, sedol, figi, ticker…).

    `resolvers` are those at hand, where a process asks again and again. UsageError where nothing is stated, or the day
    is outside the model; ListError where the list is not fit.
    """
    from cmic_screen.programme import load_programme
    from cmic_screen.reference.age import list_state
    from cmic_screen.reference.securities import load_master
    from cmic_screen.resolve import Resolver

    if not any(stated.values()):
        raise UsageError("nothing to check.", do="Give a name, or --isin, --cusip, --sedol, --figi or --ticker.")
    day = on or today()
    programme: Programme = load_programme(settings.home)
    instant = programme.as_of_instant(day)
    snapshot = service.find_list(list_path, settings, day)
    age, stale = list_state(snapshot, today(), settings.number("max_list_age"))
    master = load_master(settings.home)
    resolver = resolvers.of(snapshot, master) if resolvers else Resolver(snapshot, master.rows)
    security = build(stated)
    (matches,) = resolver.resolve([security], day)
    judgement = decide(questions.one(security, matches, action=action, instant=instant), programme)
    limit = settings.number("max_list_age")
    about = Circumstances(run_id="", created_at="", list_age_days=age, list_stale=stale, max_list_age=limit)
    return Answer(
        security=security, action=action, on=day, judgement=judgement, snapshot=snapshot,
        nearest=() if matches else resolver.nearest(security),
        list_age_days=age, list_stale=stale,
        qualifications=tally.qualifications(None, snapshot, programme, day, about),
    )  # fmt: skip


def as_data(answer: Answer) -> dict[str, Any]:
    """The answer as plain values, with the record's words for a finding."""
    security, judged = answer.security, answer.judgement
    return {
        "verdict": judged.verdict.name,
        "sentence": answer.sentence,
        "action": answer.action.value,
        "on": answer.on.isoformat(),
        "exit_code": int(answer.exit_code),
        "cleared_by": judged.cleared_by or None,
        "identifiers": {i.scheme.value: i.value for i in security.identifiers},
        "rejected": [{"scheme": r.scheme.value, "text": r.text, "fault": r.fault} for r in security.rejected],
        "ruling": judged.ruling.value if judged.ruling else None,
        "reason": judged.reason,
        "permitted": list(judged.permitted),
        "prohibited": list(judged.prohibited),
        "citations": list(judged.citations),
        "matches": [
            {**rowjson.match(m), "basis": {"text": m.match.entity.basis.text, "source": m.match.entity.basis.source}}
            for m in judged.matches
        ],
        "nearest": rowjson.nearest(answer.nearest),
        "qualifications": [{"code": q.code, "text": q.text} for q in answer.qualifications],
        "list": {
            "published": answer.snapshot.published.isoformat(), "sha256": answer.snapshot.sha256,
            "age_days": answer.list_age_days, "stale": answer.list_stale,
        },
    }  # fmt: skip
