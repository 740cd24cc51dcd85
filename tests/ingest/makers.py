"""Exports as other makers lay them out, of our own making: quantities, accounts and clients are invented.

`held` are (name, code, ticker, currency, quantity, value) as they must be read; None where it does not matter. `aside`
counts the reasons of the rows set aside.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import openpyxl

if TYPE_CHECKING:
    from pathlib import Path

Held = tuple[str | None, str | None, str | None, str | None, str | None, str | None]


@dataclass(frozen=True)
class Maker:
    file: str
    body: str | dict[str, list[list[Any]]]
    held: list[Held]
    aside: dict[str, int] = field(default_factory=dict)
    listed: int = 0
    encoding: str = "utf-8"
    kind: str = "holdings"

    def data(self) -> bytes:
        if isinstance(self.body, str):
            return self.body.lstrip("\n").encode(self.encoding)
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in self.body.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        made = io.BytesIO()
        book.save(made)
        return made.getvalue()

    def write(self, folder: Path) -> Path:
        path = folder / self.file
        path.write_bytes(self.data())
        return path


SCHWAB = Maker(
    "schwab_positions.csv",
    """
"Positions for account Individual ...482 as of 03:14 PM ET, 2026/10/30"

"Symbol","Description","Qty (Quantity)","Price","Price Chng $ (Price Change $)","Mkt Val (Market Value)","Day Chng % (Day Change %)","Cost Basis","Gain $ (Gain/Loss $)","Reinvest?","Reinvest Capital Gains?","% of Acct (% of Account)","Asset Type"
"CEOHF","CNOOC LTD ORD","12,000","$2.41","-$0.01","$28,920.00","-0.41%","$19,800.00","$9,120.00","N/A","N/A","31.2%","Equity"
"AAPL","APPLE INC","150","$268.40","$1.20","$40,260.00","0.45%","$21,000.00","$19,260.00","No","N/A","43.4%","Equity"
"MCHI","ISHARES MSCI CHINA ETF","300","$61.10","$0.10","$18,330.00","0.16%","$15,000.00","$3,330.00","Yes","Yes","19.8%","ETFs & Closed End Funds"
"Cash & Cash Investments","--","--","--","--","$5,204.11","0%","--","--","--","--","5.6%","Cash and Money Market"
"Account Total","--","--","--","--","$92,714.11","0.1%","$55,800.00","$31,710.00","--","--","--","--"
""",
    [
        ("CNOOC LTD ORD", "", "CEOHF", None, "12000", "28920.00"),
        ("APPLE INC", "", "AAPL", None, "150", "40260.00"),
        ("ISHARES MSCI CHINA ETF", "", "MCHI", None, "300", "18330.00"),
    ],
    {"preamble": 1, "cash": 1, "total": 1},
    1,
)

FIDELITY = Maker(
    "Portfolio_Positions_Oct-30-2026.csv",
    """
Account Number,Account Name,Symbol,Description,Quantity,Last Price,Last Price Change,Current Value,Today's Gain/Loss Dollar,Today's Gain/Loss Percent,Total Gain/Loss Dollar,Total Gain/Loss Percent,Percent Of Account,Cost Basis Total,Average Cost Basis,Type
Z24117730,Individual - TOD,SPAXX**,HELD IN MONEY MARKET,,,,$10412.55,,,,,9.92%,,,Cash,
Z24117730,Individual - TOD,CHL,CHINA MOBILE LTD SPON ADR,200,$54.20,+$0.15,$10840.00,+$30.00,+0.27%,-$120.00,-1.10%,10.33%,$10960.00,$54.80,Cash,
Z24117730,Individual - TOD,MSFT,MICROSOFT CORP,100,$517.10,-$2.00,$51710.00,-$200.00,-0.39%,+$31210.00,+152.24%,49.28%,$20500.00,$205.00,Cash,
Z24117730,Individual - TOD,Pending Activity,,,,,-$1200.00,,,,,,,,,
Z24117731,ROTH IRA,912797RS8,UNITED STATES TREAS BILLS ZERO CPN 0.00000% 01/28/2027,20000,$99.02,--,$19804.00,--,--,+$104.00,+0.52%,30.47%,$19700.00,$98.50,Cash,

"The data and information in this spreadsheet is provided to you solely for your use and is not for distribution. The spreadsheet is provided for informational purposes only, and is not intended to provide advice."

"Brokerage services are provided by Fidelity Brokerage Services LLC (FBS), 900 Salem Street, Smithfield, RI 02917. Custody and other services provided by National Financial Services LLC (NFS)."

"Date downloaded Oct-30-2026 4:12 p.m ET"
""",
    [
        ("HELD IN MONEY MARKET", "", "SPAXX**", None, "", "10412.55"),
        ("CHINA MOBILE LTD SPON ADR", "", "CHL", None, "200", "10840.00"),
        ("MICROSOFT CORP", "", "MSFT", None, "100", "51710.00"),
        ("UNITED STATES TREAS BILLS ZERO CPN 0.00000% 01/28/2027", "912797RS8", "", None, "20000", "19804.00"),
    ],
    {"cash": 1, "footer": 1, "disclaimer": 2},
    1,
)

IBKR = Maker(
    "U1234567_activity.csv",
    """
Statement,Header,Field Name,Field Value
Statement,Data,BrokerName,Interactive Brokers LLC
Statement,Data,Title,Activity Statement
Statement,Data,Period,"October 30, 2026"
Account Information,Header,Field Name,Field Value
Account Information,Data,Name,Marlow Trust
Account Information,Data,Account,U1234567
Account Information,Data,Base Currency,USD
Net Asset Value,Header,Asset Class,Prior Total,Current Long,Current Short,Current Total,Change
Net Asset Value,Data,Cash,1000,1200,0,1200,200
Net Asset Value,Data,Stock,150000,151000,0,151000,1000
Net Asset Value,Data,Total,151000,152200,0,152200,1200
Open Positions,Header,DataDiscriminator,Asset Category,Currency,Symbol,Quantity,Mult,Cost Price,Cost Basis,Close Price,Value,Unrealized P/L,Code
Open Positions,Data,Summary,Stocks,HKD,981,5000,1,22.1,110500,71.2,356000,245500,
Open Positions,Data,Summary,Stocks,HKD,700,100,1,300,30000,640,64000,34000,
Open Positions,Total,,Stocks,HKD,,,,,140500,,420000,279500,
Open Positions,Data,Summary,Stocks,USD,AAPL,150,1,140,21000,268.4,40260,19260,
Open Positions,Total,,Stocks,USD,,,,,21000,,40260,19260,
Financial Instrument Information,Header,Asset Category,Symbol,Description,Conid,Security ID,Underlying,Listing Exch,Multiplier,Type,Code
Financial Instrument Information,Data,Stocks,981,SEMICONDUCTOR MANUFACTURING,34453021,KYG8020E1199,981,SEHK,1,COMMON,
Financial Instrument Information,Data,Stocks,700,TENCENT HOLDINGS LTD,155213812,KYG875721634,700,SEHK,1,COMMON,
Financial Instrument Information,Data,Stocks,AAPL,APPLE INC,265598,US0378331005,AAPL,NASDAQ,1,COMMON,
Notes/Legal Notes,Header,Type,Note
Notes/Legal Notes,Data,Notes,"Stock trades are executed on a trade date basis and settle in one or two business days."
""",
    [
        ("SEMICONDUCTOR MANUFACTURING", "KYG8020E1199", "981", "HKD", "5000", "356000"),
        ("TENCENT HOLDINGS LTD", "KYG875721634", "700", "HKD", "100", "64000"),
        ("APPLE INC", "US0378331005", "AAPL", "USD", "150", "40260"),
        ("SEMICONDUCTOR MANUFACTURING", "KYG8020E1199", "981", None, "", ""),
        ("TENCENT HOLDINGS LTD", "KYG875721634", "700", None, "", ""),
        ("APPLE INC", "US0378331005", "AAPL", None, "", ""),
    ],
    {"preamble": 1, "no position table": 3, "cash": 1, "total": 3},
    2,
)

FLEX = Maker(
    "ibkr_flex_positions.csv",
    """
"ClientAccountID","CurrencyPrimary","FXRateToBase","AssetClass","SubCategory","Symbol","Description","Conid","SecurityID","SecurityIDType","CUSIP","ISIN","FIGI","ListingExchange","ReportDate","Quantity","MarkPrice","PositionValue","PercentOfNAV","Side","LevelOfDetail"
"U7654321","HKD","0.128","STK","COMMON","883","CNOOC LTD","38586511","HK0883013259","ISIN","","HK0883013259","BBG000CXQ5T0","SEHK","20261030","4000","19.3","77200","6.1","Long","SUMMARY"
"U7654321","USD","1","STK","COMMON","NVDA","NVIDIA CORP","4815747","US67066G1040","ISIN","67066G104","US67066G1040","BBG000BBJQV0","NASDAQ","20261030","-50","202.4","-10120","-6.2","Short","SUMMARY"
"U7654321","USD","1","OPT","C","AAPL  261218C00280000","AAPL 18DEC26 280 C","700001","","","","","","CBOE","20261030","2","4.1","820","0.5","Long","SUMMARY"
""",
    [
        ("CNOOC LTD", "HK0883013259", "883", "HKD", "4000", "77200"),
        ("NVIDIA CORP", "US67066G1040", "NVDA", "USD", "-50", "-10120"),
        ("AAPL 18DEC26 280 C", "700001", "AAPL 261218C00280000", "USD", "2", "820"),
    ],
    {},
    1,
)

VANGUARD = Maker(
    "ofxdownload.csv",
    """
Account Number,Investment Name,Symbol,Shares,Share Price,Total Value,
58417722,Vanguard Total Stock Market ETF,VTI,82.0000,332.14,27235.48,
58417722,SEMICONDUCTOR MFG INTL CORP ORD,SIUIF,900.0000,9.10,8190.00,
58417722,Vanguard Federal Money Market Fund,VMFXX,1204.1800,1.00,1204.18,




Account Number,Trade Date,Settlement Date,Transaction Type,Transaction Description,Investment Name,Symbol,Shares,Share Price,Principal Amount,Commission Fees,Net Amount,Accrued Interest,Account Type,
58417722,10/02/2026,10/03/2026,Buy,Buy,Vanguard Total Stock Market ETF,VTI,2.0000,330.00,-660.00,0.00,-660.00,0.0,CASH,
58417722,10/05/2026,10/05/2026,Dividend,Dividend Received,Vanguard Federal Money Market Fund,VMFXX,0.0000,1.00,4.11,0.00,4.11,0.0,CASH,
""",
    [
        ("Vanguard Total Stock Market ETF", "", "VTI", None, "82.0000", "27235.48"),
        ("SEMICONDUCTOR MFG INTL CORP ORD", "", "SIUIF", None, "900.0000", "8190.00"),
        ("Vanguard Federal Money Market Fund", "", "VMFXX", None, "1204.1800", "1204.18"),
        ("Vanguard Total Stock Market ETF", "", "VTI", None, "2.0000", None),
        ("Vanguard Federal Money Market Fund", "", "VMFXX", None, "0.0000", None),
    ],
    {},
    1,
)

PERSHING = Maker(
    "pershing_position_detail.txt",
    "\r\n".join(
        line
        for page in (
            [
                "6XB-104417\tCHINA MOBILE LIMITED SPONSORED ADR\t16941M109\tCHLKY\t1,500\t54.10\t81,150.00",
                "\t\t\t\t\t\t",
                "6XB-104417\tNESTLE S A SPONSORED ADR REPSTG REG SHS\t641069406\tNSRGY\t400\t101.20\t40,480.00",
            ],
            [
                "6XB-104418\tUNITED STATES STL CORP NEW\t912909108\tX\t100\t54.99\t5,499.00",
                "6XB-104418\tAECC ALLIANCE PARTNERS FUND\t00770X105\tAAPFX\t250\t11.00\t2,750.00",
            ],
        )
        for line in [
            "PERSHING ADVISOR SOLUTIONS\t\t\t\t\t\tPage 1 of 2",
            "Position Detail Report as of 10/30/2026\t\t\t\t\t\t",
            "Account\tSecurity Description\tCUSIP\tSymbol\tQuantity\tPrice\tMarket Value (USD)",
            *page,
            "",
        ]
    )
    + "\r\nTotal\t\t\t\t\t\t129,879.00\r\n",
    [
        ("CHINA MOBILE LIMITED SPONSORED ADR", "16941M109", "CHLKY", "USD", "1500", "81150.00"),
        ("NESTLE S A SPONSORED ADR REPSTG REG SHS", "641069406", "NSRGY", "USD", "400", "40480.00"),
        ("UNITED STATES STL CORP NEW", "912909108", "X", "USD", "100", "5499.00"),
        ("AECC ALLIANCE PARTNERS FUND", "00770X105", "AAPFX", "USD", "250", "2750.00"),
    ],
    {"preamble": 2, "page header": 2, "total": 1},
    1,
    "utf-16",
)

THREE_ROWS = Maker(
    "bny_three_lines.csv",
    """
BNY Mellon Asset Servicing,,,,
Statement of Assets,,,,
As of 30-OCT-2026,,Base currency: USD,,
Security Description,Shares/Par,Local Price,Cost Base,Market Value Base
CHINA TELECOM CORP LTD-H,"800,000",5.92,"410,000.00","606,720.00"
SEDOL: 6559335  ISIN: CNE1000002V2,HKD,,,
CHINA,0728 HK,,,
HSBC HOLDINGS PLC,"12,000",110.4,"98,000.00","169,574.40"
SEDOL: 6158163  ISIN: GB0005405286,HKD,,,
UNITED KINGDOM,0005 HK,,,
TOYOTA MOTOR CORP,"4,000","3,110","71,000.00","81,200.00"
SEDOL: 6900643  ISIN: JP3633400001,JPY,,,
JAPAN,7203 JT,,,
TOTAL EQUITIES,,,"579,000.00","857,494.40"
""",
    [
        ("CHINA TELECOM CORP LTD-H CHINA", "CNE1000002V2", None, None, "800000", "606720.00"),
        ("HSBC HOLDINGS PLC UNITED KINGDOM", "GB0005405286", None, None, "12000", "169574.40"),
        ("TOYOTA MOTOR CORP JAPAN", "JP3633400001", None, None, "4000", "81200.00"),
    ],
    {"preamble": 3, "total": 1},
    1,
)

NORTHERN = Maker(
    "northern_trust_asset_detail.xlsx",
    {
        "Asset Detail": [
            ["Northern Trust"],
            ["◆ Asset Detail - Base Currency"],
            ["Account number 44-71182", None, None, "30 Oct 2026"],
            [
                "Description/Asset ID",
                "Exchange rate/local market price",
                "Shares/PAR value",
                "Market value",
                "Cost",
                "Total",
            ],
            ["Equities"],
            ["Common stock"],
            ["China - USD"],
            ["ZIJIN MINING GROUP CO LTD 'H' CNY0.10 CUSIP: 6725299", 38.1, 20000, 97931.87, 41000, 97931.87],
            [
                "HANGZHOU HIKVISION DIGITAL TECHNOLOGY CO LTD 'A' CNY1 CUSIP: BJBGVN4",
                31.2,
                9000,
                39438.2,
                40100,
                39438.2,
            ],
            ["Total China - USD", None, None, 137370.07, 81100, 137370.07],
            ["France - EUR"],
            ["SCHNEIDER ELECTRIC SE EUR4.00 SEDOL: 4834108", 246.1, 300, 85102.4, 40000, 85102.4],
            ["Total France - EUR", None, None, 85102.4, 40000, 85102.4],
            ["Total equities", None, None, 222472.47, 121100, 222472.47],
        ]
    },
    [
        ("ZIJIN MINING GROUP CO LTD 'H' CNY0.10", "CUSIP: 6725299", None, None, "20000", "97931.87"),
        ("HANGZHOU HIKVISION DIGITAL TECHNOLOGY CO LTD 'A' CNY1", "CUSIP: BJBGVN4", None, None, "9000", "39438.2"),
        ("SCHNEIDER ELECTRIC SE EUR4.00", "4834108", None, None, "300", "85102.4"),
    ],
    {"preamble": 3, "section title": 4, "total": 3},
    1,
)

STATE_STREET = Maker(
    "statestreet_valuation.csv",
    """
Fund,Fund Name,Security ID,Security Id Type,Security Description,Investment Type,Local Currency,Shares/Par,Local Market Value,Base Market Value,Percent of Net Assets
KX01,PACIFIC FUND,6055208,SEDOL,CHINA MOBILE LTD COMMON STOCK,EQ,HKD,40000,3372000.00,433973.10,4.11
KX01,PACIFIC FUND,B1W2Z31,SEDOL,PETROCHINA CO LTD H,EQ,HKD,60000,498000.00,64092.60,.61
KX01,PACIFIC FUND,999HKDZ92,INTERNAL,HONG KONG DOLLAR,CU,HKD,1212.55,1212.55,156.05,.00
""",
    [
        ("CHINA MOBILE LTD COMMON STOCK", "6055208", None, None, "40000", "433973.10"),
        ("PETROCHINA CO LTD H", "B1W2Z31", None, None, "60000", "64092.60"),
    ],
    {"cash": 1},
    1,
)

ADDEPAR = Maker(
    "addepar_export.xlsx",
    {
        "Portfolio": [
            ["Finch Family"],
            ["Holdings as of Oct 30, 2026"],
            [],
            [
                "Top Level Owner",
                "Holding Account",
                "Security",
                "Ticker Symbol",
                "ISIN",
                "Units",
                "Value (USD)",
                "% of Portfolio",
            ],
            ["Finch Family", None, None, None, None, None, 91060.5, 1],
            ["Finch Family", "Schwab 1122", None, None, None, None, 91060.5, 1],
            ["Finch Family", "Schwab 1122", "SMIC", "0981.HK", "KYG8020E1199", 3000, 27500.5, 0.302],
            ["Finch Family", "Schwab 1122", "Alphabet Inc. Class A", "GOOGL", "US02079K3059", 200, 56200, 0.617],
            ["Finch Family", "Schwab 1122", "US Dollar", "USD", None, 7360, 7360, 0.081],
            ["Total", None, None, None, None, None, 91060.5, 1],
        ]
    },
    [
        ("SMIC", "KYG8020E1199", "0981.HK", None, "3000", "27500.5"),
        ("Alphabet Inc. Class A", "US02079K3059", "GOOGL", None, "200", "56200"),
    ],
    {"preamble": 2, "total": 3, "cash": 1},
    1,
)

ORION = Maker(
    "orion_portfolio_audit.csv",
    """
Household,Account Number,Account Type,Custodian,Ticker,CUSIP,Asset Name,Asset Class,Units,Price,Value,As Of Date
"Bell, Anna & Tom",8841-2290,Joint WROS,Fidelity,,Y15045100,CNOOC LTD HKD 0.02,Emerging Markets,3000,2.47,7410.00,10/30/2026
"Bell, Anna & Tom",8841-2290,Joint WROS,Fidelity,VWO,922042858,VANGUARD FTSE EMERGING MARKETS ETF,Emerging Markets,410.5,54.01,22171.11,10/30/2026
"Bell, Anna & Tom",8841-2290,Joint WROS,Fidelity,FCASH,,Fidelity Cash,Cash,814.2,1,814.20,10/30/2026
""",
    [
        ("CNOOC LTD HKD 0.02", "Y15045100", "", None, "3000", "7410.00"),
        ("VANGUARD FTSE EMERGING MARKETS ETF", "922042858", "VWO", None, "410.5", "22171.11"),
        ("Fidelity Cash", "", "FCASH", None, "814.2", "814.20"),
    ],
    {},
    1,
)

AXYS = Maker(
    "axys_appraisal.txt",
    """
                              PORTFOLIO APPRAISAL
                                Bell Family Trust
                                October 30, 2026

                                             Unit     Total                Market    Pct.
    Quantity  Security                       Cost      Cost      Price      Value  Assets
------------  --------------------------  -------  --------  ---------  ---------  ------
COMMON STOCK
       1,000  Apple Inc.                    21.10    21,100     268.40    268,400    61.9
       5,000  China Unicom Hong Kong Ltd     1.20     6,000       1.18      5,900     1.4
         400  Johnson & Johnson            110.00    44,000     188.90     75,560    17.4
                                                   --------             ---------  ------
                                                     71,100               349,860    80.7
CASH AND EQUIVALENTS
              Money Market Fund                      83,600                83,600    19.3
                                                   --------             ---------  ------
TOTAL PORTFOLIO                                     154,700               433,460   100.0
""",
    [
        ("Apple Inc.", None, None, None, "1000", "268400"),
        ("China Unicom Hong Kong Ltd", None, None, None, "5000", "5900"),
        ("Johnson & Johnson", None, None, None, "400", "75560"),
        ("Money Market Fund", "", "", "", "", "83600"),
    ],
    {"preamble": 3, "no values": 3, "section title": 2, "total": 2},
    1,
)

BLOOMBERG = Maker(
    "port_holdings.xlsx",
    {
        "PORT": [
            ["Portfolio: GEM vs MXEF Index | As of: 10/30/26 | Currency: USD"],
            [],
            ["Name", "Security", "Pos (Disp)", "Px Close", "Mkt Val", "% Wgt (P)", "% Wgt (B)", "ID_ISIN"],
            ["GEM", None, None, None, 812000.5, 100, 100, None],
            ["Communication Services", None, None, None, 481000.5, 59.2, 9.8, None],
            ["China Mobile Ltd", "941 HK Equity", 30000, 84.3, 325000.5, 40, 0, "HK0941009539"],
            ["SK Telecom Co Ltd", "017670 KS Equity", 2500, 88000, 156000, 19.2, 0.2, "KR7017670001"],
            ["Information Technology", None, None, None, 331000, 40.8, 31, None],
            [
                "Taiwan Semiconductor Manufacturing Co Ltd",
                "2330 TT Equity",
                7000,
                1500,
                331000,
                40.8,
                11,
                "TW0002330008",
            ],
        ]
    },
    [
        ("China Mobile Ltd", "HK0941009539", "941 HK Equity", None, "30000", "325000.5"),
        ("SK Telecom Co Ltd", "KR7017670001", "017670 KS Equity", None, "2500", "156000"),
        ("Taiwan Semiconductor Manufacturing Co Ltd", "TW0002330008", "2330 TT Equity", None, "7000", "331000"),
    ],
    {"preamble": 1, "total": 3},
    1,
)

FACTSET = Maker(
    "factset_holdings.xlsx",
    {
        "Cover": [["FactSet"], ["Portfolio holdings report"], ["Prepared for Marlow & Finch"]],
        "Weights": [
            ["Asia Growth"],
            ["31-OCT-2026 to 31-OCT-2026"],
            ["U.S. Dollar"],
            [],
            [None, None, "Ending", "Ending", "Ending"],
            ["Symbol", "Company Name", "Weight", "Shares", "Market Value"],
            ["600941-CN", "China Mobile Limited Class A", 3.1, 12000, 180000],
            ["688981-CN", "Semiconductor Manufacturing International Corp. Class A", 4.2, 9000, 160000],
            ["005930-KR", "Samsung Electronics Co., Ltd.", 6.6, 4000, 300000],
            ["CASH_USD", "U.S. Dollar", 1.2, 50000, 50000],
            [],
            ["Holdings data as of the dates shown. FactSet Research Systems Inc. All rights reserved."],
        ],
    },
    [
        ("China Mobile Limited Class A", "", "600941-CN", None, "12000", "180000"),
        ("Semiconductor Manufacturing International Corp. Class A", "", "688981-CN", None, "9000", "160000"),
        ("Samsung Electronics Co., Ltd.", "", "005930-KR", None, "4000", "300000"),
    ],
    {"preamble": 4, "no position table": 3, "cash": 1, "disclaimer": 1},
    2,
)

MORNINGSTAR = Maker(
    "morningstar_portfolio.csv",
    '''
Portfolio Name: Core
Portfolio Date: 10/30/2026

Holding Name,Ticker,Portfolio Weight %,First Bought,Market Value USD,Currency,1-Year Return,Sector,Shares
China Railway Group Ltd Class H,00390,1.20,Jan 31 2024,"24,000",HKD,12.1,Industrials,"48,000"
Roche Holding AG,ROG,3.40,Jun 30 2020,"68,000",CHF,4.2,Healthcare,210
"""—"" not available",,,,,,,,
''',
    [
        ("China Railway Group Ltd Class H", "", "00390", None, "48000", "24000"),
        ("Roche Holding AG", "", "ROG", None, "210", "68000"),
    ],
    {"preamble": 2, "footer": 1},
)

DEPOT_DE = Maker(
    "Depotauszug_31102026.csv",
    """
"Depotauszug vom 31.10.2026";"";"";"";"";"";"";""
"Depotnummer: 4471 8822 00";"";"";"";"";"";"";""

"Stück/Nominale";"Wertpapierbezeichnung";"WKN";"ISIN";"Lagerstelle";"Kurs";"Währung";"Kurswert in EUR"
"1.500,00";"China Mobile Ltd. Registered Shares";"909622";"HK0941009539";"Hongkong";"9,284";"EUR";"13.926,00"
"120,00";"Siemens AG Namens-Aktien";"723610";"DE0007236101";"Girosammelverw.";"241,10";"EUR";"28.932,00"
"5.000,00";"2,500% Bundesrep.Deutschland Anl.v.2014(46)";"110234";"DE0001102341";"Girosammelverw.";"89,20";"%";"4.460,00"
"";"Summe";"";"";"";"";"EUR";"47.318,00"
""",
    [
        ("China Mobile Ltd. Registered Shares", "HK0941009539", None, "EUR", "1500.00", "13926.00"),
        ("Siemens AG Namens-Aktien", "DE0007236101", None, "EUR", "120.00", "28932.00"),
        ("2,500% Bundesrep.Deutschland Anl.v.2014(46)", "DE0001102341", None, None, "5000.00", "4460.00"),
    ],
    {"preamble": 2, "total": 1},
    1,
    "cp1252",
)

DEPOT_CH = Maker(
    "Vermoegensauszug.xlsx",
    {
        "Vermögensauszug": [
            ["Zürcher Privatbank AG"],
            ["Vermögensauszug per 31.10.2026", None, None, "Portfolio 0835-117.44"],
            [],
            [
                "Anzahl/Nominal",
                "Bezeichnung",
                "Valor",
                "ISIN",
                "Whg",
                "Einstandskurs",
                "Kurs",
                "Marktwert CHF",
                "Anteil %",
            ],
            ["Liquidität"],
            ["CHF 12'000.00", "Kontokorrent CHF", None, None, "CHF", None, None, 12000, 7.1],
            ["Aktien"],
            ["2'500", "Namenakt Nestlé SA", 3886335, "CH0038863350", "CHF", 101.2, 82.1, 205250, 62],
            ["40'000", "Shs CNOOC Ltd", 1206171, "HK0883013259", "HKD", 9.1, 19.2, 78800, 23.8],
            ["Total Aktien", None, None, None, None, None, None, 284050, 85.8],
        ]
    },
    [
        ("Namenakt Nestlé SA", "CH0038863350", None, None, "2500", "205250"),
        ("Shs CNOOC Ltd", "HK0883013259", None, None, "40000", "78800"),
    ],
    {"preamble": 2, "section title": 2, "cash": 1, "total": 1},
    1,
)

SBI = Maker(
    "SBI_foreign.csv",
    """
ポートフォリオ一覧

株式（現物/特定預り）
銘柄コード,銘柄名称,保有株数,売却注文中,取得単価,現在値,取得金額,評価額,評価損益
00941,中国移動（チャイナモバイル）,"1,000",0,55.20,84.30,"1,104,000","1,686,000","+582,000"
7203,トヨタ自動車,300,0,"2,100","3,110","630,000","933,000","+303,000"
評価額合計,,,,,,,"2,619,000",
""",
    [
        ("中国移動（チャイナモバイル）", None, None, None, "1000", "1686000"),
        ("トヨタ自動車", None, None, None, "300", "933000"),
    ],
    {"preamble": 2, "total": 1},
    encoding="cp932",
)

RAKUTEN = Maker(
    "assetbalance(all).csv",
    """
"■資産合計欄"
"","時価評価額[円]","前日比[円]"
"資産合計","3,104,500","+12,000"
"国内株式","904,500","+2,000"

"■ 保有商品詳細 (すべて）"
"種別","銘柄コード・ティッカー","銘柄","口座","保有数量","［単位］","平均取得価額","［単位］","現在値","［単位］","現在値(更新日)","(参考為替)","時価評価額[円]","時価評価額[外貨]","評価損益[円]","評価損益[％]"
"国内株式","6758","ソニーグループ","特定","300","株","2,000.00","円","3,015.0","円","2026/10/30","","904,500","-","304,500","50.75"
"中国株式","00981","SMIC","一般","2,000","株","20.00","香港ドル","71.20","香港ドル","2026/10/30","19.52","2,780,000","142,400","1,900,000","215.90"
""",
    [
        ("ソニーグループ", None, "6758", None, "300", "904500"),
        ("SMIC", None, "00981", None, "2000", "2780000"),
    ],
    {"preamble": 1, "total": 1, "no position table": 1, "section title": 1},
    1,
    "cp932",
)

CN_BROKER = Maker(
    "20261030资金股份查询.xls",
    """
人民币: 余额:1204.55\t可用:1204.55\t参考市值:812340.00\t资产:813544.55

证券代码\t证券名称\t证券数量\t可卖数量\t参考成本价\t当前价\t最新市值\t浮动盈亏\t盈亏比例(%)\t股东代码\t交易所名称
="002415"\t海康威视\t3000\t3000\t33.120\t31.200\t93600.00\t-5760.00\t-5.80\t0112345678\t深圳Ａ股
="600941"\t中国移动\t2000\t2000\t95.100\t108.220\t216440.00\t26240.00\t13.80\tA112345678\t上海Ａ股
="600519"\t贵州茅台\t300\t300\t1500.000\t1674.333\t502300.00\t52300.00\t11.62\tA112345678\t上海Ａ股
""",
    [
        ("海康威视", None, "002415", None, "3000", "93600.00"),
        ("中国移动", None, "600941", None, "2000", "216440.00"),
        ("贵州茅台", None, "600519", None, "300", "502300.00"),
    ],
    {"preamble": 1},
    2,
    "gb18030",
)

HK_BROKER = Maker(
    "hk_statement.csv",
    """
客戶姓名 Client Name:,CHAN TAI MAN,,,,,
戶口號碼 A/C No.:,0288-117441,,,日期 Date:,30/10/2026,
證券組合 Securities Portfolio,,,,,,
證券代號 Stock Code,證券名稱 Stock Name,貨幣 Ccy,結存數量 Balance Qty,收市價 Closing Price,市值 Market Value,按揭率 Margin Ratio
00941,中國移動 CHINA MOBILE,HKD,"2,000",84.300,"168,600.00",70%
883 HK,中國海洋石油 CNOOC,HKD,"6,000",19.300,"115,800.00",70%
5,匯豐控股 HSBC HOLDINGS,HKD,"1,200",110.400,"132,480.00",80%
,總值 Total,HKD,,,"416,880.00",
""",
    [
        ("中國移動 CHINA MOBILE", None, "00941", "HKD", "2000", "168600.00"),
        ("中國海洋石油 CNOOC", None, "883 HK", "HKD", "6000", "115800.00"),
        ("匯豐控股 HSBC HOLDINGS", None, "5", "HKD", "1200", "132480.00"),
    ],
    {"preamble": 3, "total": 1},
    2,
    "big5hkscs",
)

TRADE_REPUBLIC = Maker(
    "trade_republic_portfolio.csv",
    """
Name;ISIN;Anzahl;Kaufkurs;Aktueller Kurs;Wert;Performance
China Mobile;HK0941009539;150,00;7,21;9,28;1392,00;+28,7 %
Deutsche Telekom;DE0005557508;40,2513;18,00;30,11;1211,97;+67,2 %
""",
    [
        ("China Mobile", "HK0941009539", None, None, "150.00", "1392.00"),
        ("Deutsche Telekom", "DE0005557508", None, None, "40.2513", "1211.97"),
    ],
    listed=1,
)

AVANZA = Maker(
    "avanza_innehav.csv",
    """
\ufeffKontonummer;Namn;Kortnamn;Volym;Marknadsvärde;GAV (SEK);GAV;Valuta;Land;ISIN;Marknad;Typ
4471182;China Communications Construction H;1800;12000;71 430,50;5,11;4,02;HKD;HK;CNE1000002F5;XHKG;STOCK
4471182;Investor B;INVE B;310;105 400,00;180,22;180,22;SEK;SE;SE0015811963;XSTO;STOCK
4471182;Avanza Zero;;55,1021;28 114,02;300,10;300,10;SEK;SE;SE0001718388;;FUND
""",
    [
        ("China Communications Construction H", "CNE1000002F5", "1800", None, "12000", "71430.50"),
        ("Investor B", "SE0015811963", "INVE B", "SEK", "310", "105400.00"),
        ("Avanza Zero", "SE0001718388", "", "SEK", "55.1021", "28114.02"),
    ],
    listed=1,
)

FINECO = Maker(
    "portafoglio-export.xlsx",
    {
        "Portafoglio": [
            ["Portafoglio di sintesi al 30/10/2026"],
            ["Dossier titoli: 117/4471"],
            [],
            [
                "Titolo",
                "ISIN",
                "Simbolo",
                "Mercato",
                "Strumento",
                "Valuta",
                "Quantità",
                "P.zo medio di carico",
                "Cambio di carico",
                "Valore di carico",
                "P.zo di mercato",
                "Cambio di mercato",
                "Valore di mercato €",
                "Var%",
            ],
            [
                "CHINA UNICOM HONG KONG",
                "HK0000049939",
                "762",
                "HKEX",
                "Azioni",
                "HKD",
                10000,
                6.1,
                8.9,
                6853.93,
                9.2,
                9.0,
                10222.22,
                49.1,
            ],
            ["ENEL", "IT0003128367", "ENEL", "AFF", "Azioni", "EUR", 1500, 6.2, 1, 9300, 8.7, 1, 13050, 40.3],
            ["Totale", None, None, None, None, None, None, None, None, 16153.93, None, None, 23272.22, 44.1],
        ]
    },
    [
        ("CHINA UNICOM HONG KONG", "HK0000049939", "762", None, "10000", "10222.22"),
        ("ENEL", "IT0003128367", "ENEL", "EUR", "1500", "13050"),
    ],
    {"preamble": 2, "total": 1},
    1,
)

DIRECTA = Maker(
    "directa_portafoglio.csv",
    """
Conto : C1174 Rossi Mario
Data estrazione : 30-10-2026 18:02:11

Ticker;Descrizione strumento;Codice ISIN;Quantita';Prezzo carico;Prezzo attuale;Controvalore;Divisa;Utile/Perdita
CNOOC;CNOOC LTD ADR;US1261321095;100;120,50;130,10;13.010,00;USD;960,00
ENI;ENI SPA;IT0003132476;1.200;13,10;15,80;18.960,00;EUR;3.240,00
""",
    [
        ("CNOOC LTD ADR", "US1261321095", "CNOOC", "USD", "100", "13010.00"),
        ("ENI SPA", "IT0003132476", "ENI", "EUR", "1200", "18960.00"),
    ],
    {"preamble": 2},
    1,
    "cp1252",
)

DESJARDINS = Maker(
    "Desjardins_portefeuille.csv",
    """
Disnat - Desjardins Courtage en ligne;;;;;;;
Relevé de portefeuille au 30 octobre 2026;;;;;;;
Numéro de compte;Symbole;Description du titre;Quantité;Coût moyen;Prix du marché;Valeur marchande;Devise
7XB417A;CNR;CIE DES CHEMINS DE FER NATIONAUX DU CANADA;100;120,11 $;134,02 $;13 402,00 $;CAD
7XB417A;HK:1186;CHINA RAILWAY CONSTRUCTION CORP-H;5 000;6,10 $;5,40 $;27 000,00 $;HKD
7XB417A;;ENCAISSE;;;;1 204,10 $;CAD
;;Total du portefeuille;;;;41 606,10 $;CAD
Les renseignements contenus dans le présent relevé proviennent de sources jugées fiables, mais ne sont pas garantis.;;;;;;;
""",
    [
        ("CIE DES CHEMINS DE FER NATIONAUX DU CANADA", None, "CNR", "CAD", "100", "13402.00"),
        ("CHINA RAILWAY CONSTRUCTION CORP-H", None, "HK:1186", "HKD", "5000", "27000.00"),
    ],
    {"preamble": 2, "cash": 1, "total": 1, "disclaimer": 1},
    1,
    "cp1252",
)

QUESTRADE = Maker(
    "questrade_positions.xlsx",
    {
        "Positions": [
            [
                "Symbole",
                "Description",
                "Quantité ouverte",
                "Prix moyen",
                "Prix actuel",
                "Coût total",
                "Valeur au marché",
                "Devise",
                "Compte",
            ],
            ["SHOP.TO", "SHOPIFY INC", 40, 80.1, 210.5, 3204, 8420, "CAD", "27441182"],
            ["CICHY", "CHINA CONSTR BK CORP ADR", 300, 14.2, 20.1, 4260, 6030, "USD", "27441182"],
            ["ZIJMF", "ZIJIN MINING GROUP CO LTD H", 900, 2.2, 4.1, 1980, 3690, "USD", "27441182"],
        ]
    },
    [
        ("SHOPIFY INC", None, "SHOP.TO", "CAD", "40", "8420"),
        ("CHINA CONSTR BK CORP ADR", None, "CICHY", "USD", "300", "6030"),
        ("ZIJIN MINING GROUP CO LTD H", None, "ZIJMF", "USD", "900", "3690"),
    ],
)

KRANE = Maker(
    "kraneshares_holdings.csv",
    """
"KWEB Holdings as of 10/30/2026"

Rank,Company Name,% of Net Assets,Ticker,Identifier,Shares Held,Market Value($)
1,TENCENT HOLDINGS LTD,10.21%,700,BMMV2K8,"9,104,200","740,114,880"
2,SEMICONDUCTOR MANUFACTURING INTL,1.11%,981,6743473,"8,800,000","80,608,000"
3,CASH,0.41%,,,,"29,800,114"
4,HONG KONG DOLLAR,0.02%,,,"11,400,120","1,459,215"
""",
    [
        ("TENCENT HOLDINGS LTD", "BMMV2K8", "700", None, "9104200", "740114880"),
        ("SEMICONDUCTOR MANUFACTURING INTL", "6743473", "981", None, "8800000", "80608000"),
    ],
    {"preamble": 1, "cash": 2},
    1,
)

INVESCO = Maker(
    "invesco_holdings.csv",
    """
Fund Ticker,Security Identifier,Holding Ticker,Shares/Par Value,MarketValue,Weight,Name,Class of Shares,Sector,Date
"PGJ","01609W102","BABA        ","112,005"," 18,704,835.00 ","8.101","Alibaba Group Holding Ltd ADR","American Depository Receipt","Consumer Discretionary","10/30/2026"
"PGJ","","600760 CH   ","80,000"," 1,904,000.00 ","0.911","AVIC Shenyang Aircraft Co Ltd","Common Stock","Industrials","10/30/2026"
"PGJ","-CASH-","          ","104,200"," 104,200.00 ","0.045","CASH/RECEIVABLES/PAYABLES","Cash","Investment Companies","10/30/2026"
""",
    [
        ("Alibaba Group Holding Ltd ADR", "01609W102", "BABA", None, "112005", "18704835.00"),
        (
            "AVIC Shenyang Aircraft Co Ltd",
            "",
            "600760 CH",
            None,
            "80000",
            "1904000.00",
        ),
    ],
    {"cash": 1},
    1,
)

VANGUARD_FUND = Maker(
    "vanguard_vwo_holdings.csv",
    """

Holdings details
"Vanguard FTSE Emerging Markets ETF (VWO)"
As of 09/30/2026,,
,Stocks
,SEDOL,HOLDINGS,TICKER,% OF FUNDS*,SUB-INDUSTRY,COUNTRY,SECURITY DEPOSITORY RECEIPT TYPE,MARKET VALUE,FACE AMOUNT,COUPON RATE,MATURITY DATE,SHARES
,="BMMV2K8",Tencent Holdings Ltd.,700,4.3061%,Interactive Media & Services,CN, , $5122034110.11,,,,"62,104,220"
,="BP3R262","CRRC Corp. Ltd. Class H",1766,0.0301%,Construction Machinery,CN, , $35801221.01,,,,"47,010,000"
,="6771720",Samsung Electronics Co. Ltd.,005930,1.1201%,Technology Hardware,KR, , $1332100120.00,,,,"21,004,112"

,Short-term reserves
,SEDOL,HOLDINGS,TICKER,% OF FUNDS*,SUB-INDUSTRY,COUNTRY,SECURITY DEPOSITORY RECEIPT TYPE,MARKET VALUE,FACE AMOUNT,COUPON RATE,MATURITY DATE,SHARES
,,Vanguard Market Liquidity Fund,,2.1100%,,,, $2509110000.00,,,,"25,091,100"

"* Sector percentages are based on net assets."
""",
    [
        ("Tencent Holdings Ltd.", "BMMV2K8", "700", None, "62104220", "5122034110.11"),
        ("CRRC Corp. Ltd. Class H", "BP3R262", "1766", None, "47010000", "35801221.01"),
        ("Samsung Electronics Co. Ltd.", "6771720", "005930", None, "21004112", "1332100120.00"),
        ("Vanguard Market Liquidity Fund", "", "", None, "25091100", "2509110000.00"),
    ],
    {"preamble": 4, "section title": 1, "footer": 1},
    1,
)

XTRACKERS = Maker(
    "Constituent_LU0514695690.xlsx",
    {
        "2026-10-30": [
            ["Xtrackers MSCI China UCITS ETF 1C"],
            ["This document is for information purposes only."],
            [],
            [
                None,
                "Name",
                "ISIN",
                "Country",
                "Currency",
                "Exchange",
                "Type of Security",
                "Rating",
                "Primary Listing",
                "Industry Classification",
                "Weighting",
            ],
            [
                1,
                "TENCENT HOLDINGS LTD",
                "KYG875721634",
                "China",
                "HKD",
                "HONG KONG",
                "Equity",
                "-",
                "-",
                "Communication Services",
                0.171,
            ],
            [
                2,
                "CHINA COMMUNICATIONS SERVICES CORP LTD",
                "CNE1000002G3",
                "China",
                "HKD",
                "HONG KONG",
                "Equity",
                "-",
                "-",
                "Industrials",
                0.002,
            ],
            [
                3,
                "CHINA STATE CONSTRUCTION INTERNATIO",
                "KYG216771363",
                "Hong Kong",
                "HKD",
                "HONG KONG",
                "Equity",
                "-",
                "-",
                "Industrials",
                0.001,
            ],
            [4, "HKD CASH", "_CURRENCYHKD", "-", "HKD", "-", "Cash", "-", "-", "unknown", 0.001],
        ]
    },
    [
        ("TENCENT HOLDINGS LTD", "KYG875721634", None, "HKD", "", ""),
        ("CHINA COMMUNICATIONS SERVICES CORP LTD", "CNE1000002G3", None, "HKD", "", ""),
        ("CHINA STATE CONSTRUCTION INTERNATIO", "KYG216771363", None, "HKD", "", ""),
    ],
    {"preamble": 2, "cash": 1},
)

AMUNDI = Maker(
    "Amundi_composition.xlsx",
    {
        "Composition": [
            ["AMUNDI MSCI CHINA A UCITS ETF"],
            [None, "Date de la composition", "30/10/2026"],
            [],
            [None, "Code ISIN", "Nom", "Classe d'actif", "Devise", "Poids", "Secteur", "Pays"],
            [
                None,
                "CNE100000PM8",
                "HANGZHOU HIKVISION DIGITAL-A",
                "EQUITY",
                "CNY",
                0.0123,
                "Technologies de l'information",
                "Chine",
            ],
            [
                None,
                "CNE0000018R8",
                "KWEICHOW MOUTAI CO LTD-A",
                "EQUITY",
                "CNY",
                0.0411,
                "Biens de consommation",
                "Chine",
            ],
            [],
            [
                None,
                "Les informations contenues dans ce document sont fournies à titre indicatif et peuvent être modifiées sans préavis.",
            ],
        ]
    },
    [
        ("HANGZHOU HIKVISION DIGITAL-A", "CNE100000PM8", None, "CNY", "", ""),
        ("KWEICHOW MOUTAI CO LTD-A", "CNE0000018R8", None, "CNY", "", ""),
    ],
    {"preamble": 2, "disclaimer": 1},
    1,
)
