"""A listed company named in a column that no field is read from is asked about, whatever the row itself is."""

from __future__ import annotations

import pytest

from cmic_screen.model import Verdict
from cmic_screen.service import Request, run
from cmic_screen.settings import load_settings

FLAG = "NAMED_IN_UNREAD_COLUMN"
HEAD = "Name,ISIN,Qty,Zork\n"
APPLE = "Apple Inc,US0378331005,6"


def _run(text, tmp_path, monkeypatch):
    monkeypatch.setenv("CMIC_HOME", str(tmp_path / "home"))
    path = tmp_path / "book.csv"
    path.write_text(text, "utf-8")
    return run(Request(files=(path,)), load_settings())


@pytest.mark.parametrize("cell", ["China Mobile Ltd", "中国移动有限公司", "HIKVISION DIGITAL-A", "0941.HK"])
def test_what_an_unread_cell_names_is_asked_about_beside_its_row(cell, tmp_path, monkeypatch):
    result = _run(f"{HEAD}{APPLE},{cell}\nNestle SA,CH0038863350,7,Vevey\n", tmp_path, monkeypatch)
    (finding,) = result.findings
    assert finding.judgement.verdict is Verdict.REVIEW
    assert (finding.source.row, finding.judgement.flags) == (2, (FLAG,))
    assert not finding.quantity
    issue = next(i for i in result.intake.issues if i.code == FLAG)
    assert (issue.rows, issue.examples) == (1, (f"row 2: {cell}",))
    assert "'Zork'" in issue.text
    assert any("Zork" in said for said in result.intake.said_at_once())
    assert (result.totals.clear, result.totals.positions) == (2, 3)


@pytest.mark.parametrize(
    "row",
    [
        "China Mobile Ltd,HK0941009539,6,China Mobile Ltd",  # the row itself is prohibited already
        f"{APPLE},Vevey",  # names nobody
        f"{APPLE},HIKVISION ROBOTICS",  # another company's name
        f"{APPLE},we sold China Mobile Ltd in the spring of last year since the order bound us",  # a remark, not a name
        f"{APPLE},Equity",
        f"{APPLE},",
    ],
)
def test_nothing_is_asked_twice_or_for_nothing(row, tmp_path, monkeypatch):
    result = _run(f"{HEAD}{row}\nNestle SA,CH0038863350,7,Bern\n", tmp_path, monkeypatch)
    assert result.totals.positions == 2
    assert FLAG not in {i.code for i in result.intake.issues}


def test_every_row_that_names_it_is_shown_with_its_own_account(tmp_path, monkeypatch):
    rows = "".join(f"Bond {k} 4% 2028,{k},A-{k},China Mobile Ltd\n" for k in range(3))
    result = _run("Name,Qty,Account,Zork\n" + rows + "Ford 5% 2027,1,A-9,Dearborn\n", tmp_path, monkeypatch)
    assert [(f.source.row, f.account) for f in result.findings] == [(2, "A-0"), (3, "A-1"), (4, "A-2")]
    assert {f.judgement.verdict for f in result.findings} == {Verdict.REVIEW}


def test_trades_keep_their_day(tmp_path, monkeypatch):
    """A trade before the company was listed is free, whoever the cell names."""
    text = "Trade Date,Action,Name,ISIN,Qty,Zork\n"
    text += "2021-09-02,BUY,Apple Inc,US0378331005,6,CLOUDWALK TECHNOLOGY\n"
    text += "2026-05-04,BUY,Nestle SA,CH0038863350,7,CLOUDWALK TECHNOLOGY\n"
    monkeypatch.setenv("CMIC_HOME", str(tmp_path / "home"))
    path = tmp_path / "blotter.csv"
    path.write_text(text, "utf-8")
    result = run(Request(files=(path,), kind="trades"), load_settings())
    asked = [(f.source.row, f.judgement.verdict) for f in result.findings if FLAG in f.judgement.flags]
    assert asked == [(2, Verdict.PERMITTED), (3, Verdict.REVIEW)]
