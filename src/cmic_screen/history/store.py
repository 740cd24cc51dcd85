"""Run folders: everything a run was made of, staged, flushed, sealed with a manifest, then renamed into place.

A process that dies leaves a staging folder whose lock the system has released (leftovers.py finds it). The manifest is
what `sha256sum -c` reads (GNU coreutils). Nothing is deleted.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import sys
from pathlib import Path, PurePosixPath
from typing import IO, Final, Self

from cmic_screen.digests import file_digest
from cmic_screen.errors import HistoryError, InputError, UsageError, words_of
from cmic_screen.history import place

MANIFEST: Final = "MANIFEST.sha256"
RECORD: Final = "record.json"
LIST: Final = "list.json"
RUNS, STAGING, INTERRUPTED = "runs", "staging", "interrupted"
STEP: Final = "STEP.json"
LOCK: Final = "LOCK"
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,99}")


def safe_id(run_id: str) -> str:
    """The run id, if it can be a folder's name; UsageError else (a slash would leave the history folder)."""
    if not _NAME.fullmatch(run_id) or run_id.endswith("."):
        raise UsageError(
            f"{run_id!r} cannot be a run id.",
            where="--run-id",
            do="Use letters, digits, '.', '_', '+' and '-', at most 100.",
        )
    return run_id


class Staging:
    """A run folder being filled. Locked while its process lives; `step` says what is being done, for the next run."""

    def __init__(self, folder: Path, run_id: str, at: str, lock: IO[bytes]) -> None:
        self.folder, self.run_id, self.at = folder, run_id, at
        self._lock: IO[bytes] | None = lock
        self._digests: dict[str, str] = {}

    @classmethod
    def begin(cls, home: Path, run_id: str, at: str) -> Self:
        """A new staging folder for `run_id`, owner-only. HistoryError where the disk or the rights forbid it."""
        safe_id(run_id)
        try:
            place.make_private(home / STAGING)
            folder = home / STAGING / f"{run_id}.{os.getpid()}"
            folder.mkdir(mode=0o700)
            lock = (folder / LOCK).open("xb")
        except OSError as error:
            raise _disk(error, home / STAGING) from error
        staging = cls(folder, run_id, at, lock)
        with contextlib.ExitStack() as failed:
            failed.callback(staging.release)  # or a process that serves on would seem to work at this run for ever
            try:
                hold(lock)
            except OSError as error:
                raise _disk(error, home / STAGING) from error
            staging.step("starting")
            failed.pop_all()
        return staging

    def step(self, what: str) -> None:
        """Say what comes next; after a crash the next run repeats it."""
        data = json.dumps({"run_id": self.run_id, "at": self.at, "step": what}).encode()
        try:
            place.replace_whole(self.folder / STEP, data)
        except OSError as error:
            raise _disk(error, self.folder) from error

    def put(self, name: str, data: bytes) -> str:
        """Keep bytes under a relative name; returns their SHA-256."""
        return self._keep(name, data)

    def put_file(self, name: str, source: Path) -> str:
        """Keep a copy of a file under a relative name; returns the SHA-256 of the copy. InputError where the source
        cannot be read: that is no fault of the history's folder.
        """
        try:
            source.open("rb").close()
        except OSError as error:
            raise InputError(
                f"the file cannot be read ({words_of(error)}).", where=str(source), why="Nothing was screened.",
                do="Check its permissions, and that no other program holds it.",
            ) from error  # fmt: skip
        return self._keep(name, source)

    def path(self, name: str) -> Path:
        """Where to write a file of the run oneself; `take` it afterwards."""
        target = self.folder / _relative(name)
        try:
            for parent in reversed(target.relative_to(self.folder).parents):
                (self.folder / parent).mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise _disk(error, self.folder) from error
        return target

    def take(self, name: str) -> str:
        """Take over a file that was written to `path(name)`: owner-only, flushed; returns its SHA-256."""
        target = self.folder / _relative(name)
        try:
            target.chmod(0o600)
            place.flush_file(target)
            self._digests[name] = file_digest(target)
        except OSError as error:
            raise _disk(error, self.folder) from error
        return self._digests[name]

    def _keep(self, name: str, what: bytes | Path) -> str:
        target = self.path(name)
        try:
            got = place.copy_new(what, target) if isinstance(what, Path) else place.write_new(target, what)
        except OSError as error:
            raise _disk(error, self.folder) from error
        self._digests[name] = got
        return got

    def seal(self) -> str:
        """Write the manifest, flush every folder, and return the manifest's SHA-256, which stands for the folder."""
        for path in sorted(p for p in self.folder.rglob("*") if p.is_file() and p.name not in {STEP, LOCK}):
            if (name := path.relative_to(self.folder).as_posix()) not in self._digests:
                self.take(name)  # written beside one that was asked for: a report's companion
        lines = [f"{digest}  {name}\n" for name, digest in sorted(self._digests.items())]
        try:
            got = place.write_new(self.folder / MANIFEST, "".join(lines).encode("utf-8"))
            (self.folder / STEP).unlink()  # only now: until here a crash must find the step
            for folder in {self.folder / Path(name).parent for name in self._digests} | {self.folder}:
                place.flush_folder(folder)
        except OSError as error:
            raise _disk(error, self.folder) from error
        return got

    def publish(self, home: Path) -> Path:
        """Rename the sealed folder to its place among the runs. Call it holding the ledger (`Ledger.writing`)."""
        target = home / RUNS / self.run_id
        if target.exists():
            raise HistoryError(
                f"run {self.run_id} was kept by another process meanwhile.", why="One name stands for one run.",
                do="Run it again, or give another --run-id.",
            )  # fmt: skip
        try:
            place.make_private(home / RUNS)
            self.release()
            (self.folder / LOCK).unlink()
            os.rename(self.folder, target)  # noqa: PTH104  # what the fault injection counts
            place.flush_folder(home / RUNS)
        except OSError as error:
            raise _disk(error, target) from error
        self.folder = target
        return target

    def withdraw(self, home: Path) -> None:
        """Take a published folder back among the staged ones; nothing to do where it was not published yet."""
        if self.folder == home / RUNS / self.run_id:
            self.folder = self.folder.rename(home / STAGING / f"{self.run_id}.{os.getpid()}")

    def discard(self) -> None:
        """Remove what was staged: for a run that ended with a reason and was never a run of the ledger."""
        self.release()
        shutil.rmtree(self.folder)

    def release(self) -> None:
        """Give the lock back; the folder stays where it is."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None


def manifest(folder: Path) -> dict[str, str]:
    """Relative name to SHA-256, as the folder's manifest says. HistoryError where it is missing or not a manifest."""
    path = folder / MANIFEST
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise HistoryError("the run has no manifest.", where=str(path), do="Run `history verify`.") from error
    found: dict[str, str] = {}
    for line in lines:
        digest, gap, name = line[:64], line[64:66], line[66:]
        if gap != "  " or not name:
            raise HistoryError(f"not a manifest line: {line[:80]!r}.", where=str(path), do="Run `history verify`.")
        found[name] = digest
    return found


def faults(folder: Path, sealed: str, *names: str) -> tuple[str, ...]:
    """What is wrong with a run folder against its manifest, and the manifest against `sealed`; () where all is well.
    With `names` only those files are looked at, which is enough for who reads no other.
    """
    if not folder.is_dir():
        return ("the folder is gone",)
    if not (folder / MANIFEST).is_file():
        return (f"{MANIFEST} is gone",)
    wrong: list[str] = []
    if file_digest(folder / MANIFEST) != sealed:
        wrong.append(f"{MANIFEST} was changed since the ledger entry")
    listed = manifest(folder)
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} - {MANIFEST}
    if names:
        listed = {name: listed.get(name, "") for name in names}
        there &= set(names)
    wrong += [f"{name} is gone" for name in sorted(set(listed) - there)]
    wrong += [f"{name} was added" for name in sorted(there - set(listed))]
    wrong += [
        f"{name} was changed" for name in sorted(there & set(listed)) if file_digest(folder / name) != listed[name]
    ]
    return tuple(wrong)


def _relative(name: str) -> Path:
    """A name inside the run folder; HistoryError where it would lead out of it."""
    pure = PurePosixPath(name)
    if pure.is_absolute() or ".." in pure.parts or not pure.parts or "\\" in name or "\n" in name:
        raise HistoryError(f"{name!r} is no name inside a run folder.")
    return Path(*pure.parts)


def _disk(error: OSError, where: Path) -> HistoryError:
    return HistoryError(
        f"the run could not be kept: {error.strerror or error}.",
        where=str(where),
        why="A run that is not kept is no compliance record; nothing was entered in the ledger.",
        do="Check room and rights of the folder, then run again.",
    )


def hold(stream: IO[bytes]) -> None:
    """Lock a file for this process without waiting; OSError where another holds it."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
