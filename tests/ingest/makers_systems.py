"""Exports of portfolio systems, trust accounts and index makers, as `world` describes them."""

from __future__ import annotations

from world import World

SYSTEMS = [
    World(
        "ajbell_portfolio.csv",
        """\
Investment,Quantity,Price,Value (£),Cost (£),Change (£),Change (%),Valuation currency,Todays change (£),Todays change (%),Account
BP PLC (LSE:BP.),1000,455.2p,"£4,552.00","£4,100.00",£452.00,11.02,GBP,£12.10,0.2,SIPP A123456S
CHINA MOBILE LTD (HKEX:0941),500,HK$84.20,"£4,093.11","£3,000.00","£1,093.11",36.44,GBP,£0.00,0,SIPP A123456S
Cash GBP,,,"£1,204.11",,,,GBP,,,SIPP A123456S
""",
        [
            ("BP PLC", "", "LSE:BP.", "GBP", "1000", "4552.00", "SIPP A123456S"),
            ("CHINA MOBILE LTD", "", "HKEX:0941", "GBP", "500", "4093.11", "SIPP A123456S"),
        ],
        {"cash": 1},
        listed=1,
        encoding="utf-8",
        kind="holdings",
    ),
    World(
        "emsx_blotter.csv",
        """\
Order #,Ticker,Side,Amount,Filled,Avg Price,Broker,Trader,Date,Time,Status,Account
101,883 HK Equity,BUY,10000,10000,19.21,GSCO,JROWAN,10/30/2026,10:14:22,FILLED,ROWAN1
102,AAPL US Equity,SELL,200,200,268.1,MSCO,JROWAN,10/30/2026,14:01:09,FILLED,ROWAN1
""",
        [("", "", "883 HK Equity", "", "10000", "", "ROWAN1"), ("", "", "AAPL US Equity", "", "200", "", "ROWAN1")],
        {},
        listed=1,
        encoding="utf-8",
        kind="trades",
    ),
    World(
        "apx_appraisal_lots.xlsx",
        {
            "Portfolio Appraisal": [
                ["Rowan & Marlow Advisers"],
                ["PORTFOLIO APPRAISAL"],
                ["Rowan Family Trust (rowan01)"],
                ["October 30, 2026"],
                [],
                ["", "", "", "Unit", "Total", "", "Market", "Pct.", "Annual", "Yield"],
                ["Date", "Quantity", "Security", "Cost", "Cost", "Price", "Value", "Assets", "Income", ""],
                ["COMMON STOCK"],
                ["Energy"],
                ["03-15-21", 1000, "CNOOC Ltd", 1.2, 1200, 2.41, 2410, 1, 0, 0],
                ["07-01-22", 4000, None, 1.75, 7000, None, 9640, 4, 0, 0],
                [None, 5000, None, 1.64, 8200, 2.41, 12050, 5, 600, 5],
                ["Technology"],
                ["01-04-19", 150, "Apple Inc", 40, 6000, 268.4, 40260, 16.5, 150, 0.4],
                [None, None, None, None, 14200, None, 52310, 21.5, 750, 1.4],
                ["CASH AND EQUIVALENTS"],
                [None, None, "Schwab Bank Deposit", None, 191000, None, 191000, 78.5, 0, 0],
                ["TOTAL PORTFOLIO", None, None, None, 205200, None, 243310, 100, 750, 0.3],
            ]
        },
        [
            ("CNOOC Ltd", "", "", "", "5000", "12050", ""),
            ("Apple Inc", "", "", "", "150", "40260", ""),
            ("Schwab Bank Deposit", "", "", "", "", "191000", ""),
        ],
        {"preamble": 4, "section title": 4, "total": 3},
        listed=1,
        encoding="utf-8",
        kind="holdings",
    ),
    World(
        "simcorp_dim.txt",
        """\
SimCorp Dimension|Report HOLD_01|Run 2026-10-31 06:00
Portfolio|Security ID|Security Name|Sec Type|ISIN|Nominal|Quot Price|Quot Cur|Market Value PC|PC|Accr Int PC
ROWEQ|HK0941|China Mobile Ltd|EQU|HK0941009539|20000,0000|84,2000|HKD|199114,25|EUR|0,00
ROWEQ|US0378|Apple Inc|EQU|US0378331005|150,0000|268,4000|USD|37114,11|EUR|0,00
ROWFI|CNOOC30|CNOOC Fin 3.5 2030|BND|US12634MAB63|200000,0000|97,1100|USD|179114,00|EUR|3112,00
ROWFI|CASHEUR|Cash EUR|CSH||1204,1100|1,0000|EUR|1204,11|EUR|0,00
Records: 4
""",
        [
            ("China Mobile Ltd", "HK0941009539", "", "EUR", "20000.0000", "199114.25", ""),
            ("Apple Inc", "US0378331005", "", "EUR", "150.0000", "37114.11", ""),
            ("CNOOC Fin 3.5 2030", "US12634MAB63", "", "EUR", "200000.0000", "179114.00", ""),
        ],
        {"preamble": 1, "cash": 1, "section title": 1},
        listed=1,
        encoding="utf-8",
        kind="holdings",
    ),
    World(
        "eagle_pace.csv",
        """\
"ENTITY_ID","ENTITY_NAME","EFFECTIVE_DATE","PRIMARY_ASSET_ID","PRIMARY_ASSET_ID_TYPE","ISSUE_NAME","SECURITY_TYPE","LONG_SHORT_INDICATOR","SHARE_PAR_VALUE","PRICE","LOCAL_CURRENCY","MARKET_VALUE_LOCAL","MARKET_VALUE_BASE","BASE_CURRENCY"
"RW01","ROWAN GLOBAL","20261030","HK0941009539","ISIN","CHINA MOBILE LTD","EQ","L","20000.000000","84.200000","HKD","1684000.00","216175.87","USD"
"RW01","ROWAN GLOBAL","20261030","037833100","CUSIP","APPLE INC","EQ","L","150.000000","268.400000","USD","40260.00","40260.00","USD"
"RW01","ROWAN GLOBAL","20261030","USD","CASH","US DOLLAR","CU","L","1204.110000","1.000000","USD","1204.11","1204.11","USD"
"TRAILER","3","","","","","","","","","","","",""
""",
        [
            ("CHINA MOBILE LTD", "HK0941009539", "", "HKD", "20000.000000", "216175.87", ""),
            ("APPLE INC", "037833100", "", "USD", "150.000000", "40260.00", ""),
        ],
        {"cash": 1, "section title": 1},
        listed=1,
        encoding="utf-8",
        kind="holdings",
    ),
    World(
        "geneva_lpa.xlsx",
        {
            "Local Position Appraisal": [
                ["Rowan Master Fund LP"],
                ["Local Position Appraisal"],
                ["Period End Date: 10/30/2026 11:59:59 PM"],
                [],
                [
                    "Tax Lot Description",
                    "Quantity",
                    "Unit Cost (Local)",
                    "Market Price (Local)",
                    "Cost (Local)",
                    "Market Value (Local)",
                    "Market Value (Book)",
                    "Unrealized Gain/Loss (Book)",
                ],
                ["Long"],
                ["Common Stock"],
                ["Hong Kong Dollar"],
                ["CHINA TELECOM CORP LTD-H (728 HK)", 200000, 4, 5.11, 800000, 1022000, 131193.84, 28490],
                ["SMIC (981 HK)", 10000, 22, 71.2, 220000, 712000, 91399, 63158],
                ["Total Hong Kong Dollar", None, None, None, 1020000, 1734000, 222592.84, 91648],
                ["Total Common Stock", None, None, None, None, None, 222592.84, 91648],
                ["Short"],
                ["Common Stock"],
                ["US Dollar"],
                ["APPLE INC (AAPL US)", -1000, 200, 268.4, -200000, -268400, -268400, -68400],
                ["Total US Dollar", None, None, None, -200000, -268400, -268400, -68400],
                ["Report Total", None, None, None, None, None, -45807.16, 23248],
            ]
        },
        [
            ("CHINA TELECOM CORP LTD-H", "", "728 HK", "", "200000", "131193.84", ""),
            ("SMIC", "", "981 HK", "", "10000", "91399", ""),
            ("APPLE INC", "", "AAPL US", "", "-1000", "-268400", ""),
        ],
        {"preamble": 3, "section title": 6, "total": 4},
        listed=2,
        encoding="utf-8",
        kind="holdings",
    ),
    World(
        "enfusion_pos.csv",
        """\
"Book","Sub Book","Instrument Full Name","Instrument Type","Sedol","BB Yellow Key","ISIN","Native CCY","Position","Mkt Price","$ NMV","$ GMV","% GAV"
"Rowan","Long","CHINA UNICOM HONG KONG LTD","Equity","6263830","762 HK Equity","HK0000049939","HKD","100,000","9.11","116,798","116,798","4.1%"
"Rowan","Short","APPLE INC","Equity","2046251","AAPL US Equity","US0378331005","USD","(1,000)","268.40","(268,400)","268,400","-9.4%"
"Rowan","Hedge","S&P500 EMINI FUT Dec26","Future","","ESZ6 Index","","USD","(2)","6,100","(610,000)","610,000","-21.4%"
"Rowan","","Cash","Cash","","","","USD","1,200,000","1","1,200,000","1,200,000","42.1%"
"Grand Totals","","","","","","","","","","438,398","2,195,198",""
""",
        [
            ("CHINA UNICOM HONG KONG LTD", "HK0000049939", "762 HK Equity", "USD", "100000", "116798", ""),
            ("APPLE INC", "US0378331005", "AAPL US Equity", "USD", "-1000", "-268400", ""),
            ("S&P500 EMINI FUT Dec26", "", "ESZ6 Index", "USD", "-2", "-610000", ""),
        ],
        {"cash": 1, "total": 1},
        listed=1,
        encoding="utf-8",
        kind="holdings",
    ),
    World(
        "msci_constituents.txt",
        """\
#EOD
*MSCI EM (EMERGING MARKETS) CONSTITUENTS AS OF 20261030
calc_date|msci_index_code|msci_security_code|bb_ticker|isin|sedol|security_name|iso_country_symbol|ISO_currency_symbol|price|closing_number_of_shares|initial_mkt_cap_usd_next_day|weight
20261030|891800|1234501|728 HK|CNE1000002V2|6559335|CHINA TELECOM CORP H|CN|HKD|5.11|13877410000|9100114000|0.0911
20261030|891800|1234502|2330 TT|TW0002330008|6889106|TAIWAN SEMICONDUCTOR MFG|TW|TWD|1400|25930380458|1100000000000|9.1122
#EOD
""",
        [
            ("CHINA TELECOM CORP H", "CNE1000002V2", "728 HK", "HKD", "13877410000", "", ""),
            ("TAIWAN SEMICONDUCTOR MFG", "TW0002330008", "2330 TT", "TWD", "25930380458", "", ""),
        ],
        {"preamble": 2, "page header": 1},
        listed=1,
        encoding="utf-8",
        kind="holdings",
    ),
    World(
        "envestnet_cusip_sci.csv",
        """\
Custodian,Account,Account Title,Security,Security ID,Style,Quantity,Price,Market Value,Weight
FID,Z01-123456,Rowan IRA,CHINA NATIONAL OFFSHORE OIL ADR,1.26E+08,Intl,100,120,12000,40
FID,Z01-123456,Rowan IRA,APPLE INC,37833100,LC Growth,50,268.4,13420,44.7
FID,Z01-123456,Rowan IRA,EVERGREEN 2E5 FUND,3.00E+05,Bond,460,10,4600,15.3
""",
        [
            ("CHINA NATIONAL OFFSHORE OIL ADR", "1.26E+08", "", "", "100", "12000", "Z01-123456"),
            ("APPLE INC", "37833100", "", "", "50", "13420", "Z01-123456"),
            ("EVERGREEN 2E5 FUND", "3.00E+05", "", "", "460", "4600", "Z01-123456"),
        ],
        {},
        listed=1,
        encoding="utf-8",
        kind="holdings",
    ),
    World(
        "us_bank_trust.txt",
        """\
U.S. BANK INSTITUTIONAL TRUST & CUSTODY                                      PAGE  1
ACCOUNT NUMBER: 19-SW1234                                                    PERIOD ENDING 10/31/2026
                              ASSET DETAIL

SHARES/                                                  MARKET        FEDERAL    UNREALIZED   % OF
FACE AMOUNT     DESCRIPTION                               VALUE       TAX COST    GAIN/LOSS    PORT
------------    ---------------------------------  ------------   ------------   ----------   -----
COMMON STOCK
  150.000       APPLE INC                             40,260.00      21,000.00    19,260.00    61.1
                037833100
5,000.000       CNOOC LTD                             12,050.00       8,250.00     3,800.00    18.3
                Y1662W117
  200.000       CHINA MOBILE LTD SPONSORED ADR        10,840.00      10,960.00      -120.00    16.4
                16941M109
                                                   ------------   ------------   ----------   -----
                TOTAL COMMON STOCK                    63,150.00      40,210.00    22,940.00    95.8
CASH
2,750.110       FIRST AMERICAN GOVT OBLIG FUND         2,750.11       2,750.11         0.00     4.2
                31846V203
                TOTAL ASSETS                          65,900.11      42,960.11    22,940.00   100.0
""",
        [
            ("APPLE INC", "037833100", "", "", "150.000", "40260.00", "19-SW1234"),
            ("CNOOC LTD", "Y1662W117", "", "", "5000.000", "12050.00", "19-SW1234"),
            ("CHINA MOBILE LTD SPONSORED ADR", "16941M109", "", "", "200.000", "10840.00", "19-SW1234"),
            ("FIRST AMERICAN GOVT OBLIG FUND", "31846V203", "", "", "2750.110", "2750.11", "19-SW1234"),
        ],
        {"preamble": 3, "no values": 2, "section title": 2, "total": 2},
        listed=2,
        encoding="utf-8",
        kind="holdings",
    ),
]
