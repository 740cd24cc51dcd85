"""Progress is drawn on a terminal only, and never in the results."""

import io
import sys

from cmic_screen.cli import common


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
