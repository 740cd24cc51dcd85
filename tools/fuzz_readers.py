"""Fuzz the opening of files: mutated files in, and each outcome must be a reading or a clear InputError, in time.

    python tools/fuzz_readers.py --cases 20000 --seed 1 FILE_OR_FOLDER…

Cases run in batches inside worker processes that are bounded like the parsing child, with the child's work done in
place, so that thousands a minute are possible. A worker that dies (crashed), or runs out of memory (starved) or time
(late), is what the child contains and turns into an InputError: it is counted. Any other exception is a bug: it is
printed with the seed and number that make it again, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import os
import pickle
import random
import signal
import sys
import time
import traceback
import zipfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.connection import Connection

Corpus = list[tuple[str, bytes]]
"""Names and contents of the files to mutate."""
CASE_SECONDS: Final = 20
_INTERESTING: Final = (
    b"\x00", b"\xff", b"\xff\xff\xff\xff", b"\x00\x00\x00\x80", b'"', b"<", b">", b"&#0;", b"&amp;", b"-1",
    b"99999999999",     b"XFD1048576", b"\r", b"\n", b";", b"\xef\xbb\xbf", b"\xff\xfe", b"<!DOCTYPE x>", b"]]>",
    b"<![CDATA[", b"1e999", b"NaN",
)  # fmt: skip


def mutate(data: bytes, others: Sequence[bytes], rng: random.Random) -> bytes:
    """One mutated file: its bytes changed, or, in an archive, the bytes of one part before it is packed again."""
    if data[:2] == b"PK" and rng.random() < 0.8:
        return _mutate_part(data, rng)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        data = _change(data, others, rng)
    return data


def _mutate_part(data: bytes, rng: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = rng.choice(sorted(parts))
    if rng.random() < 0.05:
        del parts[name]
    else:
        for _ in range(rng.choice((1, 1, 2, 4))):
            parts[name] = _change(parts[name], (), rng)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return out.getvalue()


def _change(data: bytes, others: Sequence[bytes], rng: random.Random) -> bytes:
    if not data:
        return rng.choice(_INTERESTING)
    at, size = rng.randrange(len(data)), min(len(data), rng.choice((1, 2, 4, 8, 64, 512)))
    word, other = rng.choice(_INTERESTING), rng.randrange(len(data))
    donor = rng.choice(others) if others else data
    before, behind = data[:at], data[at + size :]
    return rng.choice(
        (
            before + bytes((data[at] ^ (1 << rng.randrange(8)),)) + data[at + 1 :],
            before + behind,
            before + data[at : at + size] * rng.choice((2, 3, 50)) + behind,
            before,
            before + word + data[at + (len(word) if rng.random() < 0.5 else 0) :],
            before + data[other : other + size] + behind,
            before + donor[rng.randrange(len(donor) + 1) :],
        )
    )


# ------------------------------------------------------------------------------------------------ worker


def _worker(pipe: Connection, corpus: list[tuple[str, bytes]], seed: int, first: int, last: int) -> None:
    """Run cases first..last-1, saying before each that it starts and after it how it ended."""
    from cmic_screen.ingest import child

    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    child._bound()  # noqa: SLF001 - the bounds of the real child are what is tested
    child.run = _in_place  # type: ignore[assignment]
    signal.signal(signal.SIGALRM, _alarm)
    contents = [data for _, data in corpus]
    for case in range(first, last):
        rng = random.Random(f"{seed}/{case}")
        name, data = corpus[case % len(corpus)]
        data = mutate(data, contents, rng)
        pipe.send((case, "starts", name, ""))
        signal.alarm(CASE_SECONDS)
        outcome, detail = _open(name, data)
        signal.alarm(0)
        pipe.send((case, outcome, name, detail))
    pipe.close()


def _in_place(task: str, data: bytes, _where: str, /, **options: object) -> Any:
    """What `child.run` does, without the child: the same function, its answer through the same pickle."""
    import importlib

    from cmic_screen.ingest import child

    module, function = child.TASKS[task]
    found = getattr(importlib.import_module(module), function)(data, **options)
    return child._Plain(io.BytesIO(pickle.dumps(found, 5))).load()  # noqa: SLF001


def _open(name: str, data: bytes) -> tuple[str, str]:
    from cmic_screen.errors import InputError
    from cmic_screen.ingest.files import open_bytes

    try:
        for raw in open_bytes(data, name):
            assert raw.sha256
            assert all(not grid.row_numbers or len(grid.row_numbers) == len(grid.rows) for grid in raw.grids)
    except InputError as error:
        clear = error.what and error.where and error.why and error.do
        return ("refused", "") if clear else ("bug", f"unclear message: {error.message}")
    except MemoryError:
        return "starved", "memory"
    except TimeoutError:
        return "late", "time"
    except Exception:  # noqa: BLE001 - any other exception is what is looked for
        return "bug", traceback.format_exc()
    return "read", ""


def _alarm(*_: object) -> None:
    raise TimeoutError


# ------------------------------------------------------------------------------------------------ driver


def run(corpus: Corpus, *, cases: int, seed: int, workers: int = 1) -> tuple[Counter[tuple[str, str]], list[str]]:
    """Outcomes counted by (file name, outcome), and the reports of bugs. Worker k runs the k-th share of the cases."""
    counts: Counter[tuple[str, str]] = Counter()
    bugs: list[str] = []
    share = -(-cases // workers)
    lanes = [_Lane(corpus, seed, k * share, min(cases, (k + 1) * share)) for k in range(workers)]
    while any(lane.live for lane in lanes):
        for lane in lanes:
            for case, outcome, name, detail in lane.step():
                counts[name, outcome] += 1
                if outcome == "bug":
                    bugs.append(f"seed {seed}, case {case}, {name}:\n{detail}")
    return counts, bugs


class _Lane:
    """One worker process after another over a share of the cases."""

    def __init__(self, corpus: list[tuple[str, bytes]], seed: int, first: int, last: int) -> None:
        self.corpus, self.seed, self.next, self.last = corpus, seed, first, last
        self.current: tuple[int, str] | None = None
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("fork")
        self.pipe, theirs = context.Pipe(duplex=False)
        self.process = context.Process(target=_worker, args=(theirs, self.corpus, self.seed, self.next, self.last))
        self.process.start()
        theirs.close()
        self.heard = time.monotonic()
        self.live = True

    def step(self) -> list[tuple[int, str, str, str]]:
        """Outcomes that have come in; a worker that died or hangs is replaced behind the case it was at."""
        found: list[tuple[int, str, str, str]] = []
        try:
            while self.live and self.pipe.poll(0.05 if not found else 0):
                case, outcome, name, detail = self.pipe.recv()
                self.heard = time.monotonic()
                if outcome == "starts":
                    self.current = (case, name)
                else:
                    self.current, self.next = None, case + 1
                    found.append((case, outcome, name, detail))
        except EOFError:
            found += self._ended()
        if self.live and time.monotonic() - self.heard > CASE_SECONDS * 3:
            self.process.kill()
        return found

    def _ended(self) -> list[tuple[int, str, str, str]]:
        self.process.join()
        self.live = False
        found = []
        if self.current is not None:
            case, name = self.current
            found.append((case, "crashed", name, f"exit {self.process.exitcode}"))
            self.current, self.next = None, case + 1
        if self.next < self.last:
            self._start()
        return found


def load(paths: Sequence[Path], largest: int) -> list[tuple[str, bytes]]:
    """The files to mutate, those up to `largest` bytes."""
    found = [file for path in paths for file in (sorted(path.rglob("*")) if path.is_dir() else [path])]
    files = [file for file in found if file.is_file()]
    return [(file.name, file.read_bytes()) for file in files if file.stat().st_size <= largest]


def main() -> int:
    """Run the cases asked for and print the outcomes."""
    parser = argparse.ArgumentParser(description="Fuzz the readers of cmic-screen.")
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--largest", type=int, default=400_000, help="bytes of the largest file to mutate")
    given = parser.parse_args()
    corpus = load(given.paths, given.largest)
    started = time.monotonic()
    counts, bugs = run(corpus, cases=given.cases, seed=given.seed, workers=given.workers)
    names = sorted({name for name, _ in counts})
    for name in names:
        print(
            f"{name:34}",
            *(f"{o} {counts[name, o]:6}" for o in ("read", "refused", "crashed", "starved", "late", "bug")),
            sep="  ",
        )
    total = Counter[str]()
    for (_, outcome), count in counts.items():
        total[outcome] += count
    print(f"{sum(total.values())} cases in {time.monotonic() - started:.0f} s: {dict(total)}")
    print(*bugs[:20], sep="\n", file=sys.stderr)
    return 1 if bugs else 0


if __name__ == "__main__":
    sys.exit(main())
