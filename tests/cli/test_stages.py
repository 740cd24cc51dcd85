"""Progress is drawn on a terminal only, and never in the results."""

import io
import sys

from cmic_screen import progress
from cmic_screen.cli import common
from cmic_screen.ingest import read_holdings


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal_the_stage_moves_and_when_piped_nothing_is_drawn(monkeypatch, capsys):
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    with common.stages() as say:
        say("Reading the files.")
    assert "Reading the files." in screen.getvalue()
    piped = io.StringIO()
    monkeypatch.setattr(sys, "stderr", piped)
    with common.stages() as say:
        say("Reading the files.")
    assert piped.getvalue() == ""
    assert capsys.readouterr().out == ""


def test_the_bar_goes_over_files_sheets_and_rows(monkeypatch, tmp_path):
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("Name,ISIN,Quantity\nAcme,US0378331005,5\nOther,US5949181045,7\n")
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("COLUMNS", "120")
    with common.stages() as say:
        say("Reading the files.")
        read_holdings([tmp_path])
    assert "Reading b.csv (file 2 of 2), 3 rows" in screen.getvalue()


def test_nothing_is_drawn_where_a_program_reads_along(monkeypatch):
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    with common.stages(drawn=False) as say:
        say("Reading the files.")
    assert screen.getvalue() == ""


def test_a_log_gets_a_line_a_sheet_and_quiet_none(monkeypatch, tmp_path):
    (tmp_path / "a.csv").write_text("Name,ISIN,Quantity\nAcme,US0378331005,5\n")
    for quiet, told in ((False, "Reading a.csv, 2 rows.\n"), (True, "")):
        log = io.StringIO()
        monkeypatch.setattr(sys, "stderr", log)
        common.set_verbosity(quiet=quiet, verbose=False)
        with common.sheets_said():
            read_holdings([tmp_path / "a.csv"])
        assert log.getvalue() == told
    common.set_verbosity(quiet=False, verbose=False)


def test_steps_are_told_in_order_and_only_to_who_listens(tmp_path):
    (tmp_path / "a.csv").write_text("Name,ISIN,Quantity\nAcme,US0378331005,5\n")
    steps = []
    with progress.heard(steps.append):
        read_holdings([tmp_path / "a.csv"])
    read_holdings([tmp_path / "a.csv"])
    assert [(s.file, s.files, s.rows, s.whole) for s in steps] == [(1, 1, 0, False), (1, 1, 2, True)]
