"""Workbooks as custodians lay them out: headers of two rows, accounts merged over their rows, empty columns between
the columns of one table, account titles. Each was read wrongly in a trial with random workbooks of known content.
"""

from __future__ import annotations

import pytest
from gridmaker import understand

ISINS = ("US0378331005", "CH0038863350", "HK0883013259", "DE0007164600")
NAMES = ("APPLE INC", "NESTLE SA-REG", "CNOOC LTD", "SAP SE")


def told(intake, *columns):
    return list(zip(*(intake.table[c].tolist() for c in columns), strict=True))


def test_a_header_of_two_rows_over_alike_rows_is_no_holding_of_two_lines():
    """The account is merged over its rows, so that each second row lacks it."""
    held = [(NAMES[0], "21"), (NAMES[1], "7"), (NAMES[2], "8"), (NAMES[3], "9"), (NAMES[0], "6"), (NAMES[2], "4")]
    rows = [["", name, 10.5 * int(q), int(q)] for name, q in held]
    rows[0][0] = rows[4][0] = "A-1001"
    header = [["Portfolio", "", "Valuation", "Position"], ["", "Bezeichnung", "Marktwert", "Nominal"]]
    merged = ((3, 1, 6, 1), (8, 1, 9, 1), (1, 1, 2, 1))
    intake = understand([*header, *rows[:4], ["Subtotal", "", 472.5, ""], *rows[4:]], merged=merged)
    assert told(intake, "security_name", "quantity", "portfolio") == [(*one, "A-1001") for one in held]


@pytest.mark.parametrize("above", [[], [["Position", "", "", "Valuation", "", "Position", "", "Valuation"]]])
def test_an_empty_column_is_a_space_within_a_table_whose_headings_do_not_come_again(above):
    header = ["Symbol", "ISIN", "", "Marktwert", "", "Security Name", "Nominal", "Price"]
    rows = [
        ["AB", isin, "", 10.5 * n, "", name, n, 10.5]
        for n, (isin, name) in enumerate(zip(ISINS, NAMES, strict=True), 1)
    ]
    intake = understand([*above, header, *rows])
    assert told(intake, "security_name", "isin", "quantity") == list(zip(NAMES, ISINS, "1234", strict=True))


def test_tables_side_by_side_say_again_what_is_held():
    header = ["Name", "Quantity", "", "Security", "Nominal"]
    rows = [[NAMES[0], 5, "", NAMES[1], 7], [NAMES[2], 6, "", NAMES[3], 8]]
    intake = understand([header, *rows])
    assert sorted(told(intake, "security_name", "quantity")) == sorted(zip(NAMES, "5768", strict=True))


@pytest.mark.parametrize(
    ("title", "account"),
    [
        ("Account: A-1001", "A-1001"),
        ("Account: Penrose Trust", "Penrose Trust"),
        ("Depot ACC 2002", "ACC 2002"),
        ("Portfolio P 100/77", "P 100/77"),
        ("Account Summary", ""),
        ("Portfolio: Equities", ""),
        ("Konto: EUR", ""),
        ("Account: 20 November 2026", ""),
    ],
)
@pytest.mark.parametrize("lead", [False, True])
def test_an_account_stands_in_the_title_above_its_rows(title, account, lead):
    """Where the title stands over amounts (`lead`), too: then a line of text had amounts, and was a problem."""
    header = ["Marktwert", "Name", "ISIN", "Units"] if lead else ["Name", "ISIN", "Units", "Marktwert"]
    rows = [[NAMES[0], ISINS[0], 1], [NAMES[1], ISINS[1], 2]]
    rows = [[5.5 * row[2], *row] if lead else [*row, 5.5 * row[2]] for row in rows]
    intake = understand([header, [title, "", "", ""], *rows])
    assert told(intake, "security_name", "account_id") == [(NAMES[0], account), (NAMES[1], account)]
    assert not (intake.problems and account)


def test_a_header_merged_over_both_its_rows_heads_one_line():
    header = [["Account", "Position", "Security Name", "Valuation", "ISIN"], ["", "Quantity", "", "Marktwert", ""]]
    rows = [["", n, name, 10.5 * n, isin] for n, (name, isin) in enumerate(zip(NAMES, ISINS, strict=True), 1)]
    rows[0][0], rows[2][0] = "A-1001", "P 100/77"
    merged = ((1, 1, 2, 1), (1, 3, 2, 3), (1, 5, 2, 5), (3, 1, 4, 1), (5, 1, 6, 1))
    intake = understand([*header, *rows], merged=merged)
    assert told(intake, "security_name", "isin", "quantity") == list(zip(NAMES, ISINS, "1234", strict=True))


def test_group_titles_that_come_again_part_no_table():
    header = [
        ["Valuation", "", "Position", "Ticker", "Security", "Position", "Valuation"],
        ["Cost", "Marktwert", "Kurs", "", "", "Stück", "Weight"],
    ]
    rows = [[9.5 * n, 10.5 * n, 10.5, "AB US", name, n, 0.1] for n, name in enumerate(NAMES, 1)]
    intake = understand([*header, *rows], merged=((1, 1, 1, 2), (1, 4, 2, 4), (1, 5, 2, 5)))
    assert told(intake, "security_name", "quantity", "market_value") == [
        (name, str(n), str(10.5 * n).removesuffix(".0")) for n, name in enumerate(NAMES, 1)
    ]


@pytest.mark.parametrize("above", [[], [["Equities", "", "", ""], [NAMES[3], ISINS[3], 7, 70.5]]])
@pytest.mark.parametrize("held", [1, 3])
def test_a_total_that_names_its_account_sums_what_stands_beneath_the_last_title(above, held):
    rows = [[name, isin, 2, 20.5] for name, isin in zip(NAMES[:held], ISINS[:held], strict=True)]
    sheet = [["Name", "ISIN", "Shares", "Value"], *above, ["Hong Kong", "", "", ""], *rows]
    intake = understand([*sheet, ["Total P 100/77", "", "", 20.5 * held]])
    assert [a.reason for a in intake.set_aside if a.text.startswith("Total")] == ["total"]
    assert len(intake.table) == held + len(above) // 2


def test_a_title_like_those_of_other_accounts_names_an_account():
    rows = [[name, isin, 1, 5.5] for name, isin in zip(NAMES, ISINS, strict=True)]
    titles = ["Account A-1001", "Account Penrose Trust"]
    header = ["Name", "ISIN", "Units", "Value"]
    intake = understand([header, [titles[0], "", "", ""], *rows[:2], [titles[1], "", "", ""], *rows[2:]])
    assert intake.table["account_id"].tolist() == ["A-1001", "A-1001", "Penrose Trust", "Penrose Trust"]


@pytest.mark.parametrize("amount", [1700947, "EUR1700947"])
@pytest.mark.parametrize("lead", [False, True])
def test_an_amount_that_stands_alone_is_no_account(amount, lead):
    """It is a problem that a person must see; as an account's title it would be the account of what follows."""
    header = ["Marktwert", "Name", "ISIN", "Units"] if lead else ["Name", "ISIN", "Units", "Marktwert"]
    held = [[5.5, NAMES[0], ISINS[0], 1], [7.5, NAMES[3], ISINS[3], 3]]
    rows = [held[0], [amount, "", "", ""], held[1]]
    intake = understand([header, *(rows if lead else [[*r[1:], r[0]] for r in rows])])
    assert intake.table["account_id"].tolist() == ["", ""]
    assert [(p.source.row, p.code) for p in intake.problems] == [(3, "NOTHING_TO_SCREEN_BY")]


def test_lists_side_by_side_without_amounts_stay_lists():
    """`Security` behind an empty column heads other names than `Name` does, not the issuers of these."""
    header = ["Name", "Sector", "", "Security", "Rating"]
    intake = understand([header, [NAMES[0], "Tech", "", NAMES[2], "A"], [NAMES[1], "Food", "", NAMES[3], "B"]])
    assert sorted(told(intake, "security_name", "issuer")) == sorted((name, "") for name in NAMES)


def test_amounts_of_the_portfolio_are_amounts():
    header = ["Name", "Portfolio Units", "Portfolio MV", "Portfolio %"]
    intake = understand([header, [NAMES[0], 1, 500, 40.5], [NAMES[1], 3, 700, 59.5]])
    assert told(intake, "quantity", "market_value", "weight_pct") == [("1", "500", "40.5"), ("3", "700", "59.5")]


def test_each_table_of_a_sheet_proves_its_own_decimal_mark():
    """`8.500` beside `1.232.500,00` is eight thousand five hundred, whatever another table on the sheet writes."""
    header = ["Name", "Nominal", "Marktwert"]
    ours = [[NAMES[0], "8.500", "1.232.500,00"], [NAMES[1], "3.000", "96.000,00"]]
    other = [[name, 1234.5, 99999.25 + n] for n, name in enumerate(NAMES)]
    intake = understand([header, *ours, [], ["Security", "Units", "Price"], *other])
    assert intake.table["quantity"].tolist()[:2] == ["8500", "3000"]


def test_a_footnote_is_no_position_and_a_numbered_list_is_one():
    table = [["Name", "Units", "Value"], [NAMES[0], 1, 5.5], [NAMES[1], 2, 6.5], [], ["(1) Settled quantity", "", ""]]
    assert [a.reason for a in understand(table).set_aside] == ["footer"]
    listed = understand([[f"({n}) {name}"] for n, name in enumerate(NAMES, 1)])
    assert listed.table["security_name"].tolist() == list(NAMES)


def test_an_account_stands_in_a_block_above_the_table():
    block = [["Client", "Rowan Family", ""], ["Depotnummer", "ACC 2002", ""], ["Currency", "USD", ""]]
    intake = understand([*block, ["Name", "Units", "Value"], [NAMES[0], 1, 5.5], [NAMES[1], 2, 6.5]])
    assert intake.table["account_id"].tolist() == ["ACC 2002"] * 2


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("Constituent Name", "Constituent Name(Eng)"),
        ("成份券名称Constituent Name", "成份券英文名称Constituent Name(Eng)"),
    ],
)
def test_a_name_and_behind_an_empty_column_the_name_in_english_are_one_table(name, english):
    header = ["Code", name, "", english, "Exchange"]
    rows = [
        ["600941", "中国移动", "", "China Mobile Limited", "Shanghai"],
        ["600028", "中国石化", "", "Sinopec", "Shanghai"],
    ]
    intake = understand([header, *rows])
    assert told(intake, "security_name", "issuer") == [("China Mobile Limited", "中国移动"), ("Sinopec", "中国石化")]


@pytest.mark.parametrize(("quantity", "positions"), [(30, 2), (31, 4)])
def test_lots_are_their_holdings_where_they_sum_to_it(quantity, positions):
    """Else they are positions of their own: nothing says what the line above counts."""
    header = ["Name", "Acquired", "Units", "Value"]
    lots = [["Lot 1", "2020-01-31", 10, 100.5], ["Lot 2", "2021-01-31", 20, 201.0]]
    rows = [[NAMES[0], "", quantity, 301.5], *lots, [NAMES[2], "", 5, 55.5], ["Tax lot 1", "2022-01-31", 5, 55.5]]
    table = understand([header, *rows]).table
    assert len(table) == positions
    assert table["security_name"].tolist()[0] == NAMES[0]
    assert NAMES[2] in table["security_name"].tolist()


@pytest.mark.parametrize("headings", [("Acct 1001", "Acct 1002"), ("Account A", "Account B")])
def test_a_column_of_amounts_for_each_account_is_no_account(headings):
    header = ["Security", "ISIN", *headings, "Total"]
    rows = [[NAMES[0], ISINS[0], 10, 20, 30], [NAMES[2], ISINS[2], 100, "", 100]]
    assert told(understand([header, *rows]), "security_name", "account_id") == [(NAMES[0], ""), (NAMES[2], "")]
