"""The whole line on a 100,000-row workbook, reading alone, and start-up; each against a bare read or interpreter."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import book

CALAMINE = """
import sys
import python_calamine
book = python_calamine.CalamineWorkbook.from_path(sys.argv[1])
for name in book.sheet_names:
    book.get_sheet_by_name(name).to_python(skip_empty_area=False)
"""
PANDAS = "import sys, pandas; pandas.read_csv(sys.argv[1], dtype=str)"
READ = """
import sys
from pathlib import Path
from cmic_screen.ingest import read_holdings
read_holdings([Path(sys.argv[1])])
"""


def timed(*command: str) -> tuple[float, int]:
    """Wall seconds and peak memory (MB) of a command; a failure shows."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - start
    if done.returncode not in {0, 10, 11, 12}:
        sys.exit(f"{' '.join(command)[:200]} ended with {done.returncode}: {done.stderr[-2000:]}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return seconds, max(before, peak) // 1024


def best(times: int, *command: str) -> float:
    """The best of several runs, in seconds."""
    return min(timed(*command)[0] for _ in range(times))


def start_up() -> None:
    """`--help` against a bare interpreter."""
    program = [sys.executable, "-m", "cmic_screen", "--help"]
    bare = best(5, sys.executable, "-c", "pass")
    helped = best(5, *program)
    print(f"start-up: --help {helped:.2f} s, bare interpreter {bare:.2f} s, ratio {helped / bare:.1f}")


def line(count: int, securities: int, findings: int) -> None:
    """Screen and report a workbook, against a bare calamine read of it; then reading alone; then a csv."""
    with tempfile.TemporaryDirectory() as folder:
        xlsx, text = Path(folder, "book.xlsx"), Path(folder, "book.csv")
        book.write_xlsx(xlsx, count, securities, findings)
        book.write_csv(text, count, securities, findings)
        bare = best(2, sys.executable, "-c", CALAMINE, str(xlsx))
        read = best(2, sys.executable, "-c", READ, str(xlsx))
        bare_csv = best(2, sys.executable, "-c", PANDAS, str(text))
        read_csv = best(2, sys.executable, "-c", READ, str(text))
        whole, peak = timed(
            sys.executable, "-m", "cmic_screen", "screen", str(xlsx), "--no-history",
            "--out", str(Path(folder, "r.xlsx")), "--json", str(Path(folder, "r.json")),
        )  # fmt: skip
        print(f"{count} rows x {len(book.HEADER)}, {securities} securities, {findings} in listed names:")
        print(f"  bare calamine read {bare:.2f} s; our read {read:.2f} s, ratio {read / bare:.1f}")
        print(f"  bare pandas csv read {bare_csv:.2f} s; our read {read_csv:.2f} s, ratio {read_csv / bare_csv:.1f}")
        print(f"  screened and reported {whole:.1f} s, ratio to a bare read {whole / bare:.1f}, peak {peak} MB")


def main() -> None:
    """All of it."""
    start_up()
    line(100_000, 3_000, 500)


if __name__ == "__main__":
    main()
