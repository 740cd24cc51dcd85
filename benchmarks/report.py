"""How long a report takes, beside a bare openpyxl pass over the same cells; run by hand, prints one line a size.

`python benchmarks/report.py [ROWS FINDINGS]…`; the book is made up (tests/report/conftest.py), the peak the process's.
"""

from __future__ import annotations

import csv
import importlib.util
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cmic_screen.report import csvout, record, sheets, workbook
from cmic_screen.report.tables import Cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmic_screen.run import ScreeningRun

ROOT = Path(__file__).resolve().parent.parent
SIZES = ((10_000 - 20, 500), (100_000, 500))


def book_maker() -> Any:
    """The fixture module that builds runs by hand."""
    spec = importlib.util.spec_from_file_location("report_conftest", ROOT / "tests" / "report" / "conftest.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["report_conftest"] = module
    spec.loader.exec_module(module)
    return module


def bare(run: ScreeningRun, path: Path) -> float:
    """Seconds to write the same values with openpyxl and nothing else: every sheet, and the companion's rows too."""
    from openpyxl import Workbook

    plan = sheets.plan(run, record.to_record(run))
    values = [[[c.value if isinstance(c, Cell) else c for c in row.cells] for row in page.rows] for page in plan.pages]
    if sheets.needs_companion(run):
        rows = path.with_suffix(".rows.csv")
        csvout.write_rows(run, rows)
        with rows.open(encoding="utf-8-sig", newline="") as lines:
            values.append(list(csv.reader(lines))[2:])
    start = time.process_time()
    book = Workbook(write_only=True)
    for rows in values:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append([("'" + v if isinstance(v, str) and v.startswith("=") else v) for v in row])
    book.save(path)
    return time.process_time() - start


def main(sizes: Sequence[tuple[int, int]]) -> None:
    maker = book_maker()
    for rows, findings in sizes:
        cases = maker.prohibited_cases() + maker.other_cases()[:6]
        run = maker.run_of([*(cases[i % len(cases)] for i in range(findings)), *maker.filler(rows - findings)])
        with tempfile.TemporaryDirectory() as folder:
            start = time.process_time()
            workbook.write_report(run, Path(folder) / "report.xlsx")
            ours = time.process_time() - start
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            theirs = bare(run, Path(folder) / "bare.xlsx")
        print(
            f"{rows:>8,} rows, {findings} findings: report {ours:5.1f} s of processor, bare openpyxl over the same "
            f"cells {theirs:5.1f} s, "
            f"ratio {ours / theirs:.2f}, peak {peak:.0f} MB"
        )


if __name__ == "__main__":
    numbers = [int(a) for a in sys.argv[1:]]
    main(tuple(zip(numbers[::2], numbers[1::2], strict=True)) or SIZES)
