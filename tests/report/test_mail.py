"""Summary text and mail: verdict and counts, and nothing that names a client or a holding unless asked."""

from __future__ import annotations

import email
import email.policy

from cmic_screen.report import mail, record


def test_counts_and_digest_but_no_names(run):
    rec = record.to_record(run)
    text = mail.summary_text(rec, workbook_digest="ab" * 32)
    assert rec["content_digest"] in text
    assert "ab" * 32 in text
    assert text.startswith("No match to the list published 2026-01-08; currency not confirmed.")
    for f in rec["findings"]:
        for name in (f["security_name"], f["issuer_name"], f["account"]):
            assert not name or name not in text
    assert "book.xlsx" not in text
    assert "book.xlsx" in mail.summary_text(rec, names=True)
    assert "Pension Fund" in mail.summary_text(rec, client="Pension Fund")


def test_clear_is_said_only_of_an_unqualified_clean_run(run, clean_run):
    assert "All clear" in mail.summary_text(record.to_record(clean_run))
    assert "All clear" not in mail.summary_text(record.to_record(run))


def test_message_reads_back_and_is_the_same_each_time(run):
    rec = record.to_record(run)
    raw = mail.message(rec, to=("cco@example.invalid",), sender="screen@example.invalid")
    assert raw == mail.message(rec, to=("cco@example.invalid",), sender="screen@example.invalid")
    read = email.message_from_bytes(raw, policy=email.policy.default)
    assert "6 prohibited" in read["Subject"]
    assert read["Date"].startswith("Sun, 22 Nov 2026")
    assert rec["content_digest"] in read.get_content()
    assert not list(read.iter_attachments())
