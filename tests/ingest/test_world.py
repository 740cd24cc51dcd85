"""Exports of makers the world over: every position's cells and account are read, the rest says why it is none, and the
listed holdings are found by the screening itself.
"""

from __future__ import annotations

from collections import Counter

import pytest
from makers_banks import BANKS
from makers_systems import SYSTEMS

from cmic_screen import service
from cmic_screen.ingest import look, read_holdings
from cmic_screen.model import Verdict
from cmic_screen.settings import load_settings

CODES = ("isin", "cusip", "sedol", "figi", "wkn", "other_id")
ALL = {w.file: w for w in (*BANKS, *SYSTEMS)}

pytestmark = pytest.mark.usefixtures("in_one_process")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("world")
    for one in ALL.values():
        one.write(made)
    return made


def told(row):
    code = next((row[k] for k in CODES if row[k]), "")
    amounts = (row["currency"], row["quantity"], row["market_value"])
    return (row["security_name"], code, row["ticker"], *amounts, row["account_id"])


@pytest.mark.parametrize("file", ALL)
def test_an_export_gives_its_positions_and_says_what_the_rest_is(file, folder):
    one, intake = ALL[file], read_holdings([folder / file])
    assert [told(row) for row in intake.table.to_dict("records")] == one.held
    assert Counter(a.reason for a in intake.set_aside) == one.aside
    assert intake.problems == ()
    assert intake.kind == one.kind
    assert all(s.accounted for f in intake.inputs for s in f.sheets)
    text = look.explain(look.describe(intake))
    assert all(a.reason in text for a in intake.set_aside)
    assert text.endswith("Nothing was written.")


def test_the_listed_holdings_the_world_over_are_found(folder, tmp_path_factory, monkeypatch):
    monkeypatch.setenv("CMIC_HOME", str(tmp_path_factory.mktemp("home")))
    holdings = tuple(folder / file for file, one in ALL.items() if one.kind == "holdings")
    run = service.run(service.Request(files=holdings), load_settings())
    asked = {Verdict.PROHIBITED, Verdict.REVIEW}
    found = Counter(f.source.file for f in run.findings if f.judgement.verdict in asked)
    assert {w.file: found[w.file] for w in ALL.values() if w.kind == "holdings" and found[w.file] < w.listed} == {}
