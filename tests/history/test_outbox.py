"""What a month leaves outside the ledger: a message with counts only, a heartbeat, copies whole and private."""

from __future__ import annotations

import json
import stat
import sys
from email import message_from_bytes
from email.policy import default

import pytest

from cmic_screen.errors import ReportError
from cmic_screen.history import outbox, runs

NOTICE = {
    "told": ("An earlier run R0 stopped at: screening.",),
    "head": "f" * 64,
    "sender": "a@b.example",
    "to": ("c@d.example",),
}


@pytest.fixture
def run(keep, make_finding, make_record):
    change = {"what": "finding", "change": "new", "cause": "list", "security": "Secret Holding", "account": "A-1"}
    decision = {
        "id": "D-0001",
        "security": "s",
        "entity_uid": "u",
        "in_force": True,
        "until": "2026-11-20",
        "why_not": "",
    }
    made = make_record(
        [make_finding("F-001", "A-1", "s", "PROHIBITED", uid="u")], changes=[change, change], decisions=[decision],
        compliance_record=True, entities=[], rows_digest="",
    )  # fmt: skip
    made["totals"] |= {"rows_read": 2, "problems": 0}
    made["list"] |= {"age_days": 3, "entities": 68, "stale": False}
    return keep("R1", made=made, job="book", period="2026-10", blockers=("1 account(s) expected have no position.",))


def test_the_message_holds_counts_causes_and_digests_and_no_holding(run, ledger):
    folder = runs.folder(ledger, run)
    raw = outbox.message(outbox.Notice(run=run, **NOTICE), folder)
    assert raw == outbox.message(outbox.Notice(run=run, **NOTICE), folder)
    mail = message_from_bytes(raw, policy=default)
    text = mail.get_content()
    for words in (
        "2 new: list", "Cannot be accepted yet: 1 account(s)", "R0 stopped at: screening", "f" * 64, "e" * 64,
        "D-0001 on 2026-11-20", "Period 2026-10",
    ):  # fmt: skip
        assert words in text
    for private in ("Secret", "A-1", "h.csv", "Issuer"):
        assert private not in raw.decode()
    assert (mail["To"], mail["From"]) == ("c@d.example", "a@b.example")


def test_copies_are_whole_private_and_written_again(run, ledger, tmp_path):
    out = tmp_path / "reports/2026-10"
    for _ in range(2):
        names = outbox.deliver(runs.folder(ledger, run), run, out, outbox.Notice(run=run, **NOTICE))
        assert sorted(names) == sorted(p.name for p in out.iterdir()) == ["R1-record.json", "R1.eml"]
    if sys.platform != "win32":
        assert {stat.S_IMODE(p.stat().st_mode) for p in out.iterdir()} == {0o600}


def test_what_cannot_be_delivered_is_said_and_delivered_by_the_next_call(run, ledger, tmp_path):
    out = tmp_path / "taken"
    out.write_text("a file stands where the folder belongs", encoding="utf-8")
    with pytest.raises(ReportError, match="What the ledger holds is whole"):
        outbox.deliver(runs.folder(ledger, run), run, out, None)
    with pytest.raises(ReportError, match="cannot be written"):
        outbox.heartbeat(out / "beat.json", job="book", period="2026-10", at="", exit_code=10)
    out.unlink()
    assert outbox.deliver(runs.folder(ledger, run), run, out, None) == ("R1-record.json",)


def test_the_heartbeat_is_replaced_whole(tmp_path):
    path = tmp_path / "new" / "beat.json"
    for code in (20, 10):
        outbox.heartbeat(path, job="book", period="2026-10", at="2026-11-03T00:00:00Z", exit_code=code, run_id="R1")
    assert json.loads(path.read_text(encoding="utf-8"))["exit_code"] == 10
    assert [p.name for p in path.parent.iterdir()] == ["beat.json"]
