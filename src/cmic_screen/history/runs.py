"""Runs in the ledger: entering one whole, finding, accepting and listing them; it screens nothing.

An accepted run is frozen: its period takes no second one. A run that something blocks (a vanished account) cannot be
accepted. Counts and digests only stand in the entry; holdings stand in the run's folder.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from cmic_screen.errors import CmicError, HistoryError, UnknownRunError, UsageError
from cmic_screen.history import leftovers, store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from cmic_screen.history.ledger import Entry, Ledger, Who

RUN, ACCEPT, STOPPED = "run", "accept", "interrupted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Monthly:
    """What only a monthly run has; all empty for others. `differs` says why a period was run again; `blockers` are
    sentences, each of which forbids acceptance; `vanished` are accounts that were expected and hold nothing.
    """

    job: str = ""
    period: str = ""
    differs: tuple[str, ...] = ()
    blockers: tuple[str, ...] = ()
    vanished: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRun:
    """What the ledger is told of a run. `record` is the record (quiet rows may be left out); `material` stands for all
    that went in, `parts` for each thing that may differ between runs; `accounts` are those that held something.
    """

    record: Mapping[str, Any]
    exit_code: int
    material: str
    month: Monthly = Monthly()
    parts: Mapping[str, str] = field(default_factory=dict)
    accounts: tuple[str, ...] = ()
    workbook_digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run as the ledger has it. `accepted` is the acceptance's entry body with `by` and `at`, or None."""

    run_id: str
    job: str
    period: str
    entry: Entry
    accepted: Entry | None

    @property
    def body(self) -> Mapping[str, Any]:
        """The entry's body."""
        return self.entry.body

    @property
    def sealed(self) -> str:
        """SHA-256 of the run folder's manifest."""
        return str(self.body["manifest"])

    def as_json(self) -> dict[str, Any]:
        """For `history list --format json`."""
        accepted = None if self.accepted is None else {"by": self.accepted.who.by, "at": self.accepted.at}
        return {**self.body, "seq": self.entry.seq, "entered_at": self.entry.at, "digest": self.entry.digest,
                "accepted": accepted}  # fmt: skip


class TwinError(HistoryError):
    """Another process has entered the period with the same material while this one screened it: `run` is its run."""

    def __init__(self, run: Run) -> None:
        self.run = run
        super().__init__(
            f"period {run.period} was entered with this material by another process meanwhile.", where=run.run_id,
            do="That run is the period's; nothing is to be done.",
        )  # fmt: skip


def begin(ledger: Ledger, run_id: str, *, actor: Who, at: str) -> tuple[store.Staging, tuple[str, ...]]:
    """Start a run: set aside what dead ones left, tell of it in the ledger and in sentences, and open a staging folder.

    HistoryError where the id is taken.
    """
    with ledger.writing():
        told = recover(ledger, actor=actor, at=at)
        if ledger.connection.execute("SELECT 1 FROM run WHERE run_id = ?", (run_id,)).fetchone():
            raise HistoryError(f"run {run_id} is in the ledger already.", do="Give another --run-id.")
        return store.Staging.begin(ledger.home, run_id, at), told


def free_id(ledger: Ledger, wanted: str) -> str:
    """The run id wanted, or the first of `wanted-2`, `wanted-3`… that no run has yet."""
    taken = {str(row[0]) for row in ledger.connection.execute("SELECT run_id FROM run")}
    return next(name for i in range(len(taken) + 1) if (name := f"{wanted}-{i + 1}" if i else wanted) not in taken)


@contextmanager
def begun(ledger: Ledger, run_id: str, *, actor: Who, at: str) -> Iterator[tuple[store.Staging, tuple[str, ...]]]:
    """`begin` as a context: a run that ends with a reason (CmicError) leaves nothing; one that dies is told later."""
    staging, told = begin(ledger, run_id, actor=actor, at=at)
    try:
        yield staging, told
    except CmicError:
        if staging.folder.parent.name == store.STAGING:
            staging.discard()
        raise
    finally:
        staging.release()


def recover(ledger: Ledger, *, actor: Who, at: str) -> tuple[str, ...]:
    """Set aside what interrupted runs left and enter that in the ledger; sentences for the person, () where none."""
    with ledger.writing():
        known = frozenset(str(r[0]) for r in ledger.connection.execute("SELECT run_id FROM run"))
        left = leftovers.set_aside_leftovers(ledger.home, known)
        for one in left:
            body = {"run_id": one.run_id, "begun": one.at, "step": one.step, "folder": one.folder}
            ledger.append(STOPPED, body, actor=actor, at=at)
    return tuple(one.sentence for one in left)


def enter(ledger: Ledger, staging: store.Staging, new: NewRun, *, actor: Who, at: str) -> Run:
    """Seal the staged folder and enter the run: folder and entry both, or neither."""
    staging.step("entering it in the ledger")
    sealed = staging.seal()
    body = _body(new, sealed)

    def index(seq: int) -> None:
        ledger.connection.execute(
            "INSERT INTO run (run_id, seq, job, period) VALUES (?,?,?,?)",
            (staging.run_id, seq, new.month.job, new.month.period),
        )

    try:
        with ledger.writing():
            if new.month.job:  # before the folder is in its place, where it would be told as a removed entry
                for run in of_period(ledger, new.month.job, new.month.period):
                    if run.body["material"] == new.material:
                        raise TwinError(run)
            staging.publish(ledger.home)
            entry = ledger.append(RUN, body, actor=actor, at=at, index=index)
    except CmicError:  # a full disk, a folder that has become read-only: the folder must not stay without its entry
        if not _entered(ledger, staging.run_id):
            staging.withdraw(ledger.home)
        raise
    return Run(run_id=staging.run_id, job=new.month.job, period=new.month.period, entry=entry, accepted=None)


def _entered(ledger: Ledger, run_id: str) -> bool:
    return ledger.connection.execute("SELECT 1 FROM run WHERE run_id = ?", (run_id,)).fetchone() is not None


def _body(new: NewRun, sealed: str) -> dict[str, Any]:
    record = new.record
    return {
        "run_id": record["run_id"],
        "as_of": record["as_of"],
        "kind": record["kind"],
        "created_at": record["created_at"],
        "holdings_as_of": record.get("holdings_as_of", ""),
        "tool_version": record["tool"]["version"],
        "list": {k: record["list"][k] for k in ("published", "sha256")},
        "programme": {k: record["programme"].get(k, "") for k in ("version", "sha256")},
        "securities_master": record["securities_master"]["sha256"],
        "inputs": [{k: i[k] for k in ("file", "sha256", "bytes")} for i in record["inputs"]],
        "totals": record["totals"],
        "qualifications": [q["code"] for q in record["qualifications"]],
        "content_digest": record["content_digest"],
        "workbook_digest": new.workbook_digest,
        "exit_code": new.exit_code,
        "material": new.material,
        "parts": dict(new.parts),
        "accounts": list(new.accounts),
        **asdict(new.month),
        "manifest": sealed,
    }


def all_runs(ledger: Ledger) -> tuple[Run, ...]:
    """Every run, newest first."""
    accepted = {str(e.body["run_id"]): e for e in ledger.entries(ACCEPT)}
    return tuple(
        Run(run_id=r, job=str(e.body["job"]), period=str(e.body["period"]), entry=e, accepted=accepted.get(r))
        for e in reversed(ledger.entries(RUN))
        if (r := str(e.body["run_id"]))
    )


def find(ledger: Ledger, text: str) -> Run:
    """The run with that id or unambiguous beginning of one; `latest` is the newest; of a period (`2026-11`) of the only
    monthly job the accepted run, else the newest. HistoryError else.
    """
    runs = all_runs(ledger)
    if text == "latest" and runs:
        return runs[0]
    exact = [r for r in runs if r.run_id == text]
    hits = exact or [r for r in runs if r.run_id.startswith(text)] or _period(runs, text)
    if len(hits) != 1:
        many = f"{len(hits)} runs answer to {text!r}" if hits else f"there is no run {text!r}"
        kind = HistoryError if hits else UnknownRunError
        raise kind(f"{many}.", do="`cmic-screen history list` names them.")
    return hits[0]


def _period(runs: Sequence[Run], period: str) -> list[Run]:
    """The run that stands for a period, one for each job that has it."""
    best: dict[str, Run] = {}
    for run in runs:  # newest first
        if period and run.period == period and (run.job not in best or (run.accepted and not best[run.job].accepted)):
            best[run.job] = run
    return list(best.values())


def folder(ledger: Ledger, run: Run) -> Path:
    """Where a run is kept."""
    return ledger.home / store.RUNS / run.run_id


def whole(ledger: Ledger, run: Run, *names: str) -> Path:
    """Where a run is kept, once it, or those files of it that are named, is seen to be as it was entered. HistoryError
    naming what is gone, added or changed: no answer is read from a record that somebody edited.
    """
    at = folder(ledger, run)
    wrong = store.faults(at, run.sealed, *names)
    if wrong:
        raise HistoryError(
            f"run {run.run_id} is not as it was entered: {'; '.join(wrong)}.", why="Nothing can rest on it.",
            do="Run `cmic-screen history verify`; restore its folder from a copy.",
        )  # fmt: skip
    return at


def of_period(ledger: Ledger, job: str, period: str) -> tuple[Run, ...]:
    """The runs of one period of a monthly job, newest first."""
    return tuple(r for r in all_runs(ledger) if r.job == job and r.period == period)


Fits = Callable[[Run], bool]
"""Whether an earlier run is one that a run may be compared with."""


def anyone(_: Run) -> bool:
    """Every run fits."""
    return True


def last_accepted(ledger: Ledger, job: str, before: str = "", *, fits: Fits = anyone) -> Run | None:
    """The accepted run of a job that is nearest before a period (all periods where `before` is ""), or None."""
    accepted = [r for r in all_runs(ledger) if r.job == job and r.accepted and fits(r)]
    found = [r for r in accepted if not before or r.period < before]
    return max(found, key=lambda r: (r.period, r.entry.seq), default=None)


def accept(ledger: Ledger, run: Run, *, actor: Who, at: str) -> Entry:
    """Freeze a run as its period's answer. HistoryError: already accepted, blocked, its folder changed; UsageError: no
    name.
    """
    if not actor.by:
        raise UsageError("who accepts is not said.", do="Give --by NAME.")
    if run.accepted is not None:
        who = run.accepted.who.by
        raise HistoryError(f"run {run.run_id} was accepted by {who} on {run.accepted.at}.")
    blockers = run.body["blockers"]
    if blockers:
        raise HistoryError(
            f"run {run.run_id} cannot be accepted: {' '.join(blockers)}",
            do="Mend the cause, or say in the monthly configuration that it is meant, and run the period --again.",
        )
    whole(ledger, run)

    def index(seq: int) -> None:
        taken = ledger.connection.execute(
            "SELECT run_id FROM acceptance WHERE job = ? AND period = ? AND period <> ''", (run.job, run.period)
        ).fetchone()
        if taken:
            raise HistoryError(f"period {run.period} is frozen: run {taken[0]} was accepted.")
        ledger.connection.execute(
            "INSERT INTO acceptance (run_id, seq, job, period) VALUES (?,?,?,?)",
            (run.run_id, seq, run.job, run.period),
        )

    body = {"run_id": run.run_id, "manifest": run.sealed, "content_digest": run.body["content_digest"]}
    return ledger.append(ACCEPT, body, actor=actor, at=at, index=index)
