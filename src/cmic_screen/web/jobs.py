"""Screenings asked for on the page: uploads set down under numbers, runs worked off a queue, progress told.

An upload lies in a folder of its own, readable by its owner only, until its run is kept (then the ledger has it) or
refused; closing the page loses nothing. A file's name is only ever shown, and made harmless before it names a file.
"""

from __future__ import annotations

import logging
import re
import secrets
import shutil
import threading
import traceback
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cmic_screen.errors import CmicError, TooLargeError, UnknownRunError, UsageError
from cmic_screen.web.memory import give_back

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from cmic_screen.athand import Reading


_log = logging.getLogger(__name__)

AT_ONCE: Final = 2
"""Runs worked on, and uploads read, at one time."""
WAITING: Final = 32
"""Runs that may wait; one more is told to come back (503)."""
REMEMBERED: Final = 100
"""Jobs known at one time: beyond it the oldest that nobody works on is forgotten, its uploads removed."""
READ_WAIT: Final = 60.0
"""Seconds an upload waits to be read while others are."""
READ_ROWS: Final = 60_000
"""Rows of uploads kept in memory between being shown and being screened; beyond it the oldest are read again."""
STAGES: Final = ("Waiting for its turn.", "Reading the files.", "Screening.", "Writing the report.")
"""What a run goes through, in order, as `delivery` says it."""

_HARMFUL: Final = re.compile(r"[^\w .,()&+=@\[\]-]", re.UNICODE)
_LONGEST: Final = 120


def status_of(error: CmicError) -> int:
    """The HTTP status that says of an operational failure whose matter it is."""
    if isinstance(error, TooLargeError):
        return 413
    if isinstance(error, UnknownRunError):
        return 404
    return 400 if isinstance(error, UsageError) else 422


class CancelledError(CmicError):
    """A person cancelled the run: half-made material is removed as for any run that ends with a reason."""


GONE: Final = "Cancelled; nothing was kept."
BUSY: Final = "Too many screenings wait already. Try again in a minute."


class BusyError(Exception):
    """Too many runs wait already."""


@dataclass(slots=True)
class Job:
    """One screening asked for: uploaded, waiting, working, done, failed or cancelled.

    `positions` and `reading` are set when the files were read (`shown`: on a page), `preview` (the record without
    quiet rows) as soon as it is judged, `run_id` when it is done. `answered` says there is a preview, or an end;
    `drawn` that a page shows it (`watched`: one is there to). `layout` is the name under which `profile` is kept,
    `turn` the place in the queue.
    """

    id: str
    folder: Path
    names: tuple[str, ...]
    kind: str = "holdings"
    state: str = "uploaded"
    stage: str = "Uploaded."
    error: str = ""
    error_status: int = 422
    run_id: str = ""
    reviewer: str = ""
    profile: Path | None = None
    layout: str = ""
    as_of: date | None = None
    wanted_id: str = ""
    positions: int = 0
    reading: Reading | None = None
    shown: bool = False
    watched: bool = False
    turn: int = 0
    preview: dict[str, Any] | None = None
    cancel: threading.Event = field(default_factory=threading.Event)
    answered: threading.Event = field(default_factory=threading.Event)
    drawn: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def paths(self) -> tuple[Path, ...]:
        """The uploaded files, in the order given."""
        return tuple(self.folder / "in" / f"{i:03d}" / name for i, name in enumerate(self.names))

    @property
    def over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in {"done", "failed", "cancelled"}

    @property
    def step(self) -> int:
        """Where in `STAGES` it is."""
        return STAGES.index(self.stage) if self.stage in STAGES else 0

    def plain(self, message: str) -> str:
        """A message without the places where the uploads lie: a person knows them by their names alone."""
        return re.sub(re.escape(f"{self.folder}/") + r"(in/\d{3}/)?", "", message)

    def tell(self, stage: str) -> None:
        """Say what is being done now; CancelledError where a person has cancelled."""
        if self.cancel.is_set():
            raise CancelledError("cancelled.")
        self.stage = stage


def harmless(name: str) -> str:
    """A file name fit to be shown and stored: no path, no control character, not hidden, not long; never empty."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    cleaned = _HARMFUL.sub("_", last).strip(" .")
    stem, dot, ending = cleaned.rpartition(".")
    if len(cleaned) > _LONGEST:
        cleaned = f"{stem[: _LONGEST - len(ending) - 1]}{dot}{ending}"[:_LONGEST]
    return cleaned or "upload"


@dataclass(slots=True)
class Jobs:
    """All screenings of this server. `work` runs one and returns its run id; `home` is where uploads wait."""

    home: Path
    work: Callable[[Job], str]
    _jobs: dict[str, Job] = field(default_factory=dict)
    _pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(max_workers=AT_ONCE))
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _turns: int = 0
    _readers: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(AT_ONCE))

    def __post_init__(self) -> None:
        shutil.rmtree(self._waiting_room, ignore_errors=True)  # of a server that ended: its uploads were never kept
        self._waiting_room.mkdir(parents=True, mode=0o700)

    @property
    def _waiting_room(self) -> Path:
        return self.home / "page"

    def new(self, names: Iterable[str], *, kind: str = "holdings", reviewer: str = "") -> Job:
        """A job with places for its files; the caller writes them to `paths`."""
        job_id = secrets.token_urlsafe(9)
        job = Job(
            id=job_id, folder=self._waiting_room / job_id, names=tuple(harmless(n) for n in names), kind=kind,
            reviewer=reviewer,
        )  # fmt: skip
        for path in job.paths:
            path.parent.mkdir(parents=True, mode=0o700)
        job.folder.chmod(0o700)
        with self._lock:
            self._jobs[job_id] = job
            idle = [j for j in self._jobs.values() if j.state not in {"waiting", "working"}]
            forgotten = idle[: max(0, len(self._jobs) - REMEMBERED)]
        for old in forgotten:
            self.drop(old)
        return job

    def get(self, job_id: str) -> Job | None:
        """The job of that id."""
        return self._jobs.get(job_id)

    def start(self, job: Job) -> None:
        """Put a job on the queue; BusyError where too many wait."""
        with self._lock:
            waiting = sum(1 for j in self._jobs.values() if j.state in {"waiting", "working"})
            if waiting >= AT_ONCE + WAITING:
                raise BusyError
            self._turns += 1
            job.state, job.stage, job.turn = "waiting", STAGES[0], self._turns
        self._pool.submit(self._run, job)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One of the places for reading uploads; BusyError where none comes free in `READ_WAIT`."""
        if not self._readers.acquire(timeout=READ_WAIT):
            raise BusyError
        try:
            yield
        finally:
            self._readers.release()

    def remember(self, job: Job, reading: Reading) -> None:
        """Keep what was read of an upload until it is screened, `READ_ROWS` of all uploads together, the newest."""
        with self._lock:
            job.reading, left = reading, READ_ROWS
            for known in [job, *(j for j in reversed(self._jobs.values()) if j is not job)]:
                if known.reading is not None:
                    left -= len(known.reading.intake.table)
                    known.reading = known.reading if left >= 0 else None

    def open_of(self, reviewer: str) -> list[Job]:
        """Uploads of one start address that are not screened yet, newest first."""
        with self._lock:
            return [j for j in reversed(self._jobs.values()) if j.reviewer == reviewer and j.shown and not j.over]

    def said(self, job: Job) -> str:
        """What is being done now; for one that waits, how many are before it."""
        with self._lock:
            waiting = [j for j in self._jobs.values() if j.state == "waiting"]
        before = sum(j.turn < job.turn for j in waiting)
        return f"{job.stage[:-1]}; {before} before it." if job in waiting and before else job.stage

    def cancel(self, job: Job) -> None:
        """Stop a job: at once where it waits, at its next stage where it is worked on."""
        job.cancel.set()
        with self._lock:
            if job.state != "waiting":
                return
            job.state, job.stage = "cancelled", GONE
        self._end(job)

    def drop(self, job: Job) -> None:
        """Forget a job and remove its uploads."""
        shutil.rmtree(job.folder, ignore_errors=True)
        with self._lock:
            self._jobs.pop(job.id, None)

    def close(self) -> None:
        """Let running work end, take no more, and remove what waits."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        shutil.rmtree(self._waiting_room, ignore_errors=True)

    def _run(self, job: Job) -> None:
        with self._lock:
            if job.over:  # cancelled while it waited
                return
            job.state = "working"
        try:
            job.tell(STAGES[1])
            job.run_id = self.work(job)
            job.state, job.stage = "done", "Done."
        except CancelledError:
            job.state, job.stage = "cancelled", GONE
        except CmicError as error:
            job.error_status = status_of(error)
            job.state, job.stage, job.error = "failed", "Not screened.", job.plain(error.message)
        except Exception as error:  # noqa: BLE001 - a thread's bug must reach the page, not vanish with the thread
            job.state, job.stage = "failed", "Not screened."
            job.error = f"A fault in the program ({type(error).__name__}). Nothing was screened; please report it."
            job.error_status = 500
            steps = "; ".join(f"{Path(s.filename).name}:{s.lineno}" for s in traceback.extract_tb(error.__traceback__))
            _log.error("fault in a screening: %s at %s", type(error).__name__, steps)  # its text may name a client
        finally:
            self._end(job)

    @staticmethod
    def _end(job: Job) -> None:
        """Nothing of the upload stays; whoever waits is told."""
        shutil.rmtree(job.folder, ignore_errors=True)
        job.reading = job.preview = None
        give_back()
        job.answered.set()
        job.ended.set()
