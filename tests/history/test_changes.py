"""A kept record is read past its quiet rows, however it is laid out."""

from __future__ import annotations

import json

import pytest

from cmic_screen.history import changes, runs
from cmic_screen.history.changes import record_of
from cmic_screen.history.material import Material
from cmic_screen.report import record as records


@pytest.mark.parametrize("layout", [records.dumps, json.dumps, lambda r: json.dumps(r, indent=1, sort_keys=True)])
def test_quiet_rows_are_left_out_and_all_else_is_there(tmp_path, make_finding, make_record, layout):
    tricky = 'x"verdict":"CLEAR"}'
    rows = [
        make_finding("", "A", "p1", "CLEAR"),
        make_finding("F-001", tricky, "p2", "REVIEW", uid="u") | {"issuer_name": tricky, "us_person": tricky},
        make_finding("", "A", "p3", "SET_ASIDE"),
        make_finding("F-002", "A", "p4", "PROHIBITED", uid="u"),
    ]
    made = make_record(rows)
    (tmp_path / "record.json").write_text(layout(made), encoding="utf-8")
    assert record_of(tmp_path) == made | {"findings": [rows[1], rows[3]]}
    (tmp_path / "record.json").write_text(layout(made | {"findings": []}), encoding="utf-8")
    assert record_of(tmp_path) == made | {"findings": []}
    (tmp_path / "record.json").write_text(layout(made | {"findings": rows[:1]}), encoding="utf-8")
    assert record_of(tmp_path) == made | {"findings": []}


def test_reopened_is_what_an_accepted_run_of_the_same_job_had_open(ledger, keep, ana, make_finding, make_record):
    """What another job had open, what nobody accepted and what came later is no past of this book."""
    held = [make_finding("F-001", "A", "p", "REVIEW", uid="u")]
    open_then, gone, open_now = make_record(held), make_record([]), make_record(held)

    def change(old):
        material = Material(runs.folder(ledger, old))
        found = changes.against(ledger, old, material, open_now, old.body["parts"])
        (said,) = (c["change"] for c in found if c["what"] == "finding")
        return said

    def kept(run_id, made, month, job="book", *, accept=False):
        run = keep(run_id, made=made, job=job, period=f"2026-{month}")
        return runs.accept(ledger, run, actor=ana, at="2026-11-22T12:00:00Z") if accept else run

    kept("R1", open_then, "05", job="other", accept=True)
    kept("R2", open_then, "06")
    before = kept("R3", gone, "07")
    kept("R4", open_then, "08", accept=True)
    after = kept("R5", gone, "09")
    assert (change(before), change(after)) == ("new", "reopened")


def test_the_first_difference_of_a_replay_is_named(tmp_path, make_finding, make_record, monkeypatch):
    from cmic_screen.history import material, replay

    one = make_record([make_finding("F-001", "A", "p", "REVIEW", uid="u", score=0.9)])
    (tmp_path / "record.json").write_text(records.dumps(one), encoding="utf-8")
    (tmp_path / "request.json").write_text(
        json.dumps({"schema": material.SCHEMA, "tool_version": "0.0.1"}), encoding="utf-8"
    )
    for other, words in (
        (one, ""),
        (make_record([make_finding("F-001", "A", "p", "REVIEW", uid="u", score=0.8)]),
         "findings[F-001].matches[0].evidence[0].score was 0.9, is 0.8. The run was made by version 0.0.1"),
        (make_record([]), "findings had 1 entries, has 0."),
        ({k: v for k, v in one.items() if k != "kind"}, "kind is gone."),
        (one | {"extra": 1}, "extra is new."),
    ):  # fmt: skip
        monkeypatch.setattr(material, "replayed", lambda _, other=other: records.dumps(other))
        found = replay.difference(tmp_path)
        assert found.startswith(words)
        assert bool(found) is bool(words)
