"""The record: its fields, its digest, its text."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest

import cmic_screen
from cmic_screen import load_list, read_holdings, screen
from cmic_screen.digests import canonical
from cmic_screen.reference.snapshot import sealed
from cmic_screen.report import explain, record, rowjson, walk
from cmic_screen.report.sheets import plan
from cmic_screen.run import Line, finding_of

SCHEMA = json.loads((Path(cmic_screen.__file__).parent / "report" / "schema.json").read_text("utf-8"))


@pytest.mark.parametrize("all_rows", [False, True])
def test_record_fits_its_schema(run, all_rows):
    rec = record.to_record(run, all_rows=all_rows)
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(rec)
    assert len(rec["findings"]) == (run.totals.positions + run.totals.problems if all_rows else len(run.findings))


def test_schema_refuses_an_unknown_field(run):
    rec = record.to_record(run)
    rec["findings"][0]["colour"] = "red"
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(rec)


def test_text_is_sorted_one_finding_a_line_and_round_trips(run):
    rec = record.to_record(run, all_rows=True)
    text = record.dumps(rec)
    assert text.endswith("}\n")
    assert json.loads(text) == rec
    assert list(json.loads(text)) == sorted(rec)
    lines = [ln for ln in text.splitlines() if ln.startswith('{"account"')]
    assert len(lines) == len(rec["findings"])


def test_fast_lines_are_what_json_gives(run):
    encoder = rowjson.Encoder(record.problems(run))
    for finding in walk.everything(run, run.nearest):
        assert encoder.line(finding) == canonical(encoder.to_dict(finding))


ODD = ("", "a", " | ", "a | b", "|", '\n"\\', "中国", "x |  | y", "\x00", "1,5")


@pytest.mark.parametrize("odd", ODD)
def test_a_row_not_made_into_a_finding_gives_the_same_line(run, odd):
    encoder = rowjson.Encoder(record.problems(run))
    line = next(x for x in walk.lines(run) if isinstance(x, Line) and x.security.fingerprint in run.nearest)
    told = [{"field": odd, "before": odd, "after": odd, "rule": odd}]
    for more in ("", "7", "7,9"):
        made = line._replace(cells=odd, account=odd, quantity=odd, ref=odd, more_rows=more, repairs=json.dumps(told))
        near = run.nearest[line.security.fingerprint]
        assert encoder.row(made, near) == canonical(encoder.to_dict(finding_of(made, near)))


def test_lines_are_all_rows_in_their_order(run):
    lines = list(walk.lines(run))
    found = [finding_of(x) if isinstance(x, Line) else x for x in lines]
    assert found == list(walk.everything(run, {}))
    assert sum(isinstance(x, Line) for x in lines) == run.totals.positions
    assert len(lines) == run.totals.positions + run.totals.problems


def test_written_file_is_the_dump(run, tmp_path):
    for all_rows in (False, True):
        path = tmp_path / f"{all_rows}.json"
        record.write_record(run, path, all_rows=all_rows)
        assert path.read_text("utf-8") == record.dumps(record.to_record(run, all_rows=all_rows))


def test_digest_ignores_names_and_clock_only(run):
    rec = record.to_record(run)
    same = record.to_record(
        replace(run, run_id="other", created_at="2030-01-01T00:00:00Z", list_age_days=1, qualifications=())
    )
    assert same["content_digest"] == rec["content_digest"]
    assert record.to_record(run, all_rows=True)["content_digest"] == rec["content_digest"]
    for other in (replace(run, tool_version="9"), replace(run, master_rows=1), replace(run, kind="trades")):
        assert record.to_record(other)["content_digest"] != rec["content_digest"]


def test_digest_covers_quiet_rows_too(run):
    table = run.intake.table.copy()
    quiet = run.outcomes.index[run.outcomes["verdict"] == "CLEAR"][0]
    table.loc[quiet, "quantity"] = "999999"
    changed = replace(run, intake=replace(run.intake, table=table))
    assert record.to_record(changed)["content_digest"] != record.to_record(run)["content_digest"]


def test_rows_digest_can_be_worked_out_from_a_full_record(run):
    rec = record.to_record(run, all_rows=True)
    assert record.rows_digest(rec["findings"]) == rec["rows_digest"]


def test_sample_can_be_drawn_by_hand(run):
    rec = record.to_record(run, all_rows=True)
    quiet = [
        "{file}!{sheet}!{row}".format(**f["source"]) for f in rec["findings"] if f["verdict"] in {"CLEAR", "SET_ASIDE"}
    ]
    ranked = sorted(quiet, key=lambda s: hashlib.sha256((rec["content_digest"] + "|" + s).encode()).hexdigest())
    assert rec["sample"] == ranked[:25]
    assert len(rec["sample"]) == 25


def test_a_problem_row_says_what_to_do(run):
    first = record.to_record(run)["findings"][0]
    assert first["verdict"] == "UNSCREENED"
    assert first["problem"]["do"].startswith("Open the file")


def test_nearest_names_of_quiet_rows_have_a_limit_and_findings_have_none(run, monkeypatch):
    def named(rec):
        quiet = [f for f in rec["findings"] if f["verdict"] == "CLEAR"]
        return [f["ref"] for f in rec["findings"] if f["ref"] and f["nearest"]], sum(bool(f["nearest"]) for f in quiet)

    some = next(names for names in run.nearest.values() if names)
    found = next(f.security.fingerprint for f in run.findings if f.security.fingerprint)
    run = replace(run, nearest={**run.nearest, found: some})
    whole = record.to_record(run, all_rows=True)
    monkeypatch.setattr(walk, "NEAREST_MOST", len(run.securities) - 1)
    cut = record.to_record(run, all_rows=True)
    assert named(whole)[0] == named(cut)[0] != []
    assert named(whole)[1] > named(cut)[1] == 0
    assert cut["content_digest"] == whole["content_digest"]
    monkeypatch.setattr(walk, "NEAREST_MOST", len(run.securities))
    assert named(record.to_record(run, all_rows=True)) == named(whole)


def test_a_removed_company_is_told_with_the_day_of_its_removal(home, tmp_path):
    book = tmp_path / "book.csv"
    rows = ("Security Name,ISIN,Quantity", "China Mobile Ltd,HK0941009539,100", "CNOOC Ltd,HK0883013259,5")
    book.write_text("\n".join(rows), "utf-8")
    listed = load_list()
    gone = tuple(replace(e, removed=date(2026, 6, 1)) if e.uid == "30923" else e for e in listed.entities)
    found = screen(read_holdings(book), sealed(replace(listed, entities=gone)), as_of=date(2026, 6, 2), run_id="R-1")
    full = json.loads(record.dumps(record.to_record(found)))
    assert [f["verdict"] for f in full["findings"]] == ["PERMITTED", "PROHIBITED"]
    dates = {f["matches"][0]["entity_uid"]: f["matches"][0]["dates"] for f in full["findings"]}
    assert dates["30923"]["removed"] == "2026-06-01"
    assert "removed" not in dates["30926"]
    jsonschema.Draft202012Validator(SCHEMA).validate(full)
    assert "removed 2026-06-01" in " ".join(explain.to_text(explain.explain(full, "F-001")).split())
    (cards,) = [p for p in plan(found, full).pages if p.name == "Evidence"]
    assert any("removed 2026-06-01" in str(c) for row in cards.rows for c in row.cells)
