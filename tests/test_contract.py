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


@pytest.mark.parametrize("more", [[], ["--no-history"]])
def test_a_run_id_that_names_another_folder_is_wrong_usage(home, tmp_path, monkeypatch, capsys, more):
    book = tmp_path / "book.csv"
    book.write_text("Name\nNESTLE SA\n")
    monkeypatch.setattr("sys.argv", ["cmic-screen", "screen", str(book), "--run-id", "../x", *more])
    with pytest.raises(SystemExit, match="2"):
        main()
    assert "'../x' cannot be a run id" in capsys.readouterr().err
    assert {p.name for p in tmp_path.iterdir()} == {"book.csv", "home"}
