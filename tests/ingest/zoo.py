"""One small file a trap, of our own making: how it is built, and what must come of each row.

`held` are (row, name or "", one identifier or ticker or ""); `aside` (row, reason); `more` the
rows that join a position.
"""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import openpyxl

if TYPE_CHECKING:
    from pathlib import Path

CM, AP, TC = (
    ("CHINA MOBILE LTD", "HK0941009539"),
    ("APPLE INC", "US0378331005"),
    ("TENCENT HOLDINGS LTD", "KYG875721634"),
)


@dataclass(frozen=True)
class Trap:
    name: str
    sheets: dict[str, list[list[Any]]]
    held: list[tuple[int, str, str]]
    aside: list[tuple[int, str]] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    more: dict[int, str] = field(default_factory=dict)
    codes: set[str] = field(default_factory=set)
    says: tuple[str, ...] = ()
    kind: str = "xlsx"
    merged: tuple[str, ...] = ()
    formats: dict[str, str] = field(default_factory=dict)
    hide_rows: tuple[int, ...] = ()
    hide_sheets: tuple[str, ...] = ()
    delimiter: str = ","
    encoding: str = "utf-8"

    def write(self, folder: Path) -> Path:
        path = folder / f"{self.name.replace(' ', '_')}.{self.kind}"
        if self.kind == "xlsx":
            self._workbook().save(path)
        else:
            with path.open("w", encoding=self.encoding, newline="") as stream:
                csv.writer(stream, delimiter=self.delimiter).writerows(next(iter(self.sheets.values())))
        return path

    def _workbook(self):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in self.sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
            for span in self.merged:
                sheet.merge_cells(span)
            for cell, shown in self.formats.items():
                sheet[cell].number_format = shown
            for number in self.hide_rows:
                sheet.row_dimensions[number].hidden = True
            if title in self.hide_sheets:
                sheet.sheet_state = "hidden"
        return book


def _p(rows):
    return {"Positions": rows}


HEAD = ["Security", "ISIN", "Quantity", "Market Value"]

TRAPS = [
    Trap(
        "preamble",
        _p(
            [
                ["Acme Custody"],
                ["Holdings as of", "31 Oct 2026"],
                [],
                HEAD,
                [*CM, 1, 100.5],
                ["Total", None, None, 100.5],
            ]
        ),
        [(5, *CM)],
        [(1, "preamble"), (2, "preamble"), (6, "total")],
        says=("header stands in row 4", "agrees with the rows above it"),
    ),
    Trap("no break space row", _p([["\xa0"], HEAD, [*CM, 1, 100.5], ["\xa0", "\xa0", None, None]]), [(3, *CM)]),
    Trap(
        "two header rows merged",
        _p(
            [
                ["Security", None, "Position", None],
                ["Name", "ISIN", "Quantity", "Value (EUR)"],
                [*CM, 1, 2],
                [*AP, 1, 2],
            ]
        ),
        [(3, *CM), (4, *AP)],
        merged=("A1:B1", "C1:D1"),
    ),
    Trap(
        "units under header",
        _p([["Name", "ISIN", "Value", "Cost"], [None, None, "(USD)", "(USD)"], [*CM, 1.5, 2.5]]),
        [(3, *CM)],
    ),
    Trap(
        "stacked tables",
        _p(
            [
                HEAD,
                [*CM, 1, 100.5],
                [],
                [],
                ["Trade Date", "Transaction Type", "Security", "Symbol", "Net Amount"],
                ["2026-01-02", "Buy", "HIKVISION", "002415", -50.5],
                ["2026-01-03", "Deposit", None, None, 500.5],
            ]
        ),
        [(2, *CM), (6, "HIKVISION", "002415")],
        [(7, "cash")],
        codes={"SEVERAL_TABLES"},
    ),
    Trap(
        "side by side",
        _p(
            [
                ["Longs", None, None, None, "Shorts"],
                ["Name", "ISIN", "Value", None, "Name", "ISIN", "Value"],
                [*CM, 100.5, None, *AP, -50.5],
                [*TC, 100.5, None, None, None, None],
            ]
        ),
        [(3, *CM), (4, *TC), (3, *AP)],
        [(1, "preamble")],
        codes={"SEVERAL_TABLES"},
    ),
    Trap(
        "side by side without a gap",
        _p([["Name", "ISIN", "Weight", "Name", "ISIN", "Weight"], [*CM, 0.5, *AP, 0.2], [*TC, 0.5, None, None, None]]),
        [(2, *CM), (3, *TC), (2, *AP)],
    ),
    Trap(
        "repeated headers",
        _p([HEAD, [*CM, 1, 100.5], ["Page 1 of 2"], HEAD, [*AP, 1, 100.5]]),
        [(2, *CM), (5, *AP)],
        [(3, "footer")],
    ),
    Trap(
        "name then isin",
        _p(
            [
                ["Security", "Quantity", "Market Value"],
                [CM[0], 1, 100.5],
                [CM[1], None, None],
                [AP[0], 2, 50.5],
                [AP[1], None, None],
            ]
        ),
        [(2, *CM), (4, *AP)],
        more={2: "3", 4: "5"},
        says=("line 2 of each holding",),
    ),
    Trap(
        "three rows a holding",
        _p(
            [
                ["Security", "Quantity", "Market Value"],
                [CM[0], 1, 100.5],
                [CM[1], None, None],
                ["Hong Kong - HKD", None, None],
                [AP[0], 2, 50.5],
                [AP[1], None, None],
                ["United States - USD", None, None],
                [TC[0], 2, 50.5],
                [TC[1], None, None],
                ["Hong Kong - HKD", None, None],
            ]
        ),
        [(2, *CM), (5, *AP), (8, *TC)],
        more={2: "3,4", 5: "6,7", 8: "9,10"},
    ),
    Trap(
        "header over three rows",
        _p(
            [
                ["Security Name", "Quantity", "Market Value"],
                ["ISIN", "Price", "Accrued Interest"],
                ["Account", "Currency", "Cost"],
                [CM[0], 1000, 50500],
                [CM[1], 50.5, 0],
                ["A-1234", "HKD", 40000],
                [AP[0], 10, 2000],
                [AP[1], 200, 0],
                ["A-1234", "USD", 1000],
            ]
        ),
        [(4, *CM), (7, *AP)],
        more={4: "5,6", 7: "8,9"},
    ),
    Trap(
        "name and ids before amounts",
        _p(
            [
                ["Description", "Quantity", "Price", "Market Value"],
                ["COMMON STOCK"],
                [CM[0]],
                ["SEDOL: 6073556 ISIN: HK0941009539"],
                [None, 1000, 50.5, 50500],
                [AP[0]],
                ["SEDOL: 2046251 ISIN: US0378331005"],
                [None, 10, 200, 2000],
                ["TOTAL COMMON STOCK", None, None, 52500],
            ]
        ),
        [(3, CM[0], "HK0941009539"), (6, AP[0], "US0378331005")],
        [(2, "section title"), (9, "total")],
        more={3: "4,5", 6: "7,8"},
    ),
    Trap(
        "lots under a parent",
        _p(
            [
                ["Security", "ISIN", "Acquired", "Quantity", "Market Value"],
                [*CM, None, None, None],
                [None, None, "2020-01-02", 500, 25000],
                [None, None, "2020-02-02", 500, 25500],
                [*AP, None, None, None],
                [None, None, "2021-01-02", 10, 2000],
                ["Total", None, None, None, 52500],
            ]
        ),
        [(2, *CM), (5, *AP)],
        [(7, "total")],
        more={2: "3,4", 5: "6"},
    ),
    Trap(
        "lots of a priced parent",
        _p(
            [
                ["Security", "ISIN", "Date Acquired", "Quantity", "Market Value"],
                [*CM, None, 1000, 50500],
                [None, None, "2020-01-02", 1000, 50500],
            ]
        ),
        [(2, *CM)],
        more={2: "3"},
    ),
    Trap(
        "merged name over lots",
        _p([HEAD, [*CM, 1, 100.5], [None, None, 2, 200.5]]),
        [(2, *CM), (3, *CM)],
        merged=("A2:A3", "B2:B3"),
    ),
    Trap(
        "sections",
        _p(
            [
                ["Name", "Symbol", "Qty", "Value"],
                ["Account: 12-34567"],
                ["Equities - HKD"],
                ["CHINA MOBILE", "941", 1, 100.5],
                ["Subtotal HKD", None, None, 100.5],
                ["Equities - USD"],
                ["APPLE", "AAPL", 1, 50.5],
            ]
        ),
        [(4, "CHINA MOBILE", "941"), (7, "APPLE", "AAPL")],
        [(2, "section title"), (3, "section title"), (5, "total"), (6, "section title")],
    ),
    Trap(
        "cover and pivot",
        {
            "Cover": [["Quarterly report"], ["Prepared for Foo"]],
            "Pivot": [["Row Labels", "Sum of Market Value"], ["China", 100.5], ["Grand Total", 100.5]],
            "Data": [HEAD, [*CM, 1, 100.5]],
        },
        [(2, *CM)],
        [(1, "no position table"), (2, "no position table"), (2, "pivot table"), (3, "total")],
        codes={"TABLE_NOT_READ"},
        says=("gives no position: pivot table",),
    ),
    Trap(
        "hidden parts",
        {"Shown": [HEAD, [*CM, 1, 100.5], [*AP, 1, 100.5]], "Hidden": [HEAD, [*TC, 1, 100.5]]},
        [(2, *CM), (3, *AP), (2, *TC)],
        hide_rows=(3,),
        hide_sheets=("Hidden",),
        codes={"HIDDEN_SHEET", "HIDDEN_ROWS"},
        says=("hidden; read all the same",),
    ),
    Trap(
        "same sheet twice",
        {"A": [HEAD, [*CM, 1, 100.5], [*AP, 2, 50.5]], "B": [HEAD, [*AP, 2, 50.5], [*CM, 1, 100.5]]},
        [(2, *CM), (3, *AP), (2, *AP), (3, *CM)],
        codes={"DUPLICATE_SHEET"},
    ),
    Trap(
        "gathered sheets",
        {"X": [HEAD, [*CM, 1, 100.5]], "Y": [HEAD, [*AP, 2, 50.5]], "All": [HEAD, [*AP, 2, 50.5], [*CM, 1, 100.5]]},
        [(2, *CM), (2, *AP), (2, *AP), (3, *CM)],
        codes={"DUPLICATE_SHEET"},
    ),
    Trap(
        "names only",
        _p([["China Mobile Ltd"], ["Total SE"], ["Cash Converters International"], ["Avichina Industry 'H'"]]),
        [
            (1, "China Mobile Ltd", ""),
            (2, "Total SE", ""),
            (3, "Cash Converters International", ""),
            (4, "Avichina Industry 'H'", ""),
        ],
        kind="csv",
        says=("told by what they hold",),
    ),
    Trap(
        "names under a header",
        _p([["Company"], ["China Mobile Ltd"], ["Apple Inc"]]),
        [(2, "China Mobile Ltd", ""), (3, "Apple Inc", "")],
        kind="csv",
    ),
    Trap("codes only", _p([[CM[1]], [AP[1]], [TC[1]]]), [(1, "", CM[1]), (2, "", AP[1]), (3, "", TC[1])], kind="csv"),
    Trap("no header", _p([[*CM, 100, 5000.5], [*AP, 10, 2000.5], [*TC, 10, 4000.5]]), [(1, *CM), (2, *AP), (3, *TC)]),
    Trap("header in unknown words", _p([["Brzgl", "Kwomp", "Zzyx"], [*CM, 100], [*AP, 200]]), [(2, *CM), (3, *AP)]),
    Trap(
        "mixed code column",
        _p(
            [
                ["Code", "Name", "Units"],
                [941, "CHINA MOBILE", 5],
                ["941 HK", "CHINA MOBILE", 5],
                ["700 HK", "TENCENT", 5],
            ]
        ),
        [(2, "CHINA MOBILE", "941"), (3, "CHINA MOBILE", "941 HK"), (4, "TENCENT", "700 HK")],
    ),
    Trap(
        "footers and notes",
        _p(
            [
                HEAD,
                [*CM, 1, 100.5],
                ["* Price delayed"],
                ["This report is confidential and must not be passed on."],
                ["Source: Acme"],
            ]
        ),
        [(2, *CM)],
        [(3, "footer"), (4, "footer"), (5, "footer")],
    ),
    Trap(
        "total that is a company",
        _p(
            [
                ["Name", "Market Value"],
                ["TOTAL SE", 100.5],
                ["TotalEnergies SE", 50],
                ["Apple Inc", 200],
                ["Total", 350.5],
            ]
        ),
        [(2, "TOTAL SE", ""), (3, "TotalEnergies SE", ""), (4, "Apple Inc", "")],
        [(5, "total")],
    ),
    Trap(
        "total without a word",
        _p([["Name", "Qty", "Market Value"], ["Foo AG", 1, 100.5], ["Bar AG", 1, 200.5], [None, None, 301.0]]),
        [(2, "Foo AG", ""), (3, "Bar AG", "")],
        [(4, "total")],
    ),
    Trap(
        "total that does not foot",
        _p([HEAD, [*CM, 1, 100.5], ["Total", None, None, 999]]),
        [(2, *CM)],
        [(3, "total")],
        codes={"TOTAL_DIFFERS"},
        says=("the rows above it sum to 100.5",),
    ),
    Trap(
        "cash and not cash",
        _p(
            [
                ["Name", "Symbol", "Asset Class", "Quantity", "Market Value"],
                ["US DOLLAR", "USD", "Cash", 1, 1.5],
                ["CASH COLLATERAL HSBC", None, "Cash", 1, 1.5],
                ["DIVIDEND CHINA MOBILE", None, "Cash", None, 1.5],
            ]
        ),
        [(3, "CASH COLLATERAL HSBC", ""), (4, "DIVIDEND CHINA MOBILE", "")],
        [(2, "cash")],
    ),
    Trap(
        "nothing to screen by",
        _p([HEAD, [*CM, 1, 100.5], [None, None, 7, 5.5]]),
        [(2, *CM)],
        problems=[(3, "NOTHING_TO_SCREEN_BY")],
        says=("cannot be screened",),
    ),
    Trap(
        "formula without value",
        _p([HEAD, [*CM, 1, 100.5], ["=A2", AP[1], 1, 100.5], [TC[0], "=B2", 1, 5.5]]),
        [(2, *CM)],
        problems=[(3, "FORMULA_WITHOUT_VALUE"), (4, "FORMULA_WITHOUT_VALUE")],
    ),
    Trap(
        "error cells",
        _p([HEAD, ["#REF!", None, 1, 100.5], [AP[0], "#N/A", 1, 100.5]]),
        [(3, AP[0], "")],
        problems=[(2, "ERROR_CELL")],
    ),
    Trap(
        "leading zeros shown",
        _p([["CUSIP", "Name", "Quantity"], [37833100, "APPLE INC", 1]]),
        [(2, "APPLE INC", "037833100")],
        formats={"A2": "000000000"},
        codes={"REPAIRED"},
    ),
    Trap(
        "leading zeros lost",
        _p([["CUSIP", "Name", "Quantity"], [37833100, "APPLE INC", 1], ["67066G104", "NVIDIA", 1]]),
        [(2, "APPLE INC", "37833100"), (3, "NVIDIA", "67066G104")],
        codes={"REPAIRED"},
    ),
    Trap(
        "cusip as a power of ten",
        _p([["CUSIP", "Name", "Quantity"], [2.9364e112, "ENTERGY", 1], ["67066G104", "NVIDIA", 1]]),
        [(2, "ENTERGY", "2.9364e+112"), (3, "NVIDIA", "67066G104")],
        codes={"REPAIRED"},
    ),
    Trap(
        "words that look missing",
        _p(
            [["Ticker", "Name", "Quantity"], ["NA", "NATIONAL BANK", 1], ["NULL", "NULL TECH", 1], [True, "TRUECAR", 1]]
        ),
        [(2, "NATIONAL BANK", "NA"), (3, "NULL TECH", "NULL"), (4, "TRUECAR", "TRUE")],
        codes={"REPAIRED"},
    ),
    Trap(
        "ticker turned into a date",
        _p(
            [
                ["Ticker", "Name", "Quantity"],
                [dt.date(2026, 3, 1), "MARINE", 1],
                ["AAPL", "APPLE", 1],
                ["MSFT", "MICROSOFT", 1],
            ]
        ),
        [(2, "MARINE", "2026-03-01"), (3, "APPLE", "AAPL"), (4, "MICROSOFT", "MSFT")],
        codes={"REPAIRED"},
    ),
    Trap(
        "full width and soft hyphens",
        _p([["Ticker", "Name", "Quantity"], ["９４１", "CHINA MO\u00adBILE\u200b LTD", 1], ["５", "HSBC", 1]]),
        [(2, "CHINA MOBILE LTD", "941"), (3, "HSBC", "5")],
    ),
    Trap(
        "two names a row",
        _p(
            [
                ["代码", "名称", "英文名称 Name(Eng)", "数量"],
                ["600941", "中国移动", "China Mobile Ltd", 5],
                ["000001", "平安银行", "Ping An Bank", 5],
            ]
        ),
        [(2, "China Mobile Ltd", "600941"), (3, "Ping An Bank", "000001")],
    ),
    Trap(
        "name over numbered columns",
        _p(
            [
                ["Description 1", "Description 2", "CUSIP", "Quantity"],
                ["SEMICONDUCTOR MANUFACTURING", "INTERNATIONAL CORP", "67066G104", 1],
            ]
        ),
        [(2, "SEMICONDUCTOR MANUFACTURING INTERNATIONAL CORP", "67066G104")],
    ),
    Trap(
        "isin inside the name",
        _p([["Description", "Quantity", "Value"], ["CHINA MOBILE LTD ISIN HK0941009539", 1, 2.5]]),
        [(2, CM[0], "HK0941009539")],
    ),
    Trap(
        "side note",
        _p([[*HEAD, None, "Remark of mine"], [*CM, 1, 100.5, None, None], [None, None, None, None, None, "call Bob"]]),
        [(2, *CM)],
        [(3, "side note")],
    ),
    Trap(
        "italian",
        _p(
            [
                ["Deposito titoli n. 123456"],
                ["Descrizione titolo", "Codice ISIN", "Divisa", "Quantità", "Prezzo", "Controvalore EUR"],
                [*CM, "HKD", "1.000", "50,50", "6.000,12"],
                ["Totale portafoglio", "", "", "", "", "6.000,12"],
            ]
        ),
        [(3, *CM)],
        [(1, "preamble"), (4, "total")],
        kind="csv",
        delimiter=";",
    ),
    Trap(
        "swedish",
        _p(
            [
                ["Värdepapper", "Kortnamn", "Antal", "Kurs", "Värde SEK"],
                ["Ericsson B", "ERIC B", "100", "60,5", "6\xa0050,00"],
                ["Likvida medel", "", "", "", "1\xa0000,00"],
                ["Summa", "", "", "", "7\xa0050,00"],
            ]
        ),
        [(2, "Ericsson B", "ERIC B")],
        [(3, "cash"), (4, "total")],
        kind="csv",
        delimiter="\t",
        encoding="utf-16",
    ),
    Trap(
        "french canadian",
        _p(
            [
                ["No de compte", "Symbole", "Description du titre", "Quantité", "Valeur marchande", "Devise"],
                ["7AB123", "NA", "BANQUE NATIONALE", "10", "1 000,00 $", "CAD"],
                ["7AB123", "", "ENCAISSE", "", "500,00 $", "CAD"],
            ]
        ),
        [(2, "BANQUE NATIONALE", "NA")],
        [(3, "cash")],
        kind="csv",
        delimiter=";",
        encoding="cp1252",
    ),
    Trap(
        "custodian detail",
        _p(
            [
                ["NORTHERN CUSTODY"],
                ["Asset Detail - Base Currency"],
                ["31 OCT 26"],
                [
                    "Description/Asset ID",
                    "Shares/PAR value",
                    "Exchange rate/local market price",
                    "Cost",
                    "Market value",
                ],
                ["Common stock"],
                ["China - HKD"],
                ["CHINA MOBILE LTD HKD0.10 CUSIP: 16941M109"],
                ["SEDOL: 6073556", "1,000.00", "7.80 / 80.50", "40,000.00", "50,000.00"],
                ["CNOOC LTD NPV CUSIP: 12613M108"],
                ["SEDOL: B00G0S5", "500.00", "7.80 / 18.00", "4,000.00", "9,000.00"],
                ["Total HKD", None, None, "44,000.00", "59,000.00"],
                ["United States - USD"],
                ["APPLE INC COM STK CUSIP: 037833100"],
                ["SEDOL: 2046251", "100.00", "1.00 / 200.00", "15,000.00", "20,000.00"],
                ["Total", None, None, "59,000.00", "79,000.00"],
            ]
        ),
        [
            (7, "CHINA MOBILE LTD HKD0.10", "16941M109"),
            (9, "CNOOC LTD NPV", "CUSIP: 12613M108"),
            (13, "APPLE INC COM STK", "037833100"),
        ],
        [
            (1, "preamble"),
            (2, "preamble"),
            (3, "preamble"),
            (5, "section title"),
            (6, "section title"),
            (11, "total"),
            (12, "section title"),
            (15, "total"),
        ],
        more={7: "8", 9: "10", 13: "14"},
        says=("stated for 2026-10-31",),
    ),
    Trap(
        "name that ends on the next line",
        _p(
            [
                HEAD,
                ["HANGZHOU HIKVISION DIGITAL", None, 10, 100.5],
                ["TECHNOLOGY CO LTD-A"],
                [*AP, 1, 5.5],
                ["NVIDIA", None, 1, 5.5],
                ["MICROSOFT", None, 1, 5.5],
            ]
        ),
        [(2, "HANGZHOU HIKVISION DIGITAL TECHNOLOGY CO LTD-A", ""), (4, *AP), (5, "NVIDIA", ""), (6, "MICROSOFT", "")],
        more={2: "3"},
    ),
    Trap(
        "money by name alone",
        _p(
            [
                ["Security Name", "Sedol", "Shares", "Base MV"],
                ["CHINA MOBILE", "6073556", 5, 5.5],
                ["RECEIVABLE FOR CHINA MOBILE DIVIDEND", None, None, 5.5],
                ["US DOLLAR", None, None, 7.5],
            ]
        ),
        [(2, "CHINA MOBILE", ""), (3, "RECEIVABLE FOR CHINA MOBILE DIVIDEND", "")],
        [(4, "cash")],
    ),
    Trap(
        "a letter",
        _p([["Dear client,"], ["thank you for your letter of yesterday which we have read"]]),
        [],
        [(1, "running text"), (2, "running text")],
        kind="csv",
    ),
]
