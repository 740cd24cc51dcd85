"""Writes samples/: a made-up adviser's book of real securities; accounts and quantities are invented.

Most of it is ordinary: a book in which everything is prohibited looks staged. Run: python tools/build_samples.py
"""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from stdnum import isin as isin_number

ROOT = Path(__file__).resolve().parent.parent
AS_OF = datetime(2026, 10, 30, tzinfo=UTC).replace(tzinfo=None)
HEADER = [
    "Account", "Security Description", "ISIN", "Ticker", "Asset Class", "Ccy", "Quantity", "Price", "Market Value",
    "% of Account",
]  # fmt: skip

FAMILY, TRUST, ENDOWMENT = "BRK-1001 Hollis Family", "BRK-1002 Hollis Trust", "BRK-2001 Penrose Endowment"
Row = tuple[str, str, str, str, str, str, float, float]

ORDINARY: list[Row] = [
    (FAMILY, "APPLE INC", "US0378331005", "AAPL US", "Equity", "USD", 1200, 241.35),
    (FAMILY, "MICROSOFT CORP", "US5949181045", "MSFT US", "Equity", "USD", 640, 448.10),
    (FAMILY, "NVIDIA CORP", "US67066G1040", "NVDA US", "Equity", "USD", 900, 171.25),
    (FAMILY, "ALPHABET INC-CL A", "US02079K3059", "GOOGL US", "Equity", "USD", 510, 212.80),
    (FAMILY, "JPMORGAN CHASE & CO", "US46625H1005", "JPM US", "Equity", "USD", 430, 268.40),
    (FAMILY, "JOHNSON & JOHNSON", "US4781601046", "JNJ US", "Equity", "USD", 380, 171.05),
    (FAMILY, "PROCTER & GAMBLE CO/THE", "US7427181091", "PG US", "Equity", "USD", 310, 158.60),
    (FAMILY, "NESTLE SA-REG", "CH0038863350", "NESN SW", "Equity", "CHF", 800, 82.14),
    (FAMILY, "ASML HOLDING NV", "NL0010273215", "ASML NA", "Equity", "EUR", 95, 702.30),
    (FAMILY, "LVMH MOET HENNESSY LOUIS VUI", "FR0000121014", "MC FP", "Equity", "EUR", 60, 588.20),
    (FAMILY, "TAIWAN SEMICONDUCTOR-SP ADR", "US8740391003", "TSM US", "ADR", "USD", 700, 212.45),
    (FAMILY, "TENCENT HOLDINGS LTD", "KYG875721634", "700 HK", "Equity", "HKD", 2400, 498.60),
    (FAMILY, "TESLA INC (SHORT)", "US88160R1014", "TSLA US", "Equity", "USD", -250, 312.90),
    (FAMILY, "US TREASURY N/B 4.25% 11/15/34", "US91282CLW90", "", "Fixed Income", "USD", 250000, 0.9842),
    (TRUST, "VISA INC-CLASS A SHARES", "US92826C8394", "V US", "Equity", "USD", 410, 341.10),
    (TRUST, "EXXON MOBIL CORP", "US30231G1022", "XOM US", "Equity", "USD", 900, 117.30),
    (TRUST, "COCA-COLA CO/THE", "US1912161007", "KO US", "Equity", "USD", 1500, 71.20),
    (TRUST, "PEPSICO INC", "US7134481081", "PEP US", "Equity", "USD", 420, 149.90),
    (TRUST, "SAP SE", "DE0007164600", "SAP GR", "Equity", "EUR", 300, 231.55),
    (TRUST, "SIEMENS AG-REG", "DE0007236101", "SIE GR", "Equity", "EUR", 280, 214.70),
    (TRUST, "ROCHE HOLDING AG-GENUSSCHEIN", "CH0012032048", "ROG SW", "Equity", "CHF", 140, 268.30),
    (TRUST, "TOYOTA MOTOR CORP", "JP3633400001", "7203 JP", "Equity", "JPY", 3000, 2840.00),
    (TRUST, "SAMSUNG ELECTRONICS CO LTD", "KR7005930003", "005930 KS", "Equity", "KRW", 900, 71200.00),
    (TRUST, "ALIBABA GROUP HOLDING-SP ADR", "US01609W1027", "BABA US", "ADR", "USD", 650, 121.75),
    (TRUST, "AIA GROUP LTD", "HK0000069689", "1299 HK", "Equity", "HKD", 5200, 68.35),
    (TRUST, "CHINA CONSTRUCTION BANK-H", "CNE1000002H1", "939 HK", "Equity", "HKD", 42000, 7.41),
    (TRUST, "CHINA RAILWAY GROUP LTD-H", "CNE1000007Z2", "390 HK", "Equity", "HKD", 30000, 3.92),
    (TRUST, "COSTAR GROUP INC", "US22160N1090", "CSGP US", "Equity", "USD", 220, 84.15),
    (ENDOWMENT, "META PLATFORMS INC-CLASS A", "US30303M1027", "META US", "Equity", "USD", 380, 655.20),
    (ENDOWMENT, "AMAZON.COM INC", "US0231351067", "AMZN US", "Equity", "USD", 900, 224.60),
    (ENDOWMENT, "ASTRAZENECA PLC", "GB0009895292", "AZN LN", "Equity", "GBP", 700, 118.42),
    (ENDOWMENT, "UNILEVER PLC", "GB00B10RZP78", "ULVR LN", "Equity", "GBP", 1100, 46.71),
    (ENDOWMENT, "TOTALENERGIES SE", "FR0000120271", "TTE FP", "Equity", "EUR", 1200, 54.80),
    (ENDOWMENT, "BHP GROUP LTD", "AU000000BHP4", "BHP AU", "Equity", "AUD", 1600, 41.26),
    (ENDOWMENT, "BYD CO LTD-H", "CNE100000296", "1211 HK", "Equity", "HKD", 1500, 118.20),
    (ENDOWMENT, "PING AN INSURANCE GROUP CO-H", "CNE1000003X6", "2318 HK", "Equity", "HKD", 4000, 52.85),
    (ENDOWMENT, "KWEICHOW MOUTAI CO LTD-A", "CNE0000018R8", "600519 CH", "Equity", "CNY", 200, 1488.00),
    (ENDOWMENT, "CGN POWER CO LTD-H", "CNE100001T80", "1816 HK", "Equity", "HKD", 60000, 2.88),
    (ENDOWMENT, "CEC ENTERTAINMENT INC", "", "", "Private Debt", "USD", 100000, 0.9710),
    (ENDOWMENT, "SENSETIME GROUP INC-CLASS B", "KYG8062L1041", "20 HK", "Equity", "HKD", 90000, 1.62),
    (ENDOWMENT, "ISHARES MSCI EMERGING MARKETS ETF", "US4642872349", "EEM US", "ETF", "USD", 2100, 54.35),
]

LISTED: list[Row] = [
    (FAMILY, "CHINA MOBILE LTD", "HK0941009539", "941 HK", "Equity", "HKD", 6000, 84.25),
    (FAMILY, "HANGZHOU HIKVISION DIGITAL TECHNOLOGY-A", "CNE100000PM8", "002415 CH", "Equity", "CNY", 4000, 31.72),
    (FAMILY, "DAWNING INFORMATION INDUSTRY-A", "CNE100001TW7", "603019 CH", "Equity", "CNY", 1500, 68.40),
    (FAMILY, "XIAMEN MEIYA PICO INFORMATION CO LTD-A", "", "300188 CH", "Equity", "CNY", 3200, 15.06),
    (FAMILY, "CHINA TELECOM CORP LTD-SPON ADR (DELISTED)", "US1694261033", "", "ADR", "USD", 300, 0.00),
    (TRUST, "CNOOC LTD", "HK0883013259", "883 HK", "Equity", "HKD", 9000, 18.94),
    (TRUST, "CLOUDWALK TECHNOLOGY CO LTD-A", "", "688327 CH", "Equity", "CNY", 2500, 14.55),
    (TRUST, "LEON TECHNOLOGY CO LTD", "", "300603 CH", "Equity", "CNY", 5000, 22.10),
    (TRUST, "SZ DJI TECHNOLOGY CO., LTD. (private placement, series C)", "", "", "Private Equity", "USD", 20000, 12.50),
    (TRUST, "中国交通建设股份有限公司", "", "", "Equity", "HKD", 12000, 5.11),
    (TRUST, "PROVEN HONOUR CAPITAL 4.125% 05/06/26", "XS1401816761", "", "Fixed Income", "USD", 200000, 0.9985),
    (ENDOWMENT, "SEMICONDUCTOR MANUFACTURING INTL", "KYG8020E1199", "981 HK", "Equity", "HKD", 5000, 71.45),
    (ENDOWMENT, "CHINA COMMUNICATIONS CONSTRUC", "", "1800 HK", "Equity", "HKD", 15000, 5.11),
    (
        ENDOWMENT,
        "MEGVII TECHNOLOGY LIMITED - Series D preferred (unlisted)",
        "",
        "",
        "Private Equity",
        "USD",
        8000,
        21.00,
    ),
    (ENDOWMENT, "YITU LIMITED convertible note (unlisted)", "", "", "Private Equity", "USD", 50000, 1.00),
    (ENDOWMENT, "NETPOSA TECHNOLOGIES LTD-A", "", "300367 CH", "Equity", "CNY", 7000, 0.42),
    (ENDOWMENT, "GUIZHOU LIYUAN HYDRAULIC CO LTD-A", "", "600765 CH", "Equity", "CNY", 2600, 18.33),
]


def book() -> Workbook:
    """The workbook: a cover, one table of three accounts with subtotals, cash, one unreadable row, a disclaimer."""
    workbook = Workbook()
    cover = workbook.active
    assert cover is not None
    cover.title = "Cover"
    for row in (
        ["Marlow & Finch Advisers LLC (made up)"], ["Consolidated holdings"], [f"Holdings as of {AS_OF:%d %B %Y}"],
        ["Accounts and quantities are invented; the securities are real."],
    ):  # fmt: skip
        cover.append(row)
    sheet = workbook.create_sheet("Holdings")
    sheet.append(["Marlow & Finch Advisers LLC (made up) - consolidated holdings"])
    sheet.append(["As of", AS_OF])
    sheet.append([])
    sheet.append(HEADER)
    sheet["B2"].number_format = "yyyy-mm-dd"
    for cell in sheet[4]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDE6EE")
    for account in (FAMILY, TRUST, ENDOWMENT):
        _account(sheet, account)
    sheet.append([])
    sheet.append(["Values in local currency. Prices delayed. For illustration only; not an offer to buy or sell."])
    for letter, width in zip("ABCDEFGHIJ", (26, 58, 16, 12, 15, 6, 12, 12, 15, 12), strict=True):
        sheet.column_dimensions[letter].width = width
    for cells in sheet.iter_rows(min_row=5, min_col=7, max_col=10):
        for cell in cells:
            cell.number_format = "#,##0.00"
    workbook.properties.creator = "cmic-screen samples"
    workbook.properties.created = workbook.properties.modified = AS_OF
    return workbook


def _account(sheet, account: str) -> None:  # noqa: ANN001 - openpyxl's worksheet
    rows = [r for r in (*ORDINARY, *LISTED) if r[0] == account]
    rows.sort(key=lambda r: r[1])
    total = sum(abs(q * p) for *_, q, p in rows)
    for _, name, isin, ticker, kind, currency, quantity, price in rows:
        value = round(quantity * price, 2)
        sheet.append(
            [account, name, isin, ticker, kind, currency, quantity, price, value, round(100 * value / total, 2)]
        )
    if account == TRUST:
        sheet.append([account, "", "#REF!", "", "Equity", "USD", 400, 10.0, 4000.0, 0.1])
    sheet.append([account, "US DOLLAR CASH", "", "", "Cash", "USD", 48210.55, 1.0, 48210.55, ""])
    sheet.append([f"Total {account}", "", "", "", "", "", "", "", "", 100.0])


SECOND = [
    ["Penrose Endowment - sub-custody report"],
    ["Depot", "Bezeichnung", "Valor/ISIN", "WKN", "Stück/Nominal", "Kurs", "Währung", "Kurswert"],
    ["77-4410", "Allianz SE vink.Namens-Aktien o.N.", "DE0008404005", "840400", "350", "318,40", "EUR", "111.440,00"],
    ["77-4410", "Münchener Rückvers.-Ges. AG vink.Namens-Aktien", "DE0008430026", "843002", "120", "541,20", "EUR", "64.944,00"],
    ["77-4410", "Novartis AG Namens-Aktien SF 0,49", "CH0012005267", "904278", "400", "98,15", "CHF", "39.260,00"],
    ["77-4410", "China Mobile Ltd. Registered Shares o.N.", "HK0941009539", "909622", "5.000", "9,31", "EUR", "46.550,00"],
    ["77-4410", "China Railway Constr.Corp.Ltd. Reg. Shares H YC 1", "CNE100000981", "A0NFYB", "20.000", "0,62", "EUR", "12.400,00"],
    ["77-4410", "Aviation Industry Corp. of China Ltd. Anleihe 2027", "", "", "100.000", "99,10", "EUR", "99.100,00"],
    ["77-4410", "AviChina Industry & Technology Reg. Shares H YC 1", "CNE1000001Y8", "A0M4WZ", "30.000", "0,47", "EUR", "14.100,00"],
    ["77-4410", "Vanguard FTSE All-World UCITS ETF", "IE00B3RBWM25", "A1JX52", "900", "131,22", "EUR", "118.098,00"],
    ["", "Gesamt", "", "", "", "", "EUR", "505.892,00"],
]  # fmt: skip


def main() -> None:
    """Write both files; refuse an ISIN whose check digit is wrong."""
    for row in (*ORDINARY, *LISTED):
        if row[2]:
            isin_number.validate(row[2])
    for line in SECOND[2:]:
        if line[2]:
            isin_number.validate(line[2])
    folder = ROOT / "samples"
    folder.mkdir(exist_ok=True)
    book().save(folder / "advisory_book.xlsx")
    with (folder / "second_custodian.csv").open("w", encoding="cp1252", newline="") as out:
        csv.writer(out, delimiter=";").writerows(SECOND)


if __name__ == "__main__":
    main()
