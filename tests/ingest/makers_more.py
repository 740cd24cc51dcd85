"""More exports of other makers: filings, names only, side-by-side tables, books of many sheets, what is no table."""

from __future__ import annotations

from itertools import starmap
from xml.sax.saxutils import escape

import makers
from makers import Maker


def _cell(value: object) -> str:
    what = "Number" if isinstance(value, int | float) else "String"
    return f'<Cell><Data ss:Type="{what}">{escape(str(value))}</Data></Cell>' if value is not None else "<Cell/>"


def _spreadsheetml(title: str, rows: list[list[object]]) -> str:
    body = "".join("<Row>" + "".join(_cell(v) for v in row) + "</Row>" for row in rows)
    return (
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Worksheet ss:Name="{title}"><Table>{body}</Table></Worksheet></Workbook>'
    )


ISHARES_XLS = Maker(
    "iShares-MSCI-China_fund.xls",
    _spreadsheetml(
        "Holdings",
        [
            ["30-Oct-2026"],
            ["iShares MSCI China ETF"],
            ["Fund Holdings as of", "Oct 30, 2026"],
            [],
            [
                "Ticker",
                "Name",
                "Sector",
                "Asset Class",
                "Market Value",
                "Weight (%)",
                "Notional Value",
                "Quantity",
                "Price",
                "Location",
                "Exchange",
                "Currency",
            ],
            [
                "883",
                "CNOOC LTD",
                "Energy",
                "Equity",
                20114000.5,
                1.1,
                20114000.5,
                8120000,
                2.47,
                "China",
                "Hong Kong Exchanges And Clearing Ltd",
                "HKD",
            ],
            [
                "3690",
                "MEITUAN",
                "Consumer Discretionary",
                "Equity",
                80114000,
                4.1,
                80114000,
                6120000,
                13.1,
                "China",
                "Hong Kong Exchanges And Clearing Ltd",
                "HKD",
            ],
            [
                "USD",
                "USD CASH",
                "Cash and/or Derivatives",
                "Cash",
                1011000,
                0.1,
                1011000,
                1011000,
                100,
                "United States",
                "-",
                "USD",
            ],
            [],
            [
                "The content contained herein is owned or licensed by BlackRock and/or its third-party information providers."
            ],
        ],
    ),
    [
        ("CNOOC LTD", None, "883", "HKD", "8120000", "20114000.5"),
        ("MEITUAN", None, "3690", "HKD", "6120000", "80114000"),
    ],
    {"preamble": 3, "cash": 1, "disclaimer": 1},
    1,
)

_INFO = """<infoTable><nameOfIssuer>{}</nameOfIssuer><titleOfClass>{}</titleOfClass><cusip>{}</cusip><value>{}</value>
<shrsOrPrnAmt><sshPrnamt>{}</sshPrnamt><sshPrnamtType>SH</sshPrnamtType></shrsOrPrnAmt>
<investmentDiscretion>SOLE</investmentDiscretion><votingAuthority><Sole>{}</Sole><Shared>0</Shared><None>0</None></votingAuthority></infoTable>
"""

FILING = Maker(
    "0001234567-26-000114.txt",
    """-----BEGIN PRIVACY-ENHANCED MESSAGE-----
<SEC-DOCUMENT>0001234567-26-000114.txt : 20261113
<SEC-HEADER>0001234567-26-000114.hdr.sgml : 20261113
<ACCEPTANCE-DATETIME>20261113160114
ACCESSION NUMBER:\t\t0001234567-26-000114
CONFORMED SUBMISSION TYPE:\t13F-HR
PUBLIC DOCUMENT COUNT:\t\t2
CONFORMED PERIOD OF REPORT:\t20260930
FILED AS OF DATE:\t\t20261113

FILER:

\tCOMPANY DATA:
\t\tCOMPANY CONFORMED NAME:\t\t\tMARLOW & FINCH LLC
\t\tCENTRAL INDEX KEY:\t\t\t0001234567
</SEC-HEADER>
<DOCUMENT>
<TYPE>13F-HR
<SEQUENCE>1
<FILENAME>primary_doc.xml
<TEXT>
<XML>
<?xml version="1.0" encoding="UTF-8"?>
<edgarSubmission xmlns="http://www.sec.gov/edgar/thirteenffiler"><headerData><submissionType>13F-HR</submissionType><filerInfo><periodOfReport>09-30-2026</periodOfReport></filerInfo></headerData>
<formData><coverPage><reportCalendarOrQuarter>09-30-2026</reportCalendarOrQuarter><filingManager><name>Marlow &amp; Finch LLC</name></filingManager><reportType>13F HOLDINGS REPORT</reportType></coverPage>
<summaryPage><tableEntryTotal>3</tableEntryTotal><tableValueTotal>4114000</tableValueTotal></summaryPage></formData></edgarSubmission>
</XML>
</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>INFORMATION TABLE
<SEQUENCE>2
<FILENAME>infotable.xml
<TEXT>
<XML>
<?xml version="1.0" encoding="UTF-8"?>
<informationTable xmlns="http://www.sec.gov/edgar/document/thirteenf/informationtable">
"""
    + "".join(
        starmap(
            _INFO.format,
            [
                ("CHINA MOBILE LIMITED", "SPONSORED ADR", "16941M109", 1080000, 20000, 20000),
                ("APPLE INC", "COM", "037833100", 2684000, 10000, 10000),
                ("YUM CHINA HLDGS INC", "COM", "98850P109", 350000, 8000, 8000),
            ],
        )
    )
    + "</informationTable>\n</XML>\n</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>\n-----END PRIVACY-ENHANCED MESSAGE-----\n",
    [
        (None, "16941M109", None, None, "20000", "1080000"),
        (None, "037833100", None, None, "10000", "2684000"),
        (None, "98850P109", None, None, "8000", "350000"),
    ],
    listed=1,
)

SIDE_BY_SIDE = Maker(
    "two_accounts.xlsx",
    {
        "Positions": [
            ["Account A-1", None, None, None, None, "Account B-2"],
            ["Name", "ISIN", "Shares", "Value USD", None, "Name", "ISIN", "Shares", "Value USD"],
            ["China Mobile Ltd", "HK0941009539", 1000, 9300, None, "Sanofi SA", "FR0000120578", 50, 4900],
            [
                "Unilever PLC",
                "GB00B10RZP78",
                300,
                17100,
                None,
                "Hangzhou Hikvision Digital Technology Co Ltd",
                "CNE100000PM8",
                900,
                3900,
            ],
            [None, None, None, None, None, "Novo Nordisk A/S", "DK0062498333", 40, 2100],
            ["Total", None, None, 26400, None, "Total", None, None, 10900],
        ]
    },
    [
        ("China Mobile Ltd", "HK0941009539", None, "USD", "1000", "9300"),
        ("Unilever PLC", "GB00B10RZP78", None, "USD", "300", "17100"),
        ("Sanofi SA", "FR0000120578", None, "USD", "50", "4900"),
        ("Hangzhou Hikvision Digital Technology Co Ltd", "CNE100000PM8", None, "USD", "900", "3900"),
        ("Novo Nordisk A/S", "DK0062498333", None, "USD", "40", "2100"),
    ],
    {"preamble": 1, "total": 2},
    2,
)

MIXED_CODES = Maker(
    "mixed_codes.csv",
    """
Code,Holding,Nominal,Mkt Val (HKD)
941,CHINA MOBILE,"2,000","168,600"
941 HK,CHINA MOBILE,"1,000","84,300"
HK0883013259,CNOOC,"6,000","115,800"
AAPL US,APPLE INC,100,"209,000"
B0J7D91,CHINA OVERSEAS GRAND OCEANS,"9,000","18,000"
""",
    [
        ("CHINA MOBILE", None, "941", None, "2000", "168600"),
        ("CHINA MOBILE", None, "941 HK", None, "1000", "84300"),
        ("CNOOC", "HK0883013259", "", None, "6000", "115800"),
        ("APPLE INC", None, "AAPL US", None, "100", "209000"),
        ("CHINA OVERSEAS GRAND OCEANS", "B0J7D91", "", None, "9000", "18000"),
    ],
    listed=3,
)

BLACK_DIAMOND = Maker(
    "black_diamond_holdings.csv",
    """
Relationship: Bell Household,,,,,,,
Holdings - As of 10/30/2026,,,,,,,
Class,Segment,Asset,Symbol,Units,Price,Market Value,% of Portfolio
Equity,International Emerging,China Petroleum & Chemical Corp ADR,SNPMF,"10,000",$0.55,"$5,500.00",11.0%
Equity,International Emerging,China National Nuclear Power Co Ltd A,601985 CH,"20,000",$1.33,"$26,600.00",53.2%
Equity,,Total Equity,,,,"$32,100.00",64.2%
Cash,Cash,U.S. Dollar,CASH,"17,900",$1.00,"$17,900.00",35.8%
Total,,,,,,"$50,000.00",100.0%
""",
    [
        ("China Petroleum & Chemical Corp ADR", None, "SNPMF", None, "10000", "5500.00"),
        ("China National Nuclear Power Co Ltd A", None, "601985 CH", None, "20000", "26600.00"),
    ],
    {"preamble": 2, "total": 2, "cash": 1},
)

_NAMES = ["China Mobile Limited", "Nestlé S.A.", "Hikvision", "Commonwealth Bank of Australia", "Total Energies SE"]
_ROWS = [[n] for n in _NAMES]
_HELD = [(n, "", "", "", "", "") for n in _NAMES]
NAMES_ONLY = [
    Maker("names.xlsx", {"Sheet1": _ROWS}, _HELD, listed=2),
    Maker("names_under_header.xlsx", {"Sheet1": [["Company"], *_ROWS]}, _HELD, listed=2),
    Maker("names.csv", "\n".join(_NAMES) + "\n", _HELD, listed=2),
    Maker("names_under_header.txt", "Security Name\r\n" + "\r\n".join(_NAMES), _HELD, listed=2),
    Maker(
        "names_bulleted.txt",
        "Watch list\n\n" + "\n".join(_NAMES),
        [("Watch list", "", "", "", "", ""), *_HELD],
        listed=2,
    ),
]

TWENTY = Maker(
    "quarterly_pack.xlsx",
    {
        "Cover": [["Quarterly pack"], ["Prepared for the Bell family"], ["30 October 2026"]],
        "Contents": [["Contents", "Page"], ["Summary", 2], ["Account 1", 3]],
        "Pivot": [
            ["Row Labels", "Sum of Market Value", "Count of ISIN"],
            ["Equity", 100000, 12],
            ["Bond", 50000, 4],
            ["Grand Total", 150000, 16],
        ],
        "Allocation": [["Asset class", "Value", "Weight %"], ["Equity", 100000, 66.7], ["Bond", 50000, 33.3]],
        **{
            f"Account {n}": [
                [f"Account 77-{n:02}"],
                [],
                ["Security", "ISIN", "Currency", "Quantity", "Market Value"],
                [
                    "CNOOC Ltd" if n == 3 else "Danaher Corp",
                    "HK0883013259" if n == 3 else "US2358511028",
                    "USD",
                    10 + n,
                    1000 + n,
                ],
                ["Linde PLC", "IE000S9YS762", "USD", 20 + n, 2000 + n],
                ["Total", None, None, None, 3000 + 2 * n],
            ]
            for n in range(1, 16)
        },
        "Disclaimer": [["This report is for information only and does not constitute an offer to buy or sell."]],
    },
    [
        held
        for n in range(1, 16)
        for held in (
            (
                "CNOOC Ltd" if n == 3 else "Danaher Corp",
                "HK0883013259" if n == 3 else "US2358511028",
                None,
                "USD",
                str(10 + n),
                str(1000 + n),
            ),
            ("Linde PLC", "IE000S9YS762", None, "USD", str(20 + n), str(2000 + n)),
        )
    ],
    {"no position table": 7, "pivot table": 2, "total": 16, "preamble": 15, "disclaimer": 1},
    listed=1,
)

NOTHING = {
    "letter.txt": "Dear client,\n\nthank you for your letter of yesterday, which we have read.\n",
    "letter.md": "Dear Anna,\n\nI hope you are well. We met on Tuesday, and talked about the garden.\n\nKind regards,\nTom\n",
    "fox.txt": "The quick brown fox jumps over the lazy dog.\nThe quick brown fox jumps over the lazy dog.\n",
    "README.md": "# Household tool\n\nThis folder holds the scripts we use for the quarterly letter.\n\n"
    "## Use\n\n- Run the first script, then the second one.\n- Send the letter by hand.\n",
    "abc.csv": "a,b,c\n1,2,3\n",
}

ALL = [m for m in vars(makers).values() if isinstance(m, Maker)] + [
    *NAMES_ONLY, ISHARES_XLS, FILING, SIDE_BY_SIDE, MIXED_CODES, BLACK_DIAMOND, TWENTY,
]  # fmt: skip
