"""Reading and screening whole files against a bare read of the same cells, and start-up against a bare interpreter.

Each figure is of a process of its own: seconds by the clock, seconds of processor (its children's too), peak memory.
Ratios of processor time hold on a machine that does other work meanwhile; those of the clock do not.
"""

from __future__ import annotations

import csv
import gzip
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks import book, names
from cmic_screen.reference import load_snapshot
from cmic_screen.reference.securities import load_master
from cmic_screen.reference.snapshot import write_snapshot
from cmic_screen.resolve.index import SecurityIndex

if TYPE_CHECKING:
    from cmic_screen.model import ListedEntity

ROOT = Path(__file__).resolve().parent.parent

CALAMINE = """
import sys
import python_calamine
book = python_calamine.CalamineWorkbook.from_path(sys.argv[1])
for name in book.sheet_names:
    book.get_sheet_by_name(name).to_python(skip_empty_area=False)
"""
PANDAS = """
import sys, pandas
print(pandas.read_csv(sys.argv[1], dtype=str).memory_usage(deep=True).sum() >> 20)
"""
OPEN = """
import sys
from cmic_screen.ingest import files
files.open_raw(sys.argv[1])
"""
READ = """
import sys
from cmic_screen.ingest import read_holdings
read_holdings([sys.argv[1]])
"""


class Cost(NamedTuple):
    """What a process cost: seconds by the clock and of processor, megabytes at its peak, and what it printed."""

    wall: float
    cpu: float
    peak: int
    said: str


def timed(*command: str) -> Cost:
    """What a command costs; a failure shows. The peak is that of its largest process."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=errors)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        for stream in (out, errors):
            stream.seek(0)
        if process.returncode not in {0, 10, 11, 12}:
            sys.exit(f"{' '.join(command)[:200]} ended with {process.returncode}: {errors.read()[-2000:].decode()}")
        return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, out.read().decode().strip())


def best(times: int, *command: str) -> Cost:
    """The run of several that took the least processor time."""
    return min((timed(*command) for _ in range(times)), key=lambda cost: cost.cpu)


def python(code: str, path: Path, times: int = 2) -> Cost:
    """What a few lines cost on a file."""
    return best(times, sys.executable, "-c", code, str(path))


def line(what: str, cost: Cost, bare: Cost) -> None:
    """One line of the answer, against a bare read."""
    print(
        f"  {what:<24} {cost.wall:6.2f} s by the clock ({cost.wall / bare.wall:4.1f} times), "
        f"{cost.cpu:6.2f} s of processor ({cost.cpu / bare.cpu:4.1f} times), peak {cost.peak:,} MB"
    )


def start_up() -> None:
    """`--help` against a bare interpreter."""
    bare = best(5, sys.executable, "-c", "pass")
    print("start-up:")
    line("bare interpreter", bare, bare)
    line("--help", best(5, sys.executable, "-m", "cmic_screen", "--help"), bare)


def workbook(count: int, securities: int, findings: int) -> None:
    """Open, read, screen and report a workbook, against a bare calamine read of all its cells."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "book.xlsx")
        book.write_xlsx(path, count, securities, findings)
        bare = python(CALAMINE, path)
        print(f"xlsx, {count:,} rows x {len(book.HEADER)}, {securities:,} securities, {findings} in listed names:")
        line("bare calamine read", bare, bare)
        line("opened (open_raw)", python(OPEN, path), bare)
        line("read (read_holdings)", python(READ, path), bare)
        outputs = ("--no-history", "--out", str(Path(folder, "r.xlsx")), "--json", str(Path(folder, "r.json")))
        line("screened and reported", timed(sys.executable, "-m", "cmic_screen", "screen", str(path), *outputs), bare)


def text(count: int, securities: int, findings: int) -> None:
    """Open and read delimited text, against pandas; and the memory that takes, against the frame pandas makes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "book.csv")
        book.write_csv(path, count, securities, findings)
        bare = python(PANDAS, path)
        print(f"csv, {count:,} rows x {len(book.HEADER)}, {path.stat().st_size >> 20:,} MB:")
        line("pandas.read_csv", bare, bare)
        line("opened (open_raw)", python(OPEN, path), bare)
        read = python(READ, path)
        line("read (read_holdings)", read, bare)
        frame = int(bare.said)
        print(f"  memory: peak {read.peak / frame:.1f} times pandas' frame ({frame:,} MB), "
              f"{read.peak / bare.peak:.1f} times its peak")  # fmt: skip


def lists(count: int) -> None:
    """The whole run of one book against the list, and against longer ones of companies that the book does not hold."""
    data = Path(os.environ.get("CMIC_SHARED", ROOT.parent / "shared")) / "data"
    if not data.is_dir():
        print(f"long lists: not measured, CMIC_SHARED holds no data in {data}")
        return
    with (data / "names/unrelated.csv").open(encoding="utf-8", newline="") as file:
        held = [row["name"] for row in csv.DictReader(file)][:20_000]
    with gzip.open(data / "master/financedatabase_equities_2026-08-16.csv.gz", "rt", encoding="utf-8") as file:
        others = names.companies(sorted({row["name"] for row in csv.DictReader(file)} - set(held)))
    snapshot = load_snapshot()
    listed = SecurityIndex(snapshot, load_master().rows).names
    more = [entity(snapshot.entities[0], i, text) for i, text in enumerate(names.unmet(listed, others[:30_000], held))]
    with tempfile.TemporaryDirectory() as folder:
        path, report = Path(folder, "book.csv"), str(Path(folder, "r.xlsx"))
        book.write_names(path, count, held)
        print(f"csv, {count:,} rows, {len(held):,} names, screened and reported against lists of:")
        bare: Cost | None = None
        for length in (0, 1_000, 20_000):
            entities = (*snapshot.entities, *more[:length])
            longer = Path(folder, "list.json")
            write_snapshot(replace(snapshot, entities=entities), longer)
            outputs = ("--no-history", "--list", str(longer), "--out", report)
            cost = best(2, sys.executable, "-m", "cmic_screen", "screen", str(path), *outputs)
            line(f"{len(entities):,} companies", cost, bare := bare or cost)


def entity(like: ListedEntity, number: int, name: str) -> ListedEntity:
    """A made entity with one name and nothing else of its own."""
    known = replace(like.names[0], text=name)
    return replace(like, uid=f"9{number:06d}", names=(known,), identifiers=(), tickers=())


def main() -> None:
    """All of it. `python -m benchmarks.whole ROWS` takes that many rows of text instead of a million."""
    start_up()
    workbook(100_000, 3_000, 500)
    text(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000, 3_000, 500)
    lists(100_000)


if __name__ == "__main__":
    main()
