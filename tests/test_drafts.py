"""Files handed out: whole, owner-only, and nothing left beside them, however a process ends."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys

import pytest

from cmic_screen import drafts

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="no such signals and locks on Windows"),
]

WAITS = """
import signal, sys
from pathlib import Path
from cmic_screen import cli, drafts

if "fresh" in sys.argv:  # whatever started the tests: under nohup the signal is ignored, and rightly stays so
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
cli._heed_signals()
with drafts.beside(Path(sys.argv[1])) as folder:
    (folder / "half").write_text("half")
    print("begun", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def begun(tmp_path):
    """A process in the middle of writing beside `report.xlsx`."""
    made = subprocess.Popen(
        [sys.executable, "-c", WAITS, str(tmp_path / "report.xlsx"), "fresh"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert made.stdout is not None
    assert made.stdout.readline() == b"begun\n"
    yield made
    made.kill()
    made.communicate()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP])
def test_asked_to_end_it_clears_its_drafts(begun, tmp_path, how):
    begun.send_signal(how)
    assert begun.wait() == 128 + how
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_goes_with_the_next_and_what_lives_stays(begun, tmp_path):
    target = tmp_path / "other.xlsx"
    (alive,) = tmp_path.iterdir()
    with drafts.beside(target):
        assert alive.is_dir()
    begun.kill()
    begun.wait()
    with drafts.beside(target) as folder:
        assert list(tmp_path.iterdir()) == [folder]


def test_an_empty_folder_is_left_for_its_process_may_be_about_to_lock_it(tmp_path):
    young = tmp_path / f"{drafts.PREFIX}young_00"
    young.mkdir()
    with drafts.beside(tmp_path / "r.xlsx"):
        pass
    assert list(tmp_path.iterdir()) == [young]


@pytest.mark.parametrize("name", [".cmic-home", ".cmic-draft-ledgers", ".cmic-draft-old reports"])
def test_a_folder_that_is_not_ours_is_never_touched(tmp_path, name):
    kept = tmp_path / name / "ledger.sqlite"
    kept.parent.mkdir()
    kept.write_bytes(b"months of runs")
    with drafts.beside(tmp_path / "r.xlsx"):
        pass
    assert kept.read_bytes() == b"months of runs"


def test_who_waits_sees_that_the_program_was_told_to_end(tmp_path):
    """A service that SIGTERM ended is stopped well to systemd, one that exits with 143 has failed."""
    code = """
import signal
import sys
from cmic_screen import cli
cli.app = lambda **_: signal.raise_signal(signal.SIGTERM)
cli.main()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, "stopped; what was not finished" in done.stderr) == (-signal.SIGTERM, True)


def test_under_nohup_a_closed_terminal_is_not_heard(tmp_path):
    code = "import signal\nsignal.signal(signal.SIGHUP, signal.SIG_IGN)\n" + WAITS
    made = subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "r")], stdin=subprocess.PIPE, stdout=-1)
    assert made.stdout is not None
    assert made.stdout.readline() == b"begun\n"
    made.send_signal(signal.SIGHUP)
    made.communicate(b"")
    assert made.returncode == 0


def test_a_file_that_is_handed_out_is_its_owners(tmp_path):
    before = os.umask(0)
    try:
        with drafts.beside(tmp_path / "r.xlsx") as folder:
            (folder / "draft").write_text("x")
            drafts.hand_out(folder / "draft", tmp_path / "r.xlsx")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "r.xlsx").stat().st_mode) == 0o600
