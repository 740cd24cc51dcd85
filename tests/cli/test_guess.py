"""A word that is no command gets the one that may have been meant; `--help` says each command in one whole line."""

from __future__ import annotations

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from cmic_screen.cli import app, guess


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("review", "`cmic-screen decide`"),
        ("holdings.xlsx", "cmic-screen screen holdings.xlsx"),
        ("accept", "`cmic-screen history accept`"),
        ("export", "`cmic-screen history export`"),
        ("scren", "'screen'"),
        ("version", "`cmic-screen --version`"),
    ],
)
def test_what_may_have_been_meant_is_said_and_not_done(word, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, [word])
    assert done.exit_code == 2
    assert said in done.output
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("word", ["xyzzy", "x" * 5000])
def test_a_word_like_nothing_is_only_refused(word):
    done = CliRunner().invoke(app, [word])
    assert done.exit_code == 2
    assert "Did you mean" not in done.output


def test_the_guesses_are_commands():
    commands = set(get_command(app).commands)
    assert {x for x in guess.PLAIN.values() if not x.startswith("--")} <= commands
    assert set(guess.BRIEF) == commands


def test_help_says_each_command_whole():
    shown = CliRunner().invoke(app, ["--help"], env={"COLUMNS": "80"}).output
    listed = shown[shown.index("Commands:") :]
    assert "..." not in listed
    assert all(brief in listed for brief in guess.BRIEF.values())
