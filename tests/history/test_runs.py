"""Runs in the ledger: whole or not at all, told when interrupted, frozen when accepted, found when tampered with."""

from __future__ import annotations

import json
import sqlite3
import stat
import sys

import pytest

from cmic_screen.digests import file_digest
from cmic_screen.errors import HistoryError, UsageError
from cmic_screen.history import Ledger, runs, schema, store, trend, verify
from cmic_screen.history.ledger import FILE

AT = "2026-11-22T12:00:00Z"


def test_a_run_is_a_private_folder_and_an_entry(ledger, keep, home):
    run = keep("R1", files=("inputs/0/0/book.csv",))
    folder = runs.folder(ledger, run)
    assert (folder / "inputs/0/0/book.csv").read_bytes() == b"holdings"
    assert run.sealed == file_digest(folder / store.MANIFEST)
    assert verify.faults(ledger) == ()
    if sys.platform != "win32":
        assert {stat.S_IMODE(p.stat().st_mode) for p in (home / "runs").rglob("*") if p.is_file()} == {0o600}
        assert {stat.S_IMODE(p.stat().st_mode) for p in (home / "runs").rglob("*") if p.is_dir()} == {0o700}


@pytest.mark.parametrize("run_id", ["", "../x", "a/b", "a\\b", ".hidden", "x.", "a b", "é", "x" * 101])
def test_a_run_id_that_could_leave_the_folder_is_refused(ledger, ana, run_id):
    with pytest.raises(UsageError, match="cannot be a run id"):
        runs.begin(ledger, run_id, actor=ana, at=AT)


@pytest.mark.parametrize("name", ["/etc/x", "../x", "a/../../x", "", "a\\..\\x", "a\nb"])
def test_a_name_that_would_leave_the_run_folder_is_refused(ledger, ana, name):
    staging, _ = runs.begin(ledger, "R1", actor=ana, at=AT)
    with pytest.raises(HistoryError, match="no name inside"):
        staging.put(name, b"")
    staging.release()


def test_a_run_id_taken_while_the_run_was_made_is_told_as_that(ledger, ana, home, make_record):
    staging, _ = runs.begin(ledger, "R1", actor=ana, at=AT)
    (home / "runs/R1").mkdir(parents=True)
    with pytest.raises(HistoryError, match="kept by another process meanwhile"):
        runs.enter(ledger, staging, runs.NewRun(record=make_record([], run_id="R1"), exit_code=0, material=""),
                   actor=ana, at=AT)  # fmt: skip
    staging.discard()
    assert ledger.entries() == ()


def test_the_same_run_id_twice_is_refused(ledger, keep):
    keep("R1")
    with pytest.raises(HistoryError, match="in the ledger already"):
        keep("R1")
    assert len(runs.all_runs(ledger)) == 1


def test_runs_are_found_by_beginning(ledger, keep):
    keep("2026-10-a")
    keep("2026-11-b")
    assert [r.run_id for r in runs.all_runs(ledger)] == ["2026-11-b", "2026-10-a"]
    assert runs.find(ledger, "latest").run_id == runs.find(ledger, "2026-11").run_id == "2026-11-b"
    for text, words in (("2026", "2 runs answer"), ("1999", "no run")):
        with pytest.raises(HistoryError, match=words):
            runs.find(ledger, text)


def test_an_accepted_run_is_frozen(ledger, keep, ana, bo):
    first, second = keep("R1", job="book", period="2026-10"), keep("R2", job="book", period="2026-10")
    runs.accept(ledger, first, actor=ana, at=AT)
    with pytest.raises(HistoryError, match="was accepted by Ana"):
        runs.accept(ledger, runs.find(ledger, "R1"), actor=bo, at=AT)
    with pytest.raises(HistoryError, match="frozen: run R1"):
        runs.accept(ledger, second, actor=bo, at=AT)
    assert verify.faults(ledger) == ()
    assert runs.last_accepted(ledger, "book", "2026-11").run_id == "R1"
    assert runs.last_accepted(ledger, "book", "2026-10") is None
    assert runs.last_accepted(ledger, "other") is None


def test_a_blocked_or_changed_run_cannot_be_accepted(ledger, keep, ana):
    with pytest.raises(HistoryError, match="account A-7 has vanished"):
        runs.accept(ledger, keep("R1", blockers=("account A-7 has vanished.",)), actor=ana, at=AT)
    run = keep("R2")
    (runs.folder(ledger, run) / "record.json").write_text("{}", encoding="utf-8")
    with pytest.raises(HistoryError, match=r"record\.json was changed"):
        runs.accept(ledger, run, actor=ana, at=AT)


def test_the_trend_is_the_last_twelve_accepted_runs_of_a_job(ledger, keep, ana, make_finding, make_record):
    for month in range(1, 15):
        made = make_record(
            [make_finding(f"F-{i:03d}", "A", f"s{i}", "PROHIBITED") for i in range(month)],
            as_of=f"20{month + 10}-01-31",
        )
        run = keep(f"R{month}", made=made, job="book", period=f"20{month + 10}-01")
        if month != 3:
            runs.accept(ledger, run, actor=ana, at=AT)
    points = trend.trend(ledger, "book")
    assert [p["prohibited"] for p in points] == [2, *range(4, 15)]
    assert trend.trend(ledger, "other") == ()


def test_an_interrupted_run_is_told_set_aside_and_entered_once(ledger, ana, home):
    staging, told = runs.begin(ledger, "R1", actor=ana, at=AT)
    assert told == ()
    staging.step("writing the report")
    staging.release()  # what the system does when a process dies
    again, told = runs.begin(ledger, "R1", actor=ana, at=AT)
    again.release()
    assert len(told) == 1
    for words in ("R1", "stopped at: writing the report", "interrupted/R1-1"):
        assert words in told[0]
    assert (home / "interrupted/R1-1/STEP.json").is_file()
    assert [e.body["step"] for e in ledger.entries(runs.STOPPED)] == ["writing the report"]


def test_a_run_in_progress_is_left_alone(ledger, ana):
    staging, _ = runs.begin(ledger, "R1", actor=ana, at=AT)
    other, told = runs.begin(ledger, "R2", actor=ana, at=AT)
    assert told == ()
    assert staging.folder.is_dir()
    other.release()
    staging.release()


def test_a_folder_does_not_stay_without_its_entry_where_the_ledger_fails(ledger, ana, home, make_record):
    """A disk that was full for the entry alone left a run's folder, and `history verify` told of a removed entry."""
    full = sqlite3.OperationalError("database or disk is full")

    class Full:
        def __init__(self, connection):
            self.connection = connection

        def __getattr__(self, name):
            return getattr(self.connection, name)

        def execute(self, sql, *values):
            if sql.startswith("INSERT INTO entry"):
                raise full
            return self.connection.execute(sql, *values)

    new = runs.NewRun(record={**make_record([]), "run_id": "R1"}, exit_code=0, material="m")

    def kept():
        with runs.begun(ledger, "R1", actor=ana, at="") as (staging, _):
            staging.put("record.json", b"{}")
            runs.enter(ledger, staging, new, actor=ana, at="")

    whole, ledger.connection = ledger.connection, Full(ledger.connection)
    with pytest.raises(HistoryError, match="is full"):
        kept()
    ledger.connection = whole
    assert [p for name in ("runs", "staging") for p in (home / name).iterdir()] == []
    assert verify.faults(ledger) == ()


def test_two_runs_at_once_are_both_entered(home, ana, make_record):
    with Ledger.open(home) as one, Ledger.open(home) as two:
        first, _ = runs.begin(one, "R1", actor=ana, at=AT)
        second, told = runs.begin(two, "R2", actor=ana, at=AT)
        assert told == ()
        for ledger, staging in ((two, second), (one, first)):
            new = runs.NewRun(record=make_record([], run_id=staging.run_id), exit_code=0, material="")
            runs.enter(ledger, staging, new, actor=ana, at=AT)
        assert [r.run_id for r in runs.all_runs(one)] == ["R1", "R2"]
        assert verify.faults(two) == ()


def test_the_same_month_twice_at_once_is_entered_once(home, ana, make_record):
    with Ledger.open(home) as one, Ledger.open(home) as two:
        stagings = [
            (ledger, runs.begin(ledger, name, actor=ana, at=AT)[0]) for ledger, name in ((one, "R1"), (two, "R2"))
        ]
        said = {"exit_code": 0, "material": "m", "month": runs.Monthly(job="book", period="2026-10")}
        for ledger, staging in stagings[:1]:
            runs.enter(ledger, staging, runs.NewRun(record=make_record([], run_id="R1"), **said), actor=ana, at=AT)
        with pytest.raises(HistoryError, match="by another process meanwhile"):
            runs.enter(two, stagings[1][1], runs.NewRun(record=make_record([], run_id="R2"), **said), actor=ana, at=AT)
        stagings[1][1].discard()
        assert [r.run_id for r in runs.all_runs(two)] == ["R1"]
        assert verify.faults(two) == ()  # a folder among the runs without an entry was told as a removed entry


def test_a_second_writer_waits_and_then_says_so(home, ana, monkeypatch):
    from cmic_screen.history import ledger as module

    monkeypatch.setattr(module, "WAIT_SECONDS", 0.05)
    waiting = pytest.raises(HistoryError, match="Another run is writing")
    with Ledger.open(home) as one, Ledger.open(home) as two, one.writing(), waiting:
        two.append("note", {}, actor=ana, at=AT)


def tamper(home, *statements):
    """Edit the ledger as somebody with a SQLite tool would, triggers out of the way."""
    raw = sqlite3.connect(home / FILE, isolation_level=None)
    objects = dict(raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    for name in objects:
        raw.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        raw.execute(statement)
    for sql in objects.values():
        raw.execute(sql)
    raw.close()


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE entry SET body = json_set(body, '$.exit_code', 0) WHERE seq = 2", "entry 2 (run R2) was changed"),
        ("UPDATE entry SET body = 'no JSON' WHERE seq = 2", "entry 2 (run) was changed"),
        ("UPDATE entry SET body = '[]' WHERE seq = 2", "entry 2 (run) was changed"),
        ("UPDATE entry SET by = 'Eve' WHERE seq = 1", "entry 1 (run R1) was changed"),
        ("DELETE FROM entry WHERE seq = 2", "entry 2 removed"),
        ("DELETE FROM entry WHERE seq = 3", "the ledger ends at entry 2, but 3 were written"),
        ("DELETE FROM run WHERE run_id = 'R2'", "run R2 (entry 2) is missing from its table"),
        ("UPDATE entry SET prev = printf('%064d', 5) WHERE seq = 3", "entry 3 (run R3) does not follow"),
        ("DELETE FROM entry WHERE seq = 2", "run R2 has a folder but no entry"),
    ],
)
def test_a_tampered_row_is_found_and_named(ledger, keep, home, statement, words):
    for run_id in ("R1", "R2", "R3"):
        keep(run_id)
    tamper(home, statement)
    assert any(words in fault for fault in verify.faults(ledger)), verify.faults(ledger)
    if "changed" in words:
        with pytest.raises(HistoryError, match="was changed"):
            runs.all_runs(ledger)


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        (lambda f: (f / "record.json").write_text("{}", encoding="utf-8"), "run R1: record.json was changed"),
        (lambda f: (f / "record.json").unlink(), "run R1: record.json is gone"),
        (lambda f: (f / "more.txt").write_text("x", encoding="utf-8"), "run R1: more.txt was added"),
        (lambda f: (f / store.MANIFEST).write_text("", encoding="utf-8"), "MANIFEST.sha256 was changed"),
        (lambda f: f.rename(f.parent.parent / "elsewhere"), "run R1: the folder is gone"),
    ],
)
def test_an_edited_or_removed_file_is_found_and_named(ledger, keep, deed, words):
    deed(runs.folder(ledger, keep("R1")))
    assert any(words in fault for fault in verify.faults(ledger))


def test_dropped_triggers_are_found(ledger, keep):
    keep("R1")
    ledger.connection.execute("DROP TRIGGER entry_no_delete")
    assert "the ledger's entry_no_delete is gone: it may have been edited" in verify.faults(ledger)


def test_a_rebuilt_chain_is_whole_in_itself_and_found_by_an_earlier_head(ledger, keep, home, ana):
    keep("R1")
    head = ledger.head()
    keep("R2")
    assert verify.faults(ledger, head) == () == verify.faults(ledger, head[:12])
    bodies = [(e.kind, dict(e.body), e.who, e.at) for e in ledger.entries()]
    bodies[0][1]["exit_code"] = 0
    ledger.connection.close()
    (home / FILE).unlink()
    with Ledger.open(home) as rebuilt:
        for kind, body, who, at in bodies:
            rebuilt.append(kind, body, actor=who, at=at,
                           index=lambda seq, body=body: rebuilt.connection.execute(
                               "INSERT INTO run VALUES (?,?,'','')", (body["run_id"], seq)))  # fmt: skip
        assert verify.faults(rebuilt) == ()
        assert verify.faults(rebuilt, head) == (
            f"head {head} is not in this ledger: it was rebuilt, cut short, or is another one",
        )
        with pytest.raises(UsageError, match="not a head digest"):
            verify.faults(rebuilt, "xyz")
        assert verify.faults(rebuilt, schema.GENESIS) == ()


def test_the_manifest_is_what_sha256sum_reads(ledger, keep):
    folder = runs.folder(ledger, keep("R1", files=("inputs/0/0/名 x.csv",)))
    for line in (folder / store.MANIFEST).read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ", 1)
        assert file_digest(folder / name) == digest
    assert json.loads((folder / "record.json").read_text(encoding="utf-8"))["run_id"] == "R1"
