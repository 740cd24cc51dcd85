"""What the commands that write to the ledger say as JSON: a program that calls them need not read sentences."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from cmic_screen.cli import app
from cmic_screen.errors import UsageError

pytestmark = pytest.mark.slow  # whole commands or pages, one after the other

BOOK = "Security,Quantity\nHIKVISION DIGITAL TECH GROUP,100\n"


def told(*args: object):
    done = CliRunner().invoke(app, [*map(str, args), "--format", "json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


@pytest.fixture
def kept(home, tmp_path):
    (tmp_path / "book.csv").write_text(BOOK)
    done = CliRunner().invoke(
        app, ["screen", str(tmp_path / "book.csv"), "--out", str(tmp_path / "r.xlsx"), "--run-id", "R"]
    )
    assert done.exit_code == 12, done.output
    return tmp_path


def test_decisions(kept, monkeypatch):
    why = "Another company: ISIN and country differ"
    (made,) = told("decide", "F-001", "--as", "false-positive", "--reason", why, "--by", "Ana")
    assert (made["id"], made["by"], made["state"]) == ("D-0001", "Ana", "waits for a second signature")
    monkeypatch.setattr("cmic_screen.history.ledger.os_account", lambda: "bo")
    assert told("decisions", "sign", "D-0001", "--by", "Bo")["signed_by"] == "Bo"
    assert told("decisions", "revoke", "D-0001", "--by", "Bo", "--reason", why)["revoked_by"] == "Bo"
    out = kept / "review.xlsx"
    assert told("decisions", "export", out) == {"questions": 1, "run": "R", "file": str(out)}


def test_runs(kept):
    accepted = told("history", "accept", "R", "--by", "Ana")
    assert (accepted["run"], accepted["accepted_by"]) == ("R", "Ana")
    assert accepted["head"] == told("history", "verify")["head"]
    assert told("history", "replay", "R") == {"run": "R", "same": True}
    assert told("history", "export", "R", "--to", kept / "r.zip")["run"] == "R"


def test_confirmation(home, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")  # 22 November 2026
    said = told("programme", "confirm", "--until", "2027-11-12", "--source", "91 FR 1", "--by", "Ana")
    assert said["confirmed_through"] == "2027-11-12"


def test_an_export_replaces_nothing(kept):
    filled = kept / "r.xlsx"
    before = filled.read_bytes()
    for command in (["decisions", "export", filled], ["history", "export", "R", "--to", filled]):
        done = CliRunner().invoke(app, list(map(str, command)))
        assert isinstance(done.exception, UsageError)
        assert "already" in str(done.exception)
    assert filled.read_bytes() == before
