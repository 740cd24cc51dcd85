"""Run by test_crashes.py in a process of its own: keeps a run, dies by SIGKILL at the n-th thing it does to the disk.

The program has no hook for this: the operating system's calls and SQLite's connection are replaced in a forked child.
For each n one child dies, then another looks at what is left and runs again. One JSON line a death, then totals.
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import sys
import warnings
from pathlib import Path

from cmic_screen.history import Ledger, runs, schema, verify
from cmic_screen.history import ledger as ledger_module
from cmic_screen.history.ledger import Who

ANA = Who(by="Ana", os_account="ana", host="desk")
AT = "2026-11-22T12:00:00Z"
CALLS = ("open", "write", "fsync", "rename", "replace", "mkdir", "unlink", "chmod")
RECORD = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))


class Fuse:
    """Counts calls; at the n-th kills the process, before the call or after (a write: after half of it)."""

    def __init__(self, at: int, after: bool) -> None:
        self.at, self.after, self.count = at, after, 0

    def burn(self, call, *args, **kwargs):
        self.count += 1
        if self.count != self.at:
            return call(*args, **kwargs)
        try:
            if self.after:
                if call is REAL["write"]:
                    args = (args[0], bytes(args[1])[: len(args[1]) // 2])
                call(*args, **kwargs)
        finally:
            os.kill(os.getpid(), signal.SIGKILL)


REAL = {name: getattr(os, name) for name in CALLS}


def arm(fuse: Fuse) -> None:
    """Replace the calls in this process, for good."""
    for name in CALLS:
        setattr(os, name, lambda *a, _call=REAL[name], **k: fuse.burn(_call, *a, **k))

    class Connection(sqlite3.Connection):
        def execute(self, *args):
            return fuse.burn(super().execute, *args)

    connect = sqlite3.connect
    ledger_module.sqlite3.connect = lambda *a, **k: connect(*a, factory=Connection, **k)


def keep(home: Path, run_id: str) -> tuple[str, ...]:
    """Keep one run as the program does; what was told of earlier ones."""
    with Ledger.open(home, allow_network=True) as ledger:
        staging, told = runs.begin(ledger, run_id, actor=ANA, at=AT)
        staging.step("copying the inputs")
        staging.put("inputs/0/0/book.csv", b"holdings" * 100)
        staging.step("writing the report")
        staging.put("record.json", json.dumps(RECORD).encode())
        new = runs.NewRun(record={**RECORD, "run_id": run_id}, exit_code=0, material="m")
        runs.enter(ledger, staging, new, actor=ANA, at=AT)
    return told


def look(home: Path) -> dict[str, object]:
    """What the next run finds, whether the ledger is whole, and whether running again works."""
    told = keep(home, "R2")
    with Ledger.open(home, allow_network=True) as ledger:
        there = [r.run_id for r in runs.all_runs(ledger)]
        if "R1" not in there:
            keep(home, "R1")
        return {
            "told": list(told),
            "entered": "R1" in there,
            "faults": list(verify.faults(ledger)),
            "version": schema.version(ledger.connection),
            "runs": sorted(r.run_id for r in runs.all_runs(ledger)),
            "staging": [p.name for p in (home / "staging").iterdir()],
        }


def forked(work) -> tuple[int, str]:
    """Run `work` in a child; its wait status, and what it printed."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        try:
            said = work()
            REAL["write"](write, json.dumps(said).encode())
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as stream:
        said = stream.read().decode()
    return os.waitpid(child, 0)[1], said


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main() -> None:
    base, stride = Path(sys.argv[1]), int(sys.argv[3])
    warnings.simplefilter("error")
    deaths = 0
    for after in (False, True):
        point = 1
        while True:
            home = base / f"{'after' if after else 'before'}-{point}"
            home.mkdir()

            def die(home: Path = home, fuse: Fuse | None = None, at: int = point, after: bool = after) -> bool:
                arm(Fuse(at, after))
                keep(home, "R1")
                return True

            status, finished = forked(die)
            if finished:
                break
            deaths += os.WIFSIGNALED(status)
            _, seen = forked(lambda home=home: look(home))
            say(json.dumps({"after": after, "point": point, **json.loads(seen or "{}")}))
            point += stride
    say(json.dumps({"deaths": deaths}))


main()
