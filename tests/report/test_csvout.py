"""Csv for other readers: every row, and no cell that a spreadsheet program would run."""

from __future__ import annotations

import csv
import hashlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmic_screen.report import csvout, record, rowjson, walk

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"), ("  =1", "'  =1"), ("＝1", "'＝1"), ("\t=1", "'\t=1"),
        ("-1234.50", "-1234.50"), ("+5", "+5"), ("1,234.50", "1,234.50"), ("China Mobile", "China Mobile"), ("", ""),
        ("a\x00b", "a\ufffdb"),
    ],
)  # fmt: skip
def test_cells_no_program_runs(text, made):
    assert csvout.safe(text) == made


@given(st.text())
def test_no_cell_starts_like_a_formula_unless_it_is_a_number(text):
    made = csvout.safe(text)
    assert not made.lstrip(" ").startswith(RISKY) or made.lstrip("+-").replace(",", "").replace(".", "").isdigit()


@given(st.lists(st.text(st.sampled_from("aZ09 .,_-=+@\"'\r\n\t\0é中＝")), min_size=2))
def test_lines_are_those_of_the_csv_module(cells):
    out = io.StringIO()
    csv.writer(out).writerow([csvout.safe(c) for c in cells])
    assert csvout._line(cells) == out.getvalue()


def test_rows_are_what_their_findings_give(run, tmp_path):
    csvout.write_rows(run, tmp_path / "r.csv")
    encoder = rowjson.Encoder({})
    wanted = "".join(csvout._line(csvout.row(encoder.to_dict(f))) for f in walk.everything(run, run.nearest))
    with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as made:
        assert made.read().partition(",".join(csvout.COLUMNS) + "\r\n")[2] == wanted


def read(path):
    lines = path.read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("#")
    return list(csv.DictReader(lines[1:]))


def test_findings_are_all_there(run, tmp_path):
    rec = record.to_record(run)
    digest = csvout.write_findings(rec["findings"], tmp_path / "f.csv")
    assert digest == hashlib.sha256((tmp_path / "f.csv").read_bytes()).hexdigest()
    rows = read(tmp_path / "f.csv")
    assert [r["ref"] for r in rows] == [f["ref"] for f in rec["findings"]]
    assert next(r for r in rows if r["ref"] == "F-005")["market_value"] == "-487125.50"


def test_rows_are_all_there_with_the_nearest_name(run, tmp_path):
    csvout.write_rows(run, tmp_path / "r.csv")
    rows = read(tmp_path / "r.csv")
    assert len(rows) == run.totals.positions + run.totals.problems
    assert any(r["cleared_by"] == "name" and r["nearest_name"] == "China Mobile Limited" for r in rows)


def test_no_findings_is_a_heading(tmp_path):
    csvout.write_findings([], tmp_path / "f.csv")
    assert read(tmp_path / "f.csv") == []
