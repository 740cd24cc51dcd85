"""The trend of the accepted runs: a table on Changes, two charts on Summary with their words, or nothing."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from html import unescape

import pytest
from openpyxl import load_workbook

from cmic_screen.report import record, sheets, verify, workbook


def point(n: int, prohibited: str = "", review: str = "") -> dict[str, str]:
    return {
        "run_id": f"run-{n:02d}", "period": f"2026-{n:02d}", "as_of": f"2026-{n:02d}-28", "prohibited": str(n),
        "review": str(12 - n), "value_prohibited": prohibited, "value_review": review,
    }  # fmt: skip


YEAR = tuple(point(n, f"{n}00.50 USD; 7 HKD", "-20.25 USD; 0 HKD") for n in range(1, 13))


def drawn(run, path):
    """The alternative texts of the Summary's drawing and the places its charts draw."""
    workbook.write_report(run, path)
    with zipfile.ZipFile(path) as book:
        drawing = book.read("xl/drawings/drawing1.xml").decode()
        charts = [book.read(n).decode() for n in sorted(book.namelist()) if n.startswith("xl/charts/chart")]
    return [unescape(t) for t in re.findall(r'descr="([^"]*)"', drawing)], [
        [unescape(t) for t in re.findall(r"<(?:c:)?f>([^<]*)<", c)] for c in charts
    ]


@pytest.mark.slow
def test_a_year_is_drawn_in_rows_and_in_value_with_every_figure_in_words(small_run, tmp_path):
    (_, rows, value), charts = drawn(replace(small_run, trend=YEAR), tmp_path / "r.xlsx")
    assert "2026-01: prohibited 1, to review 11; 2026-02: prohibited 2, to review 10;" in rows
    assert "in USD" in value
    assert "2026-12: prohibited 1200.50, to review -20.25." in value
    book = load_workbook(tmp_path / "r.xlsx")

    def cells(place: str) -> list[object]:
        sheet, _, area = place.replace("'", "").partition("!")
        found = book[sheet][area.replace("$", "")]
        return [row[0].value for row in found] if isinstance(found, tuple) else [found.value]

    months = [f"2026-{n:02d}" for n in range(1, 13)]
    assert [[cells(place) for place in chart] for chart in charts[1:]] == [
        [["Prohibited rows"], months, list(range(1, 13)), ["To review"], months, [12 - n for n in range(1, 13)]],
        [["Prohibited, USD"], months, [n * 100 + 0.5 for n in range(1, 13)], ["To review, USD"], months, [-20.25] * 12],
    ]


def test_no_accepted_run_no_trend(small_run, tmp_path):
    said, charts = drawn(small_run, tmp_path / "r.xlsx")
    assert len(said) == len(charts) == 1


def test_summary_stays_one_page_and_the_changes_keep_their_header(small_run, tmp_path):
    workbook.write_report(replace(small_run, trend=YEAR), tmp_path / "r.xlsx")
    book = load_workbook(tmp_path / "r.xlsx")
    assert (book["Summary"].page_setup.fitToHeight, book["Summary"].page_setup.fitToWidth) == (1, 1)
    header = next(row for row in book["Changes"].iter_rows(max_col=1) if row[0].value == "Change")[0].row
    assert book["Changes"].freeze_panes == f"A{header + 1}"
    assert book["Changes"].print_title_rows.replace("$", "") == f"{header}:{header}"


def test_a_report_with_a_trend_is_the_same_each_time_and_verifies(small_run, tmp_path):
    run = replace(small_run, trend=YEAR)
    first = workbook.write_report(run, tmp_path / "a.xlsx", epoch=1_700_000_000)
    workbook.write_report(run, tmp_path / "b.xlsx", epoch=1_700_000_000)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert verify.verify(first.path, first.workbook_digest).status == "as written"


@pytest.mark.parametrize(
    ("trend", "alts", "note"),
    [
        ((point(1),), 1, "Figures of every run: foot of Changes."),
        ((point(1, "5 not stated"),), 2, "Figures of every run: foot of Changes."),
        ((point(1, "0 EUR; 0 USD"), point(2, "0 EUR; 9 USD")), 2, "Other currencies: EUR."),
        ((point(1, "1 =cmd()"), point(2, "", "2 =cmd()")), 1, "Other currencies: =cmd()."),
    ],
)
def test_value_is_drawn_in_one_currency_and_the_others_are_named(small_run, trend, alts, note):
    run = replace(small_run, trend=trend)
    page = sheets.plan(run, record.to_record(run)).pages[0]
    assert sum(c.get("kind") == "columns" for c in page.charts) == alts
    assert note in str(page.rows[-1].cells[0])
