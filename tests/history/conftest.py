"""Invented months: a small world whose records are made by a rule anyone can follow, for tests without screening."""

from __future__ import annotations

import os
from datetime import date

import pytest

from cmic_screen.history.ledger import Who

VERDICT_TOTALS = ("PROHIBITED", "PERMITTED", "UPCOMING", "UNSCREENED", "REVIEW", "SET_ASIDE", "CLEAR")


def finding(
    ref, account, fingerprint, verdict, *, uid="", phase="CLOSED", score=1.0, sub="", value="10", kind="NAME_EXACT"
):  # fmt: skip
    """One finding as the record prints it."""
    match = {
        "entity_uid": uid, "entity_name": f"LISTED {uid}", "relation": "ISSUER", "ruling": "PROHIBITED",
        "verdict": verdict, "phase": phase, "sub_reason": sub, "reason": "", "score": score, "decision": None,
        "evidence": [{"kind": kind, "searched": fingerprint, "found": uid, "score": score, "weight": 1.0,
                      "result": "supports", "source": "OFAC", "detail": ""}],
    }  # fmt: skip
    return {
        "ref": ref, "verdict": verdict, "account": account, "security": fingerprint, "action": "HOLD", "trade_at": "",
        "issuer_name": f"Issuer {fingerprint}", "security_name": "", "identifiers": {}, "ticker": "", "mic": "",
        "identifiers_read": [], "identifiers_rejected": [], "repairs": [], "reason": "A similar name.", "problem": None,
        "instrument": "SHARE", "market_value": value, "currency": "USD", "cells": [],
        "source": {"file": "h.csv", "sheet": "h.csv", "row": 2, "more_rows": []}, "matches": [match] if uid else [],
    }  # fmt: skip


def record(findings, *, run_id="R1", as_of="2026-10-31", published="2026-10-01", version="0.1.0", **more):
    """A record around findings, with totals that follow from them."""
    rows = list(findings)
    totals = {v.lower(): sum(1 for f in rows if f["verdict"] == v) for v in VERDICT_TOTALS}
    money = {"USD": {"all": str(sum(int(f["market_value"]) for f in rows)), "prohibited": "0", "review": "0"}}
    return {
        "schema": "cmic-screen/run/1", "tool": {"name": "cmic-screen", "version": version}, "run_id": run_id,
        "as_of": as_of, "kind": "holdings", "created_at": f"{as_of}T12:00:00Z", "holdings_as_of": as_of,
        "list": {"published": published, "sha256": "a" * 64}, "programme": {"version": "1", "sha256": "b" * 64},
        "securities_master": {"sha256": "c" * 64, "rows": 1},
        "inputs": [{"file": "h.csv", "sha256": "d" * 64, "bytes": 9}], "qualifications": [],
        "content_digest": "e" * 64, "findings": rows,
        "totals": {**totals, "positions": len(rows), "market_value": money}, **more,
    }  # fmt: skip


@pytest.fixture(scope="session")
def make_finding():
    return finding


@pytest.fixture(scope="session")
def make_record():
    return record


@pytest.fixture
def ana():
    return Who(by="Ana", os_account="ana", host="desk")


@pytest.fixture
def bo():
    return Who(by="Bo", os_account="bo", host="desk")


@pytest.fixture
def today():
    return date(2026, 11, 22)


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch):
    """Nothing here survives a power cut; what flushing guards against is tested in a process of its own."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.fixture
def ledger(home):
    from cmic_screen.history import Ledger

    with Ledger.open(home) as opened:
        yield opened


@pytest.fixture
def keep(ledger, ana):
    """Enter a run of the invented world: `keep("R1", record=…, period=…)`."""
    import json

    from cmic_screen.digests import digest
    from cmic_screen.history import runs
    from cmic_screen.reference.snapshot import dumps, embedded_snapshot

    def enter(run_id="R1", *, made=None, at="2026-11-22T12:00:00Z", files=(), **more):
        said = {**(made or record([])), "run_id": run_id}
        staging, _ = runs.begin(ledger, run_id, actor=ana, at=at)
        staging.put("record.json", json.dumps(said).encode())
        staging.put("list.json", dumps(embedded_snapshot()).encode())
        for name in files:
            staging.put(name, b"holdings")
        new = runs.NewRun(record=said, exit_code=12, material=digest(said), month=runs.Monthly(**more))
        return runs.enter(ledger, staging, new, actor=ana, at=at)

    return enter
