"""A listed company named in a cell that is not read for what is held is asked about, whatever the row itself is."""

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
    assert "is named in a cell of column 'Zork', which is not read" in finding.judgement.reason
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


@pytest.mark.parametrize("place", range(1, 9))
def test_a_name_in_another_column_is_asked_about(place, tmp_path, monkeypatch):
    """A shifted cell: a price, an ISIN or a currency is none that names a company."""
    row = ["Nestle SA", "CH0038863350", "NESN", "10", "99.5", "995.00", "CHF", "2026-11-20", "Food"]
    row[place] = "China Mobile Ltd"
    head = "Name,ISIN,Ticker,Quantity,Price,Market Value,Currency,As of Date,Sector\n"
    result = _run(
        f"{head}{','.join(row)}\nApple Inc,US0378331005,AAPL,1,2,2,USD,2026-11-20,Tech\n", tmp_path, monkeypatch
    )
    asked = [f for f in result.findings if FLAG in f.judgement.flags]
    assert [(f.source.row, f.judgement.verdict) for f in asked] == [(2, Verdict.REVIEW)]


def test_headings_that_name_listed_companies_are_asked_about(tmp_path, monkeypatch):
    """A column for each security: nothing beneath says what is held."""
    text = "Account,Currency,Hikvision Digital,Apple Inc,China Mobile Ltd\nA-1,USD,10,20,30\nA-2,USD,11,21,31\n"
    result = _run(text, tmp_path, monkeypatch)
    held = {f.security.security_name for f in result.findings if f.judgement.verdict is Verdict.REVIEW}
    assert {"Hikvision Digital", "China Mobile Ltd"} <= held


@pytest.mark.parametrize("head", ["HK0941009539", "0941.HK"])
def test_codes_of_listed_companies_over_columns_are_not_passed_over(head, tmp_path, monkeypatch):
    text = f"Account,Currency,{head},US0378331005\nA-1,USD,10,20\nA-2,USD,11,21\n"
    found = [f.judgement.verdict for f in _run(text, tmp_path, monkeypatch).findings if f.judgement.matches]
    assert len(found) == 1
    assert found[0] in {Verdict.REVIEW, Verdict.PROHIBITED}


@pytest.mark.parametrize(
    "row",
    [
        "941 HK Equity,03945R102,ACHR,10",  # where the name belongs
        "Archer Aviation Inc,941 HK Equity,ACHR,10",  # where the CUSIP belongs
        "Cash,,,941 HK Equity",  # in a line of cash
        "Cash,,,CEO US",
        "Archer Aviation Inc,NYSE:CEO,ACHR,10",
    ],
)
def test_a_line_of_a_listed_company_is_seen_where_it_does_not_belong(row, tmp_path, monkeypatch):
    result = _run(f"Company,CUSIP,Ticker,Qty\n{row}\nApple Inc,037833100,AAPL,3\n", tmp_path, monkeypatch)
    assert [f.judgement.verdict for f in result.findings if f.judgement.matches] == [Verdict.REVIEW]


@pytest.mark.parametrize("head", ["Account Name", "Portfolio", "Custodian", "Issuer Group"])
def test_who_owns_or_keeps_a_holding_is_not_what_is_held(head, tmp_path, monkeypatch):
    text = f"Name,ISIN,Qty,{head}\n{APPLE},China Mobile Ltd\nNestle SA,CH0038863350,7,Miller\n"
    assert _run(text, tmp_path, monkeypatch).totals.positions == 2


def test_codes_are_no_names(tmp_path, monkeypatch):
    """LEON and SMIC are tickers elsewhere too."""
    text = "Name,Ticker,Qty\nLeon's Furniture,LEON,1\nSome Micro Corp,SMIC,2\nApple Inc,AAPL,3\n"
    assert _run(text, tmp_path, monkeypatch).totals.positions == 3


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


@pytest.mark.parametrize("title", ["Account: A-1001", "Depot ACC 2002", "Equities"])
def test_a_title_and_the_holding_beneath_it_are_no_name_together(title, tmp_path, monkeypatch):
    text = f"Name,Quantity,Currency\n{title},,\nCNOOC Limited,10,HKD\nNestle SA,5,CHF\n"
    assert _run(text, tmp_path, monkeypatch).totals.positions == 2


@pytest.mark.parametrize(
    "text",
    [
        "Name,Quantity,Currency\nCNOOC,10,USD\nNestle SA,5,CHF\nChina,7,HKD\nMobile Ltd,,\n",
        "China,7,HKD\nMobile Ltd,,\nNestle SA,5,CHF\nApple Inc,6,USD\n",
        "Name,Quantity,Currency\nChina,,\nMobile Ltd,7,HKD\nNestle SA,5,CHF\nApple Inc,6,USD\n",
    ],
)
def test_a_name_broken_over_two_lines_is_asked_about(text, tmp_path, monkeypatch):
    result = _run(text, tmp_path, monkeypatch)
    assert "30923" in {m.match.entity.uid for f in result.findings for m in f.judgement.matches}


@pytest.mark.parametrize("first", ["CHINA MOBILE", "HIKVISION DIGITAL"])
def test_a_broken_name_that_is_met_by_one_line_is_asked_about_once(first, tmp_path, monkeypatch):
    result = _run(f"Name,Quantity,Currency\n{first},7,HKD\nLTD,,\nNestle SA,5,CHF\n", tmp_path, monkeypatch)
    assert len(result.findings) == 1


@pytest.mark.parametrize(
    "aside",
    [
        "Apple Inc,US0378331005,6,China Mobile Ltd",
        "Dividend China Mobile Ltd,,,\nChina Mobile Ltd,,,",
        "China Mobile Ltd,,,",
    ],
)
def test_who_dismisses_a_remark_does_not_dismiss_the_holding(aside, tmp_path, monkeypatch):
    """The name is the same, the security key is not: a decision binds to the key."""
    remark = _run(f"{HEAD}Nestle SA,CH0038863350,7,Vevey\n{aside}\nRoche,CH0012032048,1,Basel\n", tmp_path, monkeypatch)
    held = _run(f"{HEAD}China Mobile Ltd,,7,\nRoche,CH0012032048,1,Basel\n", tmp_path, monkeypatch)
    keys = [
        {f.security.fingerprint for f in run.findings if "30923" in {m.match.entity.uid for m in f.judgement.matches}}
        for run in (remark, held)
    ]
    assert all(keys)
    assert keys[0].isdisjoint(keys[1])


@pytest.mark.parametrize("head", ["Sector", "Industry", "Asset Class"])
def test_a_sector_that_is_like_a_listed_name_is_a_sector(head, tmp_path, monkeypatch):
    rows = "".join(
        f"{name},{n},Semiconductor Manufacturing\n" for n, name in enumerate(("Intel", "Micron", "Infineon"))
    )
    assert _run(f"Name,Qty,{head}\n{rows}", tmp_path, monkeypatch).totals.positions == 3


def test_a_likeness_in_many_rows_is_one_question(tmp_path, monkeypatch):
    rows = "".join(f"{name},{n},Railway Construction\n" for n, name in enumerate(("Strabag", "Vinci", "Skanska")))
    result = _run(f"Name,Qty,Zork\n{rows}", tmp_path, monkeypatch)
    assert [f.source.row for f in result.findings] == [2]
    issue = next(i for i in result.intake.issues if i.code == FLAG)
    assert (issue.rows, "2 that only say the like" in issue.done) == (3, True)


@pytest.mark.parametrize(
    "text",
    [
        "Name,Qty,Price,Currency\nApple Inc,6,190,USD\nCHINA,MOBILE LTD,5,70\nNestle SA,7,99,CHF\n",
        "Name,,ISIN,Qty\nAPPLE,INC,US0378331005,6\nCHINA,MOBILE LTD,,5\nNESTLE,SA,CH0038863350,7\n",
        "Name,Sector,Qty\nApple Inc,Technology,6\nCHINA NATIONAL,OFFSHORE OIL CORP,5\nNestle SA,Food,7\n",
        "Text;A2;A3;Qty\nAPPLE;INC;;6\nCHINA;MOBILE;LTD;5\nNESTLE;SA;;7\n",
        "Apple Inc\nMicrosoft Corp\nCHINA\nMOBILE LTD\nNestle SA\nRoche Holding AG\n",
    ],
)
def test_a_name_cut_into_neighbouring_cells_is_asked_about_once(text, tmp_path, monkeypatch):
    """A table taken from a page (PDF, fixed columns) is parted at a name's own blanks; a list, at its line ends."""
    result = _run(text, tmp_path, monkeypatch)
    assert [f.judgement.verdict for f in result.findings] == [Verdict.REVIEW]
    assert result.findings[0].security.security_name.startswith("CHINA ")


def test_what_sorts_many_names_is_no_piece_of_one(tmp_path, monkeypatch):
    """Even where together they are a listed company's name: then every company of that sort would be asked about."""
    names = ["China", *(f"Bramble{n} SA" for n in range(11))]
    rows = "".join(f"{name},Mobile Ltd,{n}\n" for n, name in enumerate(names))
    assert _run(f"Name,Sector,Qty\n{rows}", tmp_path, monkeypatch).totals.positions == 12
