"""Where tables, their headers and their holdings begin and end: what an acceptance tester's files showed."""

from __future__ import annotations

import pytest

from cmic_screen.ingest import read_holdings


@pytest.fixture
def read(tmp_path):
    """Reads a text as a file of that name."""

    def reader(text, name="held.csv"):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return read_holdings([path])

    return reader


@pytest.mark.parametrize(
    ("head", "above", "below"),
    [
        ("ISIN", "DE0007164600", "CNE1000002V2"),
        ("CUSIP", "037833100", "594918104"),
    ],
)
def test_a_row_with_another_identifier_of_the_same_scheme_is_a_holding(read, head, above, below):
    intake = read(f"Security Name,{head},Shares,Value\nSAP SE,{above},1359,222341.44\nTelecom A Corp,{below},,\n")
    assert intake.table["security_name"].tolist() == ["SAP SE", "Telecom A Corp"]
    assert intake.table[head.lower()].tolist() == [above, below]


LINES = "China Mobile Ltd,HK0941009539,10,100.5,{0}\nApple Inc,US0378331005,5,10.25,{0}\n"


@pytest.mark.parametrize(
    "more",
    [
        "UDF1,UDF2,UDF3",
        "Custom 1,Custom 2",
        "Rating 2023,Rating 2024,Rating 2025",
        "Q1,Q2,Q3,Q4",
        "Classification Level 1,Classification Level 2,Classification Level 3",
        "Address 1,Address 2,Address 3",
        "2023,2024,2025",
        "1M,3M,1Y return",
    ],
)
def test_headings_may_end_in_a_number(read, more):
    rest = ",".join("abc"[: len(more.split(","))].ljust(len(more.split(",")), "x"))
    intake = read(f"Name,ISIN,Quantity,Market Value,{more}\n" + LINES.format(rest))
    assert intake.table["security_name"].tolist() == ["China Mobile Ltd", "Apple Inc"]
    assert intake.table["market_value"].tolist() == ["100.5", "10.25"]


SAID = "The company is engaged in mobile services, and it is held by the fund since 2010."


@pytest.mark.parametrize(
    "text",
    [
        (
            "Name,ISIN,Note 0,Note 1,Note 2,Note 3,Note 4\n"
            "China Mobile Ltd,HK0941009539,green north,value note review,delta review,sector client,style bank\n"
            "Apple Inc,US0378331005,south since client blue,south beta since core,review pending blue,style,approved\n"
        ),
        "Security," + ",".join(f"ESG metric {n}" for n in range(300)) + "\n"
        "China Mobile Ltd," + ",".join(["very high"] * 300) + "\nApple Inc," + ",".join(["low risk"] * 300) + "\n",
        f'Security,Comment 1,Comment 2\nChina Mobile Ltd,"{SAID}","{SAID}"\nApple Inc,"{SAID}","{SAID}"\n',
        f'Security,Thesis,Sponsor\nChina Mobile Ltd,"{SAID}","{SAID}"\nApple Inc,"{SAID}","{SAID}"\n',
    ],
)
def test_names_beside_words_are_a_table_under_its_known_heading(read, text):
    assert read(text).table["security_name"].tolist() == ["China Mobile Ltd", "Apple Inc"]


@pytest.mark.parametrize(
    "text",
    [
        (
            "Portfolio A,,,,,Portfolio B\nStock,Weight,,,,Stock,Weight\n"
            "China Mobile Ltd,0.5,,,,Hangzhou Hikvision,0.5\nApple Inc,0.5,,,,SMIC,0.5\n"
        ),
        (
            "Portfolio A,,Portfolio B,\nStock,Weight,Stock,Weight\n"
            "China Mobile Ltd,0.5,Hangzhou Hikvision,0.5\nApple Inc,0.5,SMIC,0.5\n"
        ),
        "Fund A,Fund B\nChina Mobile Ltd,Hangzhou Hikvision\nApple Inc,SMIC\n",
    ],
)
def test_every_table_and_list_side_by_side_is_read(read, text):
    intake = read(text)
    assert sorted(intake.table["security_name"]) == ["Apple Inc", "China Mobile Ltd", "Hangzhou Hikvision", "SMIC"]
    assert set(intake.table["issuer"]) == {""}


@pytest.mark.parametrize("mark", [",", "|", "\x01", "\x1f", "\x1e", "\x02"])
def test_one_row_under_a_preamble_is_cut_at_its_delimiter(read, mark):
    head = "Portfolio report\nAcme Bank AG\nPrivate and confidential\nAs of 31/12/2025\nPrinted on paper\n"
    lines = [["Name", "ISIN", "Quantity"], ["China Mobile Ltd", "HK0941009539", "10"]]
    intake = read(head + "".join(mark.join(line) + "\n" for line in lines) + '"Source: Acme, and no liability."\n')
    assert intake.table[["security_name", "isin", "quantity"]].to_numpy().tolist() == lines[1:]


@pytest.mark.parametrize(
    ("cells", "plain"),
    [
        (["1,000.50", "2 500,50", "10.25", "7"], ["1000.50", "2500.50", "10.25", "7"]),
        (["1.000,50", "10,25", "2,500.50", "7"], ["1000.50", "10.25", "2500.50", "7"]),
        (["1,000.50", "12,5", "20.75", "3,000"], ["1000.50", "12.5", "20.75", "3000"]),
    ],
)
def test_a_value_in_the_other_style_is_read_in_its_own(read, cells, plain):
    names = ["China Mobile Ltd", "Apple Inc", "Nestle SA", "Hangzhou Hikvision"]
    lines = "".join(f'{n},10,"{c}"\n' for n, c in zip(names, cells, strict=True))
    intake = read("Name,Quantity,Market Value\n" + lines)
    assert intake.table["market_value"].tolist() == plain
    assert "NUMBER_STYLE_MIXED" in {issue.code for issue in intake.issues}


@pytest.mark.parametrize("above", ["", ",Holding 1,Holding 2,Holding 3\n"])
def test_a_table_with_a_holding_a_column_is_read_turned(read, above):
    held = [
        "Name,CHINA MOBILE LTD,APPLE INC,CNOOC LTD",
        "ISIN,HK0941009539,US0378331005,HK0883013259",
        "Quantity,1,2,3",
    ]
    intake = read(above + "\n".join(held) + "\n")
    assert intake.table["security_name"].tolist() == ["CHINA MOBILE LTD", "APPLE INC", "CNOOC LTD"]
    assert intake.table["isin"].tolist() == ["HK0941009539", "US0378331005", "HK0883013259"]
    assert intake.table["quantity"].tolist() == ["1", "2", "3"]
    assert intake.table["row"].tolist() == [2, 3, 4]
    assert [issue.code for issue in intake.issues if issue.code == "TABLE_TURNED"]


def test_a_cover_that_states_a_fund_is_not_turned(read):
    intake = read("Name,Some Fund plc\nISIN,IE00B4L5Y983\nCurrency,USD\n")
    assert not [issue for issue in intake.issues if issue.code == "TABLE_TURNED"]


def test_the_last_line_of_a_holding_may_be_its_value_alone(read):
    intake = read(
        "Description,Quantity,Market Value\nCHINA MOBILE LTD,,\nHK0941009539,100,\n,,1000.5\n"
        "APPLE INC,,\nUS0378331005,10,\n,,2000.25\n"
    )
    assert intake.table[["isin", "quantity", "market_value"]].to_numpy().tolist() == [
        ["HK0941009539", "100", "1000.5"],
        ["US0378331005", "10", "2000.25"],
    ]
    assert not intake.set_aside


def test_rows_called_lots_are_those_of_the_holding_above_them(read):
    intake = read(
        "Name,ISIN,Quantity,Market Value\nCHINA MOBILE LTD,HK0941009539,,\n  Lot,,50,500.25\n  Lot 2,,50,500.25\n"
        "APPLE INC,US0378331005,,\nTax lot,,5,1000.25\nLOT,PLLOT0000015,5,10.25\n"
    )
    assert intake.table["security_name"].tolist() == ["CHINA MOBILE LTD", "APPLE INC", "LOT"]
    assert intake.table["quantity"].tolist() == ["100", "5", "5"]
