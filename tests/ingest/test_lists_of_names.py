"""Names however they are pasted: on one line, in columns, numbered, with amounts behind them, above a sentence."""

from __future__ import annotations

import pytest

from cmic_screen.errors import InputError
from cmic_screen.ingest import read_holdings
from cmic_screen.service import Request, run
from cmic_screen.settings import load_settings

THREE = ["Apple Inc", "China Mobile Ltd", "CNOOC Limited"]
NOTE = "Please note that these names were taken from a list that nobody has compared with the custodian bank's so far."


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        ("Apple Inc,China Mobile Ltd,CNOOC Limited\n", []),
        ("Apple Inc, China Mobile Ltd, CNOOC Limited\n", []),
        ("Apple Inc\tChina Mobile Ltd\tCNOOC Limited\n", []),
        ("1) Apple Inc\n2) China Mobile Ltd\n3) CNOOC Limited\n", []),
        ("Apple Inc\nChina Mobile Ltd\nCNOOC Limited\n" + NOTE + "\n", ["disclaimer"]),
        ("Apple Inc 10 26.84 268.40\nChina Mobile Ltd 5 10.84 54.20\nCNOOC Limited 5,000 2.41 12,050.00\n", []),
        ("Apple Inc 10 2.50 25.00\nChina Mobile Ltd 5 5.00 25\nCNOOC Limited 5 5.00 25.0\nTotal 75.00\n", ["total"]),
    ],
)
def test_every_name_is_a_position(text, aside, tmp_path):
    path = tmp_path / "names.txt"
    path.write_text(text, "utf-8")
    intake = read_holdings([path])
    assert intake.table["security_name"].tolist() == THREE
    assert [a.reason for a in intake.set_aside] == aside


@pytest.mark.parametrize("text", ["a,b,c\n", "Security,ISIN,Quantity\n", "a,b,c\n1,2,3\n"])
def test_headings_without_a_row_are_refused_in_words(text, tmp_path, monkeypatch):
    path = tmp_path / "headings.csv"
    path.write_text(text, "utf-8")
    monkeypatch.setenv("CMIC_HOME", str(tmp_path / "home"))
    with pytest.raises(InputError, match=r"headings\.csv"):
        run(Request(files=(path,)), load_settings())


def test_a_comma_before_a_legal_form_parts_no_names(tmp_path):
    path = tmp_path / "names.txt"
    path.write_text("Acer, Inc., Hangzhou Hikvision Digital Technology Co., Ltd., Nestle SA\n", "utf-8")
    held = read_holdings([path]).table["security_name"].tolist()
    assert held == ["Acer, Inc.", "Hangzhou Hikvision Digital Technology Co., Ltd.", "Nestle SA"]


@pytest.mark.parametrize("end", ["", ",100"])
def test_codes_with_their_market_are_tickers_without_any_header(tmp_path, end):
    """`0941.HK` was read as a number, or as a note beside no table."""
    codes = ("0941.HK", "0700.HK", "600519.SS", "002415.SZ", "7203.T", "AAPL.O")
    path = tmp_path / ("codes.csv" if end else "codes.txt")
    path.write_text("".join(f"{code}{end}\n" for code in codes), "utf-8")
    assert tuple(read_holdings([path]).table["ticker"]) == codes


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Foo,Bar,Qty\nChina Mobile,x,10\nNestle SA,y,20\nRoche Holding,z,5\n",
            ["column 'Foo' was taken for its names"],
        ),
        (",,Foo,Bar,Qty\n,,China Mobile,x,10\n,,Nestle SA,y,20\n", ["column 'Foo' was taken for its names"]),
        ("China Mobile;x;10\nNestle SA;y;20\nRoche Holding;z;5\n", ["column 1 was taken for its names"]),
        ("Name,Bar,Qty\nChina Mobile,x,10\nNestle SA,y,20\n", []),
        ("China Mobile\nNestle SA\nRoche Holding\n", []),  # there is nothing else to take
    ],
)
def test_a_column_taken_for_names_without_a_heading_is_said(text, said, tmp_path):
    path = tmp_path / "book.csv"
    path.write_text(text, "utf-8")
    intake = read_holdings([path])
    issues = [i for i in intake.issues if i.code == "NAMES_GUESSED"]
    assert [i.text.partition("; ")[2].rstrip(".") for i in issues] == said
    assert all(i.examples[:2] == ("China Mobile", "Nestle SA") for i in issues)
    assert all(any(i.text in x for x in intake.said_at_once()) for i in issues)
