"""`look` and `profile` on the command line: explanations, JSON, exits; nothing is written."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from cmic_screen.cli import app
from cmic_screen.errors import InputError

BOOK = (
    "Acme Custody\nHoldings as of,31 Oct 2026\n\nName,ISIN,Quantity,Market Value\n"
    "CHINA MOBILE LTD,HK0941009539,1,100.5\nUSD CASH,,,5.5\nTotal,,,106.0\n"
)


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "book.csv"
    path.write_text(BOOK, encoding="utf-8")
    return path


def run(*args):
    return CliRunner().invoke(app, [str(a) for a in args])


def test_look_explains_and_writes_nothing(book):
    before = sorted(book.parent.iterdir())
    result = run("look", book)
    assert result.exit_code == 0
    for words in (
        "Its header stands in row 4",
        "'ISIN' is a known header for isin",
        "cash (1)",
        "stated for 2026-10-31",
        "agrees with the rows above it",
        "Nothing was written.",
    ):
        assert words in result.stdout
    assert sorted(book.parent.iterdir()) == before


def test_look_gives_the_same_as_json(book):
    found = json.loads(run("look", book, "--format", "json").stdout)
    (sheet,) = found["files"][0]["sheets"]
    assert sheet["rows"] == {"read": 6, "headers": 1, "positions": 1, "continuations": 0, "set_aside": 4, "problems": 0}
    assert [c["field"] for c in sheet["columns"]] == ["security_name", "isin", "quantity", "market_value"]
    assert found["as_of"] == "2026-10-31"


def test_profile_init_and_test_go_round(book, tmp_path):
    layout = tmp_path / "acme.toml"
    layout.write_text(run("profile", "init", book).stdout, encoding="utf-8")
    assert run("profile", "test", book, layout).stdout.startswith("The layout 'book'")
    other = tmp_path / "other.csv"
    other.write_text("Name,Value\nA AG,1.5\nB AG,2.5\n", encoding="utf-8")
    result = run("profile", "test", other, layout)
    assert isinstance(result.exception, InputError)
    assert "fits no table" in result.exception.message


def test_profile_list_names_the_shipped_layouts():
    assert len(json.loads(run("profile", "list", "--format", "json").stdout)) >= 8


@pytest.mark.parametrize("command", [("look",), ("profile", "init"), ("profile", "test"), ("profile", "list")])
def test_each_command_has_help_with_an_example(command):
    assert "Example: cmic-screen" in run(*command, "--help").stdout
