"""THE MAIN PATH, the file to read first: an Intake, a list and the law go in, one ScreeningRun comes out.

Pure: it reads no clock and no network and makes no random choice (architecture §1.5). Each distinct security is
resolved once, each distinct question is decided once, and the answers are joined back to the rows. Nothing is clear by
default, and a ScreeningRun that lost a row cannot be constructed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from cmic_screen import __version__, questions, tally
from cmic_screen.decide import decide, judge_problem
from cmic_screen.elsewhere import ask_unread
from cmic_screen.judged import lapse
from cmic_screen.model import Finding, Judgement, NearestName, Security, UsPerson
from cmic_screen.promote import named_in_problems, promote_set_aside
from cmic_screen.resolve import Resolver
from cmic_screen.run import Circumstances, ScreeningRun, finding_of, lines
from cmic_screen.securities import distinct
from cmic_screen.stray import join_stray
from cmic_screen.terms import QUIET_NAMES

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from cmic_screen.accounts import AccountMap
    from cmic_screen.intake import Intake
    from cmic_screen.lookthrough import FundBook
    from cmic_screen.model import DecisionOnMatch, ListSnapshot, Match
    from cmic_screen.programme import Programme
    from cmic_screen.reference.securities import Master
    from cmic_screen.resolve.listed import NameHit


def screen(
    intake: Intake,
    snapshot: ListSnapshot,
    programme: Programme,
    as_of: date,
    decisions: Sequence[DecisionOnMatch] = (),
    *,
    master: Master,
    about: Circumstances,
    accounts: AccountMap | None = None,
    funds: FundBook | None = None,
    resolver: Resolver | None = None,
) -> ScreeningRun:
    """Screen an intake (ingest.read_holdings) against a list (reference.load_snapshot).

    `as_of` is the day in New York on which holdings are judged; trades are judged at their own instants. `decisions`
    are those in force on that day. `about` carries what follows the clock or the caller: run id, times, age of the
    list. `resolver` may be passed where one is already built for this list and master (athand.py); else it is built
    here.

    An intake without rows yields a run without findings; the callers refuse it (service.refuse_empty, exit 20).
    UsageError where `as_of` is before the model begins (3 June 2021).
    """
    programme.as_of_instant(as_of)
    resolver = resolver or Resolver(snapshot, master.rows)
    intake = join_stray(promote_set_aside(tally.dated(intake, as_of), resolver, as_of), resolver.own_isins())
    intake = ask_unread(intake, resolver, as_of)
    intake = tally.mapped(tally.emptied(intake), accounts) if accounts else tally.emptied(intake)
    securities = distinct(intake.table)
    intake = tally.spelled(intake, securities)
    seen: dict[str, tuple[NameHit, ...]] = {}
    found = _resolve(securities.by_fingerprint, resolver, as_of, seen)
    decisions = lapse(decisions, found)  # a decision binds to what was judged (issue 8.5)
    days = questions.trade_days(intake, securities)
    exposure = funds.look(securities.by_fingerprint, resolver, as_of, days) if funds else None
    asked = questions.ask(
        intake, securities, found,
        programme=programme, as_of=as_of, accounts=accounts, exposure=exposure, decisions=decisions,
    )  # fmt: skip
    judgements = tuple(decide(q, programme) for q in asked.questions)
    outcomes = _outcomes(asked, judgements, securities.fingerprints)
    problems = _problems(intake, named_in_problems(intake.problems, resolver, as_of), programme)
    findings, outcomes = _number(intake, outcomes, securities.by_fingerprint, judgements, problems)
    told = tuple(dict.fromkeys(f.security.fingerprint for f in findings if f.security.fingerprint))
    nearest = NearestNames(securities.by_fingerprint, resolver, found, told, seen)
    return ScreeningRun(
        tool_version=__version__, run_id=about.run_id, created_at=about.created_at, as_of=as_of, kind=intake.kind,
        command=about.command, compliance_record=about.compliance_record, intake=intake, snapshot=snapshot,
        list_age_days=about.list_age_days, list_stale=about.list_stale, programme=programme.state_on(as_of),
        master_sha256=master.sha256, master_rows=len(master.rows), outcomes=outcomes, judgements=judgements,
        securities=securities.by_fingerprint, findings=findings, nearest=nearest, decisions=tuple(decisions),
        totals=tally.totals(intake, outcomes, findings, len(securities.by_fingerprint)),
        qualifications=tally.qualifications(intake, snapshot, programme, as_of, about),
        exposure=exposure.lines(outcomes) if exposure else (),
    )  # fmt: skip


AHEAD: Final = 1_000
"""Most securities whose nearest names are computed in one batch."""
CLOSE: Final = 20
"""Most securities that a caller may skip between two requests and still be reading in sequence."""


@dataclass(slots=True)
class NearestNames(Mapping[str, tuple[NearestName, ...]]):
    """A lazy mapping: security fingerprint -> its nearest listed names; computed on first access, then remembered.

    `securities` are all securities of the run; `matched` holds their matches, `told` the fingerprints of the securities
    that have findings, `seen` the name hits that resolving already found. KeyError for a fingerprint not in
    `securities`.

    Names are computed in batches, which costs a fraction per name and gives the same answers: asking for one security
    in `told` computes the next `AHEAD` of them; reading the others in sequence computes four times as many each time,
    up to `AHEAD`; any other access computes one.
    """

    securities: Mapping[str, Security]
    resolver: Resolver
    matched: Mapping[str, tuple[Match, ...]]
    told: Sequence[str] = ()
    seen: Mapping[str, tuple[NameHit, ...]] = field(default_factory=dict)
    _known: dict[str, tuple[NearestName, ...]] = field(default_factory=dict)
    _place: dict[str, int] = field(default_factory=dict)
    _order: list[str] = field(default_factory=list)
    _done: int = 0
    _batch: int = 1

    def __getitem__(self, fingerprint: str) -> tuple[NearestName, ...]:
        if fingerprint not in self._known:
            self._work_out(fingerprint)
        return self._known[fingerprint]

    def _work_out(self, fingerprint: str) -> None:
        if not self._order:
            self._order = list(dict.fromkeys((*self.told, *self.securities)))
            self._place = {f: i for i, f in enumerate(self._order)}
        at = self._place[fingerprint]
        if at < len(self.told):
            until = min(at + AHEAD, len(self.told))
        else:
            in_turn = self._done <= at <= self._done + CLOSE
            self._batch = min(AHEAD, 4 * self._batch) if in_turn else 1
            until = self._done = at + self._batch
        wanted = [f for f in self._order[at:until] if f not in self._known]
        clear = [f for f in wanted if not self.matched.get(f)]
        found = self.resolver.nearest_many([self.securities[f] for f in clear], seen=self.seen)
        self._known.update(zip(clear, found, strict=True))
        self._known.update(self._others([f for f in wanted if self.matched.get(f)]))

    def _others(self, fingerprints: list[str]) -> Iterator[tuple[str, tuple[NearestName, ...]]]:
        """For matched securities, the nearest name of an entity they do not match: the matched entity's own name, shown
        as "nearest but rejected", would read as a reason against the match.
        """
        own = {f: {m.entity.uid for m in self.matched[f]} for f in fingerprints}
        for count in sorted(set(map(len, own.values()))):
            these = [f for f in fingerprints if len(own[f]) == count]
            found = self.resolver.nearest_many([self.securities[f] for f in these], count + 1, self.seen)
            for f, near in zip(these, found, strict=True):
                yield f, tuple(n for n in near if n.uid not in own[f])[:1]

    def __iter__(self) -> Iterator[str]:
        return iter(self.securities)

    def __len__(self) -> int:
        return len(self.securities)


def _resolve(
    securities: Mapping[str, Security], resolver: Resolver, on: date, seen: dict[str, tuple[NameHit, ...]]
) -> dict[str, tuple[Match, ...]]:
    """Matches by fingerprint; the hits of each name are added to `seen`. An exception in a matcher is not caught: a
    stopped run is better than a missed listed holding (architecture §6).
    """
    matches = resolver.resolve(list(securities.values()), on, seen)
    return dict(zip(securities, matches, strict=True))


def _outcomes(asked: questions.Asked, judgements: Sequence[Judgement], fingerprints: pd.Series[str]) -> pd.DataFrame:
    """The `outcomes` table of ScreeningRun, one line per position in table order; `_number` fills `ref`."""
    import pandas as pd

    index = asked.index
    verdicts = [j.verdict.name for j in judgements]
    cleared = [j.cleared_by for j in judgements]
    return pd.DataFrame(
        {
            "verdict": [verdicts[i] for i in index],
            "ref": "",
            "fingerprint": fingerprints.to_numpy(),
            "judgement": index,
            "cleared_by": [cleared[i] for i in index],
            "action": asked.actions,
            "us_person": asked.us_persons,
            "trade_at": asked.trade_at,
        }
    )


def _problems(intake: Intake, named: Sequence[str], programme: Programme) -> list[Finding]:
    """A finding, not yet numbered, for each row that cannot be screened. `named` has, for each problem, the sentence
    that says which listed names its cells hold, or "".
    """
    return [
        Finding(
            ref="", source=problem.source, security=Security(), cells=problem.cells, account=problem.account,
            us_person=UsPerson.UNKNOWN,
            judgement=judge_problem(" ".join(filter(None, (problem.text, names, problem.do))), programme),
        )
        for problem, names in zip(intake.problems, named, strict=True)
    ]  # fmt: skip


def _number(
    intake: Intake,
    outcomes: pd.DataFrame,
    securities: Mapping[str, Security],
    judgements: tuple[Judgement, ...],
    problems: Sequence[Finding],
) -> tuple[tuple[Finding, ...], pd.DataFrame]:
    """(findings, outcomes with `ref`): a finding for each row that is neither CLEAR nor SET_ASIDE and for each row
    problem, numbered F-001, F-002, … in the order of input file, sheet and row.
    """
    flagged = outcomes[~outcomes["verdict"].isin(QUIET_NAMES)]
    rows = lines(intake.table.loc[flagged.index], flagged, securities, judgements)
    pending: list[tuple[tuple[int, int, int], int | None, Finding]] = []
    place = {(f.file, s.name): (i, j) for i, f in enumerate(intake.inputs) for j, s in enumerate(f.sheets)}
    for at, finding in zip(flagged.index, map(finding_of, rows), strict=True):
        pending.append(((*place[finding.source.file, finding.source.sheet], finding.source.row), at, finding))
    pending += [((*place[p.source.file, p.source.sheet], p.source.row), None, p) for p in problems]
    pending.sort(key=lambda p: p[0])
    width = max(3, len(str(len(pending))))
    findings: list[Finding] = []
    refs = dict.fromkeys(outcomes.index.tolist(), "")
    for number, (_, at, finding) in enumerate(pending, 1):
        ref = f"F-{number:0{width}d}"
        findings.append(replace(finding, ref=ref))
        if at is not None:
            refs[at] = ref
    outcomes["ref"] = list(refs.values())
    return tuple(findings), outcomes
