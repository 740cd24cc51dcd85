"""kill -9 at everything that is done to the disk, full disk, read-only folder: the ledger stays whole and tells."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cmic_screen.errors import HistoryError
from cmic_screen.history import Ledger, runs, schema, verify
from cmic_screen.history.ledger import FILE

DRIVER = Path(__file__).with_name("crash_driver.py")
AT = "2026-11-22T12:00:00Z"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")


def drive(tmp_path, make_record, stride):
    record = tmp_path / "record.json"
    record.write_text(json.dumps(make_record([], run_id="R1")), encoding="utf-8")
    folder = tmp_path / "homes"
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, str(DRIVER), str(folder), str(record), str(stride)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    *deaths, last = [json.loads(line) for line in done.stdout.splitlines()]
    assert last["deaths"] == len(deaths)
    return deaths


def whole(death):
    """After any death: no fault, both runs can be entered, nothing is left lying, and what stopped is told."""
    assert death["faults"] == [], death
    assert death["runs"] == ["R1", "R2"], death
    assert death["staging"] == [], death
    assert death["version"] == schema.VERSION
    assert not (death["entered"] and death["told"]), death
    assert all("R1" in words and "stopped at" in words for words in death["told"])


@POSIX
def test_killed_at_some_points_the_ledger_stays_whole(tmp_path, make_record):
    deaths = drive(tmp_path, make_record, stride=29)
    assert len(deaths) == 8
    for death in deaths:
        whole(death)


@POSIX
@pytest.mark.slow
def test_killed_at_every_point_the_ledger_stays_whole(tmp_path, make_record):
    deaths = drive(tmp_path, make_record, stride=1)
    assert len(deaths) > 200
    for death in deaths:
        whole(death)
    steps = {words.split("stopped at: ")[1].split(".")[0] for d in deaths for words in d["told"]}
    assert steps >= {"starting", "copying the inputs", "writing the report", "entering it in the ledger"}
    assert {d["entered"] for d in deaths} == {True, False}


@POSIX
@pytest.mark.parametrize("limit", [0, 1 << 10, 40 << 10])
def test_a_full_disk_leaves_the_ledger_whole(home, make_record, ana, limit):
    """RLIMIT_FSIZE makes every write past `limit` fail as a full disk does, in a child so that nothing else suffers."""
    with Ledger.open(home) as ledger:
        ledger.append("note", {"kept": True}, actor=ana, at=AT)
    child = os.fork()
    if child == 0:
        import resource

        code = 1
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            with Ledger.open(home) as ledger:
                staging, _ = runs.begin(ledger, "R1", actor=ana, at=AT)
                staging.put("big", b"x" * (1 << 20))
        except HistoryError as error:
            code = 0 if "nothing was entered" in error.message.lower() else 2
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    with Ledger.open(home) as ledger:
        told = runs.recover(ledger, actor=ana, at=AT)
        assert verify.faults(ledger) == ()
        assert [e.body for e in ledger.entries("note")] == [{"kept": True}]
        assert len(told) <= 1


def enter_one(ledger, new, actor):
    staging, _ = runs.begin(ledger, "R1", actor=actor, at=AT)
    try:
        staging.put("record.json", b"{}")
        runs.enter(ledger, staging, new, actor=actor, at=AT)
    finally:
        staging.release()


@pytest.mark.parametrize(
    ("number", "words"), [(errno.EROFS, "Read-only"), (errno.ENOSPC, "No space"), (errno.EIO, "Input/output")]
)
@pytest.mark.parametrize("call", ["open", "mkdir", "fsync", "rename"])
def test_whatever_the_disk_refuses_is_said_and_nothing_is_entered(
    home, ana, make_record, monkeypatch, call, number, words
):
    def refuse(*_args, **_more):
        raise OSError(number, os.strerror(number))

    new = runs.NewRun(record=make_record([]), exit_code=0, material="")
    with Ledger.open(home) as ledger:
        with monkeypatch.context() as broken:
            broken.setattr(os, call, refuse)
            with pytest.raises(HistoryError, match=f"{words}.*entered"):
                enter_one(ledger, new, ana)
        assert runs.all_runs(ledger) == ()
        runs.recover(ledger, actor=ana, at=AT)
        assert not list((home / "staging").glob("*"))  # nor does the run seem to go on while this process does
        assert verify.faults(ledger) == ()


@POSIX
def test_a_reader_rolls_back_what_a_killed_writer_left_half_done(home, ana):
    with Ledger.open(home) as ledger:
        ledger.append("note", {"kept": True}, actor=ana, at=AT)
    child = os.fork()
    if child == 0:
        with Ledger.open(home) as ledger:
            ledger.connection.execute("PRAGMA cache_size = 1")  # so that pages reach the file before the commit
            ledger.connection.execute("BEGIN IMMEDIATE")
            for _ in range(50):
                ledger.append("note", {"text": "x" * 5000}, actor=ana, at=AT)
            os.kill(os.getpid(), signal.SIGKILL)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    assert (home / f"{FILE}-journal").stat().st_size > 0
    with Ledger.open(home, write=False) as ledger:
        assert [e.body for e in ledger.entries()] == [{"kept": True}]
        assert verify.faults(ledger) == ()


def test_a_read_only_ledger_is_read_and_not_written(home, ana):
    with Ledger.open(home) as ledger:
        ledger.append("note", {}, actor=ana, at=AT)
    with Ledger.open(home, write=False) as ledger:
        assert len(ledger.entries()) == 1
        with pytest.raises(HistoryError, match="nothing was entered"):
            ledger.append("note", {}, actor=ana, at=AT)
        assert verify.faults(ledger) == ()
