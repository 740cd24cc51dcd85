"""Clauses of the contract of interfaces that no room owns: options, exit codes and words that every command shares."""

from __future__ import annotations

import pytest
from typer.main import get_command

from cmic_screen.cli import app, main


def test_every_command_that_prints_prints_json_too():
    def without(group, path=()):
        inner = getattr(group, "commands", {})
        own = [] if inner or "--format" in {o for p in group.params for o in p.opts} else [" ".join(path)]
        return own + [name for key, c in inner.items() for name in without(c, (*path, key))]

    assert without(get_command(app)) == ["serve"]  # it answers over HTTP


@pytest.fixture
def ran(home, tmp_path, monkeypatch, capsys):
    """Run the program beside a small book; gives exit code, stdout and stderr."""
    (tmp_path / "book.csv").write_text("Name,ISIN\nNESTLE SA,CH0038863350\nCHINA MOBIL,\n")
    monkeypatch.chdir(tmp_path)

    def run(*args):
        monkeypatch.setattr("sys.argv", ["cmic-screen", *args])
        with pytest.raises(SystemExit) as left:
            main()
        out = capsys.readouterr()
        return int(left.value.code or 0), out.out, out.err

    return run


@pytest.mark.parametrize("more", [[], ["--no-history"]])
def test_a_run_id_that_names_another_folder_is_wrong_usage(ran, tmp_path, more):
    code, _, err = ran("screen", "book.csv", "--run-id", "../x", *more)
    assert (code, "'../x' cannot be a run id" in err) == (2, True)
    assert {p.name for p in tmp_path.iterdir()} == {"book.csv", "home"}


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["screen", "book.csv", "--profile", "none.toml"], 20, "no such profile"),
        (["screen", "book.csv", "--profile", "home"], 20, "the profile cannot be read"),
        (["serve", "--port", "99999"], 2, "port"),
        (["screen", "book.csv", "--run-id", "a/b"], 2, "cannot be a run id"),
    ],
)
def test_a_slip_is_answered_in_words(ran, args, code, words):
    found, _, err = ran(*args)
    assert (found, words in err) == (code, True), err


@pytest.mark.slow  # two whole screenings
def test_what_a_person_must_know_of_kept_runs_is_said(ran, home):
    left = home / "staging" / "R0.1"
    left.mkdir(parents=True)
    (left / "STEP.json").write_text('{"run_id": "R0", "step": "screening", "at": "2026-11-22T07:00:00Z"}')
    assert "R0" in ran("screen", "book.csv", "--run-id", "R1", "--out", "r.xlsx")[2]
    assert "already" in ran("screen", "book.csv", "--run-id", "R1", "--out", "r.xlsx")[2]
    code, _, err = ran("decisions", "export", "none/x.xlsx")
    assert (code, "cannot be written" in err) == (23, True)
