"""The run nobody watches: a month's sources screened, checked against what was expected, compared, kept, delivered.

It stops with the reason rather than screen in part; the same period with the same material is the same run; it starts
nothing by itself (`schedule print` gives the unit). Holdings and client names appear in no message and no heartbeat.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cmic_screen import service
from cmic_screen.digests import digest
from cmic_screen.errors import ExitCode, HistoryError, ListError
from cmic_screen.history import config as configs
from cmic_screen.history import decisions, expectations, keeping, material, outbox, runs, sources, store, verify
from cmic_screen.history.ledger import Ledger
from cmic_screen.reference.age import list_state
from cmic_screen.run import Circumstances

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from cmic_screen.history.config import Config
    from cmic_screen.history.ledger import Who
    from cmic_screen.history.material import Material
    from cmic_screen.history.runs import Run
    from cmic_screen.history.store import Staging
    from cmic_screen.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One month asked for: what, when, by whom. `moment` is UTC; `again` allows a second run of other material;
    `client` is the name printed on the report.
    """

    config: Config
    period: str
    moment: datetime
    today: date
    actor: Who
    again: bool = False
    client: str = ""

    @property
    def job(self) -> str:
        """The job's name in the ledger."""
        return self.config.said.job

    @property
    def at(self) -> str:
        """The moment as text."""
        return self.moment.strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of it: the run, whether it was there already, the exit code, and where its outputs are."""

    run: Run
    repeated: bool
    exit_code: int
    told: tuple[str, ...]
    out: tuple[str, ...]
    head: str


def run(month: Month, settings: Settings, *, say: Callable[[str], None] = lambda _: None) -> Outcome:
    """Screen a month. InputError (20): a file missing, empty or out of its month; ListError (21): the list not fresh;
    HistoryError (22): the ledger not whole, or the period run before with other material and not `again`.
    """
    wanted = _wanted(month, settings)
    with Ledger.open(settings.home, allow_network=settings.flag("allow_network_home")) as ledger:
        _refuse_broken(ledger, month)
        wanted = replace(wanted, about=replace(wanted.about, run_id=runs.free_id(ledger, wanted.about.run_id)))
        try:
            return _once(ledger, month, wanted, say)
        except runs.TwinError as twin:  # two started at once: the same material is the same run
            say(twin.message)
            return _outcome(ledger, twin.run, month, (), repeated=True)


def _once(ledger: Ledger, month: Month, wanted: material.Wanted, say: Callable[[str], None]) -> Outcome:
    """Stage the material and screen it, or find the run of the period that was made of it."""
    with runs.begun(ledger, wanted.about.run_id, actor=month.actor, at=month.at) as (staging, told):
        for sentence in told:
            say(sentence)
        kept = material.stage(staging, replace(wanted, decisions=decisions.in_force(ledger, wanted.as_of)))
        earlier = runs.of_period(ledger, month.job, month.period)
        same = next((r for r in earlier if r.body["material"] == digest(kept.parts)), None)
        if same is not None:
            staging.discard()
            say(f"Period {month.period} was run with this material already: {same.run_id}.")
            return _outcome(ledger, same, month, told, repeated=True)
        differs = _why_again(earlier, kept, month)
        entered = _screen(ledger, staging, kept, month, differs, say)
    return _outcome(ledger, entered, month, told, repeated=False)


def _wanted(month: Month, settings: Settings) -> material.Wanted:
    """What is to be screened; refuses missing files and a list that is not fresh before anything is copied."""
    said, config = month.config.said, month.config
    as_of = configs.as_of(month.period, month.today)  # first: files are named by it
    found = tuple(
        sources.Source(
            files=configs.files(config, s, month.period), name=s.name, group=s.group, sheet=s.sheet,
            encoding=s.encoding, profile=config.path(s.profile) if s.profile else None,
        )
        for s in said.source
    )  # fmt: skip
    snapshot = service.find_list("", settings, as_of)
    age, stale = list_state(snapshot, month.today, said.max_list_age)
    if stale:
        raise ListError(
            f"the list was last known to be current {age} days ago; {said.max_list_age} are allowed.",
            where=config.name, why="A listing since then would be missed.", do="Run `cmic-screen list update`.",
        )  # fmt: skip
    about = Circumstances(
        run_id=f"{month.job}-{month.period}-{month.moment:%Y%m%dT%H%M%SZ}", created_at=month.at, list_age_days=age,
        list_stale=stale, max_list_age=said.max_list_age,
        command=f"cmic-screen monthly {config.name} --period {month.period}",
    )  # fmt: skip
    return material.Wanted(
        sources=found, snapshot=snapshot, as_of=as_of, kind="holdings", about=about, home=settings.home,
        accounts=config.path(said.account_map) if said.account_map else None,
        funds=config.path(said.funds) if said.funds else None, fund_max_age=said.fund_max_age,
        expected=said.model_dump(mode="json"),
    )  # fmt: skip


def _refuse_broken(ledger: Ledger, month: Month) -> None:
    """A month is not added to a ledger that is not whole, nor compared with a run that was changed."""
    before = runs.last_accepted(ledger, month.job, month.period)
    wrong = [*verify.chain(ledger)]
    if before is not None:
        wrong += [f"run {before.run_id}: {w}" for w in store.faults(runs.folder(ledger, before), before.sealed)]
    if wrong:
        raise HistoryError(
            f"the ledger is not as it was written: {'; '.join(wrong)}.", why="Nothing can be compared with it.",
            do="Run `cmic-screen history verify` and find out who changed it; restore it from a copy.",
        )  # fmt: skip


def _why_again(earlier: tuple[Run, ...], kept: Material, month: Month) -> tuple[str, ...]:
    """What differs from the period's last run, () for a first run. HistoryError: frozen, or not --again."""
    if not earlier:
        return ()
    frozen = next((r for r in earlier if r.accepted), None)
    if frozen is not None and frozen.accepted is not None:
        raise HistoryError(
            f"period {month.period} is frozen: run {frozen.run_id} was accepted by {frozen.accepted.who.by}.",
            do="Correct it in the next period, or screen the files by hand with `cmic-screen screen`.",
        )
    differs = [name for name, value in kept.parts.items() if earlier[0].body["parts"].get(name) != value]
    words = f"period {month.period} was run as {earlier[0].run_id}; since then these differ: {', '.join(differs)}."
    if not month.again:
        raise HistoryError(words, do="Run it --again if that is meant; both runs stay in the ledger.")
    return (words,)


def _screen(
    ledger: Ledger, staging: Staging, kept: Material, month: Month, differs: tuple[str, ...], say: Callable[[str], None]
) -> Run:
    staging.step("reading the holdings")
    before = runs.last_accepted(ledger, month.job, month.period)
    expectations.refuse_wrong_month(kept, month.config.said, before)
    service.refuse_empty(kept.intake)
    staging.step("screening")
    screened = keeping.screened(ledger, kept, job=month.job, period=month.period)
    blockers = (
        *expectations.empty(kept, month.config.said, month.period),
        *expectations.blockers(screened, month.config.said, before, month.period),
    )
    for sentence in (*differs, *blockers):
        say(sentence)
    said = runs.Monthly(
        job=month.job, period=month.period, differs=differs, blockers=blockers,
        vanished=expectations.vanished(screened, month.config.said, before),
    )  # fmt: skip
    return keeping.enter(
        ledger, staging, kept, screened, actor=month.actor, at=month.at, month=said, client=month.client
    ).run


def _outcome(ledger: Ledger, run: Run, month: Month, told: tuple[str, ...], *, repeated: bool) -> Outcome:
    """Deliver the outputs (again, where they were there already) and say how it ended."""
    code = int(run.body["exit_code"])
    if run.body["blockers"]:
        code = code or int(ExitCode.REVIEW)
    head = ledger.head()
    folder = month.config.path(month.config.said.out) / month.period
    mail = month.config.said.mail
    notice = outbox.Notice(run=run, told=told, head=head, sender=mail.sender, to=tuple(mail.to)) if mail else None
    kept = runs.whole(ledger, run) if repeated else runs.folder(ledger, run)  # a new one has just been sealed
    out = outbox.deliver(kept, run, folder, notice)
    return Outcome(run=run, repeated=repeated, exit_code=code, told=told, out=out, head=head)
