"""`programme show`, `programme confirm` and `report reject-draft` as a person calls them."""

from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from cmic_screen.cli import programme as programme_command
from cmic_screen.cli import reject
from cmic_screen.errors import HistoryError, UsageError
from cmic_screen.report.record import content_digest

TRADE = {
    "ref": "F-001", "verdict": "PROHIBITED", "source": {"file": "blotter.csv", "sheet": "blotter", "row": 4},
    "account": "A-1", "issuer_name": "CHINA MOBILE LTD", "security_name": "CHINA MOBILE LTD | ADR",
    "identifiers": {"isin": "HK0941009539"}, "ticker": "941", "quantity": "1000", "market_value": "9000.00",
    "currency": "USD", "instrument": "SHARE", "action": "BUY", "trade_at": "2026-11-20", "flags": ["REJECT_AND_REPORT"],
    "ruling": "PROHIBITED", "reason": "A purchase is prohibited.", "citations": [],
    "matches": [
        {
            "entity_uid": "30924", "entity_name": "CHINA MOBILE LIMITED", "relation": "ISSUER", "ruling": "PROHIBITED",
            "verdict": "PROHIBITED", "phase": "CLOSED",
            "dates": {"listed": "2021-06-03", "effective": "2021-08-02", "divestment_ends": "2022-06-03"},
            "evidence": [
                {
                    "kind": "IDENTIFIER", "searched": "ISIN HK0941009539", "found": "HK0941009539", "source": "OFAC",
                    "result": "supports",
                }
            ],
        }
    ],
}  # fmt: skip
RECORD = {
    "schema": "cmic-screen/run/1", "run_id": "R-1", "kind": "trades", "content_digest": "d" * 64,
    "list": {"published": "2026-01-08", "sha256": "a" * 64}, "findings": [TRADE],
}  # fmt: skip


@pytest.fixture
def run(monkeypatch, home, tmp_path):
    """Call the commands at noon of 22 November 2026 in a folder of the test's own."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795366800")
    monkeypatch.chdir(tmp_path)
    app = typer.Typer()
    programme_command.register(app)
    reject.register(app)
    return lambda *words: CliRunner().invoke(app, list(words))


def test_show_says_that_the_confirmation_has_lapsed(run):
    shown = run("programme", "show").stdout
    assert "Confirmed in force through 2026-11-12" in shown
    assert "programme confirm" in shown
    data = json.loads(run("programme", "show", "--format", "json").stdout)
    assert data["in_force_confirmed"] is False
    assert len(data["rulings"]) == 27 * 6


def test_confirm_is_remembered(run):
    done = run("programme", "confirm", "--until", "2027-11-12", "--source", "91 FR 00000", "--by", "Ana")
    assert done.stdout.strip() == "Confirmed in force through 2027-11-12."
    data = json.loads(run("programme", "show", "--format", "json").stdout)
    assert data["in_force_confirmed"] is True
    assert data["qualification"] == ""
    assert [c["by"] for c in data["confirmations"]] == ["Ana"]


UNFIT = (("2028-11-12", "more than 400 days ahead"), ("November", "no ISO date"), ("2025-01-01", "confirmed through"))


@pytest.mark.parametrize(("until", "words"), UNFIT)
def test_a_confirmation_that_cannot_be_is_refused(until, words, run):
    done = run("programme", "confirm", "--until", until, "--source", "s", "--by", "Ana")
    assert isinstance(done.exception, UsageError)
    assert words in str(done.exception)


def draft(run, tmp_path, rejected="2026-11-20", record=None, **changed):
    path = tmp_path / "record.json"
    whole = (record or RECORD) | {"findings": [TRADE | changed]}
    whole["content_digest"] = content_digest(whole)
    path.write_text(json.dumps(whole), encoding="utf-8")
    day = ("--rejected-on", rejected) if rejected else ()
    return run("report", "reject-draft", "F-001", "--record", str(path), *day)


def test_a_rejected_trade_is_drafted_for_a_person(run, tmp_path):
    done = draft(run, tmp_path)
    assert done.exit_code == 0, done.exception
    text = (tmp_path / "R-1-F-001-reject-draft.md").read_text(encoding="utf-8")
    for words in (
        "files nothing anywhere", "Due on or before: 2026-12-07", "CHINA MOBILE LIMITED (OFAC uid 30924)",
        "31 CFR part 586", "CMIC-EO13959", "ISIN HK0941009539", "9000.00 USD", "CHINA MOBILE LTD \\| ADR",
        "A purchase (proposed, not executed)", "[to be completed]", "blotter.csv!blotter!4",
    ):  # fmt: skip
        assert words in text
    assert "SDN" not in text


def test_the_day_of_rejection_may_be_left_to_the_person_who_completes_it(run, tmp_path):
    done = draft(run, tmp_path, rejected="")
    assert done.exit_code == 0, done.exception
    text = (tmp_path / "R-1-F-001-reject-draft.md").read_text(encoding="utf-8")
    assert "Rejected on: [to be completed]. **Due on or before: [to be completed]** (10 business days" in text
    assert isinstance(draft(run, tmp_path, rejected="", flags=["EXECUTED"]).exception, UsageError)


def test_an_amount_that_is_no_market_value_is_left_to_the_person_beside_the_row_as_read(run, tmp_path):
    """31 CFR 501.604(b): the value is a field of the report, and what is held is to be provided."""
    assert draft(run, tmp_path, market_value="", currency="HKD", cells=["A-1", "Buy", "", "5000"]).exit_code == 0
    text = (tmp_path / "R-1-F-001-reject-draft.md").read_text(encoding="utf-8")
    assert "| as stated | [to be completed] |" in text
    assert "| the row as read | A-1 ; Buy ; 5000 |" in text


def test_a_draft_is_never_overwritten(run, tmp_path):
    assert draft(run, tmp_path).exit_code == 0
    assert "not written" in str(draft(run, tmp_path).exception)


def test_without_a_record_the_latest_kept_run_is_meant(run, home):
    done = run("report", "reject-draft", "F-001", "--rejected-on", "2026-11-20")
    assert isinstance(done.exception, HistoryError)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"record": RECORD | {"kind": "holdings"}}, "is a holding"),
        ({"flags": ["EXECUTED"]}, "refer to counsel"),
        ({"flags": ["STATUS_UNKNOWN"]}, "does not say whether it was executed"),
        ({"flags": [], "verdict": "REVIEW"}, "F-001 is REVIEW"),
        ({"rejected": "2026-11-19"}, "not rejected before"),
        ({"rejected": "2026-11-30"}, "has not come yet"),
    ],
)
def test_what_was_not_rejected_is_refused(changed, words, run, tmp_path):
    done = draft(run, tmp_path, **changed)
    assert isinstance(done.exception, UsageError)
    assert words in str(done.exception)
    assert not list(tmp_path.glob("*draft*"))
