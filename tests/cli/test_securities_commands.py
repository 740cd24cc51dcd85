"""`securities check` and `securities import` as a person meets them."""

from __future__ import annotations

import json
import sys

import openpyxl
import pytest
import typer

from cmic_screen.cli import securities
from cmic_screen.errors import CmicError
from cmic_screen.reference.securities import COLUMNS, OWN_FILE

HEADER = "uid,relation,scheme,value,mic,source\n"


@pytest.fixture
def run(home, capsys):
    """Run a `securities` command in this process; gives stdout, or raises the error that `main` prints."""
    app = typer.Typer()
    app.callback()(lambda: None)
    securities.register(app)

    def call(*args: object) -> str:
        app(["securities", *map(str, args)], standalone_mode=False)
        return capsys.readouterr().out

    return call


def test_check_counts_rows_and_names_companies_without_a_security(run):
    text = run("check")
    assert "54 of 68 with a known security" in text
    assert "SZ DJI TECHNOLOGY CO., LTD. (uid 33111)" in text
    data = json.loads(run("check", "--format", "json"))
    assert data["covered"] == 54
    assert set(data["relations"]) == {"issuer", "receipt", "derivative", "related", "not"}


def test_check_refuses_a_wrong_own_row(run, home):
    (home / OWN_FILE).write_text(
        ",".join(COLUMNS) + "\n30923,issuer,isin,HK0941009538,,,,,us,high,\n", encoding="utf-8"
    )
    with pytest.raises(CmicError, match="check digit is 8, 9 by the standard") as raised:
        run("check")
    assert raised.value.exit_code == 21


def test_import_of_a_csv_and_of_a_workbook(run, home, tmp_path):
    ours = tmp_path / "ours.csv"
    ours.write_text(HEADER + "30923,issuer,valor,641690,,our bank\n", encoding="utf-8")
    assert "1 rows added, 0 known already; 1 rows of your own in force" in run("import", ours)
    book = openpyxl.Workbook()
    for cells in (["UID", "Relation", "Scheme", "Value", "Valid from"], [30882, "issuer", "valor", 1490290, None]):
        book.active.append(cells)
    book.save(tmp_path / "ours.xlsx")
    assert json.loads(run("import", tmp_path / "ours.xlsx", "--format", "json")) == {
        "added": 1,
        "known": 0,
        "own_rows": 2,
    }
    assert (home / OWN_FILE).read_text(encoding="utf-8").count("\n") == 3


def test_import_of_a_file_with_one_fault_adds_nothing(run, home, tmp_path):
    ours = tmp_path / "ours.csv"
    ours.write_text(HEADER + "30923,issuer,valor,641690,,us\n30923,issuer,isin,HK0941009538,,us\n", encoding="utf-8")
    with pytest.raises(CmicError, match="Nothing was imported") as raised:
        run("import", ours)
    assert raised.value.exit_code == 20
    assert not (home / OWN_FILE).exists()


def test_the_commands_are_in_the_program(capsys, monkeypatch):
    from cmic_screen.cli import main

    monkeypatch.setattr(sys, "argv", ["cmic-screen", "securities", "--help"])
    with pytest.raises(SystemExit) as done:
        main()
    assert done.value.code == 0
    assert "import" in capsys.readouterr().out
