"""Exports of other makers: every holding is a position with what stands in it, the rest is set aside with its reason,
and the listed ones are found by the screening itself.
"""

from __future__ import annotations

from collections import Counter

import pytest
from makers_more import ALL, NOTHING

from cmic_screen import service
from cmic_screen.ingest import read_holdings
from cmic_screen.model import Verdict
from cmic_screen.settings import load_settings

CODES = ("isin", "cusip", "sedol", "figi", "other_id")
BY_FILE = {m.file: m for m in ALL}

pytestmark = pytest.mark.usefixtures("in_one_process")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("makers")
    for maker in ALL:
        maker.write(made)
    return made


def told(row):
    code = next((row[k] for k in CODES if row[k]), "")
    return (row["security_name"], code, row["ticker"], row["currency"], row["quantity"], row["market_value"])


@pytest.mark.parametrize("file", BY_FILE)
def test_a_makers_file_gives_its_holdings_and_the_reasons_of_the_rest(file, folder):
    maker = BY_FILE[file]
    intake = read_holdings([folder / file])
    got = [told(row) for row in intake.table.to_dict("records")]
    wanted = [
        tuple(g if w is None else w for g, w in zip(have, want, strict=True))
        for have, want in zip(got, maker.held, strict=False)
    ]
    assert got == wanted
    assert len(got) == len(maker.held)
    assert Counter(a.reason for a in intake.set_aside) == maker.aside
    assert intake.problems == ()
    assert all(s.accounted for f in intake.inputs for s in f.sheets)


def test_the_listed_holdings_of_every_maker_are_found(folder, tmp_path_factory, monkeypatch):
    monkeypatch.setenv("CMIC_HOME", str(tmp_path_factory.mktemp("home")))
    run = service.run(service.Request(files=tuple(folder / file for file in BY_FILE)), load_settings())
    found = Counter(f.source.file for f in run.findings if f.judgement.verdict in {Verdict.PROHIBITED, Verdict.REVIEW})
    assert {m.file: m.listed for m in ALL if found[m.file] < m.listed} == {}


@pytest.mark.parametrize("name", NOTHING)
def test_what_is_no_list_of_holdings_gives_no_position(name, tmp_path):
    (tmp_path / name).write_text(NOTHING[name], encoding="utf-8")
    intake = read_holdings([tmp_path / name])
    assert intake.table.empty
    assert {a.reason for a in intake.set_aside} <= {
        "running text", "side note", "no names or codes", "section title", "footer",
    }  # fmt: skip
