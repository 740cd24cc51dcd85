"""Exports of portfolio systems, trust accounts and index makers, as `world` describes them."""

from __future__ import annotations

import datetime as dt

from world import World

SYSTEMS = [
    World(
        "bny_nexen_holdings.xlsx",
        {
            "Parameters": [["Report", "Custody Holdings"], ["Entitlement", "ROWAN01"], ["Run date", "31-Oct-2026"]],
            "Custody Holdings": [
                [
                    "Reporting Account Number",
                    "Reporting Account Name",
                    "As Of Date",
                    "Asset Type",
                    "Security Description 1",
                    "Security Description 2",
                    "Mellon Security ID",
                    "CUSIP/CINS",
                    "ISIN",
                    "SEDOL",
                    "Local Currency Code",
                    "Shares/Par",
                    "Base Price",
                    "Base Market Value",
                    "Local Market Value",
                    "Base Cost",
                ],
                [
                    "ROWF0001002",
                    "ROWAN INTL EQ",
                    dt.date(2026, 10, 30),
                    "EQUITY",
                    "CHINA COMMUNICATIONS",
                    "CONSTRUCTION CO-H",
                    "99ABR1",
                    "Y1R36J108",
                    "CNE1000002F5",
                    "B1JKTQ6",
                    "HKD",
                    40000,
                    0.7,
                    28000,
                    218400,
                    25000,
                ],
                [
                    "ROWF0001002",
                    "ROWAN INTL EQ",
                    dt.date(2026, 10, 30),
                    "EQUITY",
                    "NESTLE SA-REG",
                    "",
                    "99AAA1",
                    "H57312649",
                    "CH0038863350",
                    "7123870",
                    "CHF",
                    300,
                    101,
                    30300,
                    24240,
                    26000,
                ],
                [
                    "ROWF0001002",
                    "ROWAN INTL EQ",
                    dt.date(2026, 10, 30),
                    "CASH & CASH EQUIVALENTS",
                    "U.S. DOLLAR",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "USD",
                    1200.33,
                    1,
                    1200.33,
                    1200.33,
                    1200.33,
                ],
                [
                    "ROWF0001002",
                    "ROWAN INTL EQ",
                    dt.date(2026, 10, 30),
                    "FORWARD",
                    "PURCHASED HKD / SOLD USD",
                    "FWD 12/15/2026",
                    "",
                    "",
                    "",
                    "",
                    "HKD",
                    100000,
                    0.128,
                    12800,
                    100000,
                    12810,
                ],
            ],
        },
        [
            ("CHINA COMMUNICATIONS CONSTRUCTION CO-H", "CNE1000002F5", "", "", "40000", "28000", "ROWF0001002"),
            ("NESTLE SA-REG", "CH0038863350", "", "", "300", "30300", "ROWF0001002"),
            ("PURCHASED HKD / SOLD USD FWD 12/15/2026", "", "", "", "100000", "12800", "ROWF0001002"),
        ],
        {"no position table": 3, "cash": 1},
        listed=1,
        encoding="utf-8",
        kind="holdings",
    ),
    World(
        "robinhood_pdf_paste.txt",
        """\
Robinhood Securities, LLC
500 Colonial Center Pkwy, Suite 100
Lake Mary, FL 32746

Page 2 of 5
10/01/2026 to 10/31/2026
Jane Rowan Account #:123456789

Securities Held in Account   Sym/Cusip   Acct Type   Qty   Price   Mkt Value   Est. Dividend Yield   % of Total Portfolio
Apple   AAPL   Margin   10   $268.40   $2,684.00   0.40%   30.11%
China Mobile ADR   CHL   Margin   12   $54.20   $650.40   0.00%   7.10%
Alibaba   BABA   Margin   20   $170.00   $3,400.00   0.60%   39.10%
Total Securities            $6,734.40      76.31%
Brokerage Cash Balance            $2,090.00      23.69%
""",
        [
            ("Apple", "", "AAPL", "", "10", "2684.00", "123456789"),
            ("China Mobile ADR", "", "CHL", "", "12", "650.40", "123456789"),
            ("Alibaba", "", "BABA", "", "20", "3400.00", "123456789"),
        ],
        {"preamble": 6, "total": 2},
        listed=1,
        encoding="utf-8",
        kind="holdings",
    ),
    World(
        "2026-10-30-PositionStatement.csv",
        """\
Position Statement for 123456789 (ira) on 10/30/26 13:20:11

None
Instrument,Qty,Days,Trade Price,Mark,Mrk Chng,P/L Open,P/L Day,BP Effect
AAPL,+150,,140.00,268.40,+1.20,"$19,260.00",$180.00,"($40,260.00)"
APPLE INC,,,,,,,,
280 CALL 18 DEC 26,-1,49,3.00,4.10,0,($110.00),$0.00,$0.00
CEOHF,"+5,000",,1.65,2.41,-.01,"$3,800.00",($50.00),"($12,050.00)"
CNOOC LTD ORD,,,,,,,,
,,,Subtotals:,,,"$22,950.00",$130.00,"($52,310.00)"
,,,Overall Totals:,,,"$22,950.00",$130.00,"($52,310.00)"
Cash & Sweep Vehicle,"$1,204.11"
OVERNIGHT FUTURES BP,"$1,204.11"
""",
        [
            ("APPLE INC", "AAPL", "", "", "150", "", ""),
            ("280 CALL 18 DEC 26", "", "", "", "-1", "", ""),
            ("CNOOC LTD ORD", "CEOHF", "", "", "5000", "", ""),
            ("Cash & Sweep Vehicle", "", "", "", "1204.11", "", ""),
            ("OVERNIGHT FUTURES BP", "", "", "", "1204.11", "", ""),
        ],
        {"preamble": 2, "total": 2},
        listed=1,
        encoding="utf-8",
        kind="holdings",
    ),
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
    World(
        "long_short_side_by_side.xlsx",
        {
            "Book": [
                ["Long", None, None, None, None, "Short"],
                ["Ticker", "Name", "Shares", "Market Value", None, "Ticker", "Name", "Shares", "Market Value"],
                ["AAPL US", "Apple Inc", 100, 26840, None, "MSFT US", "Microsoft Corp", -10, -5100],
                ["NESN SW", "Nestle SA", 50, 5000, None, "981 HK", "SMIC", -3000, -27000],
                ["941 HK", "China Mobile", 500, 5300, None, None, None, None, None],
                ["Total", None, None, 37140, None, "Total", None, None, -32100],
            ]
        },
        [
            ("Apple Inc", "", "AAPL US", "", "100", "26840", ""),
            ("Nestle SA", "", "NESN SW", "", "50", "5000", ""),
            ("China Mobile", "", "941 HK", "", "500", "5300", ""),
            ("Microsoft Corp", "", "MSFT US", "", "-10", "-5100", ""),
            ("SMIC", "", "981 HK", "", "-3000", "-27000", ""),
        ],
        {"preamble": 1, "total": 2},
        listed=2,
        encoding="utf-8",
        kind="holdings",
    ),
    World(
        "0000950123-10-102000.txt",
        """\
-----BEGIN PRIVACY-ENHANCED MESSAGE-----
<SEC-DOCUMENT>0000950123-10-102000.txt : 20101112
<SEC-HEADER>0000950123-10-102000.hdr.sgml : 20101112
ACCESSION NUMBER:		0000950123-10-102000
CONFORMED SUBMISSION TYPE:	13F-HR
PUBLIC DOCUMENT COUNT:		1
CONFORMED PERIOD OF REPORT:	20100930
FILED AS OF DATE:		20101112

FILER:
	COMPANY DATA:
		COMPANY CONFORMED NAME:			ROWAN CAPITAL LLC
</SEC-HEADER>
<DOCUMENT>
<TYPE>13F-HR
<SEQUENCE>1
<TEXT>
<PAGE>
                                  FORM 13F
                         FORM 13F COVER PAGE
Report for the Calendar Year or Quarter Ended: September 30, 2010
Institutional Investment Manager Filing this Report:
Name:    ROWAN CAPITAL LLC
Form 13F Information Table Entry Total:          4
Form 13F Information Table Value Total:   $114,200 (thousands)
<PAGE>
                          FORM 13F INFORMATION TABLE
<TABLE>
<CAPTION>
                                TITLE OF              VALUE    SHRS OR   SH/  PUT/  INVESTMENT  OTHER      VOTING AUTHORITY
NAME OF ISSUER                  CLASS      CUSIP     (X$1000)  PRN AMT   PRN  CALL  DISCRETION  MANAGERS  SOLE     SHARED  NONE
------------------------------  ---------  --------- --------  --------  ---  ----  ----------  --------  -------- ------  ----
<S>                             <C>        <C>       <C>       <C>       <C>  <C>   <C>         <C>       <C>      <C>     <C>
APPLE INC                       COM        037833100    28,375   100,000 SH         SOLE                   100,000       0     0
CHINA MOBILE LIMITED            SPONSORED  16941M109    51,130 1,000,000 SH         SOLE                 1,000,000       0     0
                                ADR
CHINA TELECOM CORP LTD          SPON ADR   169426103    27,345   500,000 SH         SOLE                   500,000       0     0
MICROSOFT CORP                  COM        594918104     7,350   300,000 SH   PUT   SOLE                   300,000       0     0
</TABLE>
</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>
-----END PRIVACY-ENHANCED MESSAGE-----
""",
        [
            ("", "037833100", "", "USD", "100000", "28375000", ""),
            ("", "16941M109", "", "USD", "1000000", "51130000", ""),
            ("", "169426103", "", "USD", "500000", "27345000", ""),
            ("", "594918104", "", "USD", "300000", "7350000", ""),
        ],
        {"preamble": 9, "no values": 1, "section title": 1},
        listed=2,
        encoding="utf-8",
        kind="holdings",
    ),
    World(
        "nport_submission.txt",
        """\
<SEC-DOCUMENT>0001752724-26-000001.txt : 20261128
<SEC-HEADER>0001752724-26-000001.hdr.sgml : 20261128
CONFORMED SUBMISSION TYPE:	NPORT-P
</SEC-HEADER>
<DOCUMENT>
<TYPE>NPORT-P
<SEQUENCE>1
<FILENAME>primary_doc.xml
<TEXT>
<XML>
<?xml version="1.0" encoding="UTF-8"?>
<edgarSubmission xmlns="http://www.sec.gov/edgar/nport"><headerData><submissionType>NPORT-P</submissionType></headerData><formData><genInfo><regName>ROWAN FUNDS</regName><seriesName>Rowan EM</seriesName><repPdEnd>2026-12-31</repPdEnd><repPdDate>2026-09-30</repPdDate></genInfo><fundInfo><totAssets>1000</totAssets></fundInfo>
<invstOrSecs>
<invstOrSec><name>China Mobile Ltd</name><lei>N/A</lei><title>China Mobile Ltd</title><cusip>000000000</cusip><identifiers><isin value="HK0941009539"/></identifiers><balance>5000</balance><units>NS</units><currencyConditional curCd="HKD" exchangeRt="7.8"/><valUSD>53000</valUSD><pctVal>5.3</pctVal><payoffProfile>Long</payoffProfile><assetCat>EC</assetCat><issuerCat>CORP</issuerCat><invCountry>HK</invCountry></invstOrSec>
<invstOrSec><name>Apple Inc</name><lei>N/A</lei><title>Apple Inc</title><cusip>037833100</cusip><identifiers><isin value="US0378331005"/></identifiers><balance>10</balance><units>NS</units><curCd>USD</curCd><valUSD>2684</valUSD><pctVal>.3</pctVal><payoffProfile>Long</payoffProfile><assetCat>EC</assetCat><issuerCat>CORP</issuerCat><invCountry>US</invCountry></invstOrSec>
</invstOrSecs></formData></edgarSubmission>
</XML>
</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>
""",
        [
            ("China Mobile Ltd", "HK0941009539", "", "USD", "5000", "53000", ""),
            ("Apple Inc", "US0378331005", "", "USD", "10", "2684", ""),
        ],
        {},
        listed=1,
        encoding="utf-8",
        kind="holdings",
    ),
    World(
        "custody_export.xls",
        """\
<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Positions"><Table><Row><Cell ss:MergeAcross="5"><Data ss:Type="String">Statement of Holdings</Data></Cell></Row><Row><Cell><Data ss:Type="String">Account: 7788-990</Data></Cell></Row><Row></Row><Row><Cell ss:MergeAcross="1"><Data ss:Type="String">Security</Data></Cell><Cell ss:MergeAcross="1"><Data ss:Type="String">Position</Data></Cell><Cell ss:MergeAcross="1"><Data ss:Type="String">Valuation</Data></Cell></Row><Row><Cell><Data ss:Type="String">Description</Data></Cell><Cell><Data ss:Type="String">ISIN</Data></Cell><Cell><Data ss:Type="String">Quantity</Data></Cell><Cell><Data ss:Type="String">Ccy</Data></Cell><Cell><Data ss:Type="String">Price</Data></Cell><Cell><Data ss:Type="String">Market Value EUR</Data></Cell></Row><Row><Cell><Data ss:Type="String">Nestlé SA</Data></Cell><Cell><Data ss:Type="String">CH0038863350</Data></Cell><Cell><Data ss:Type="Number">300</Data></Cell><Cell><Data ss:Type="String">CHF</Data></Cell><Cell><Data ss:Type="Number">80.8</Data></Cell><Cell><Data ss:Type="Number">25000</Data></Cell></Row><Row><Cell><Data ss:Type="String">China Communications Construction H</Data></Cell><Cell><Data ss:Type="String">CNE1000002F5</Data></Cell><Cell><Data ss:Type="Number">40000</Data></Cell><Cell><Data ss:Type="String">HKD</Data></Cell><Cell><Data ss:Type="Number">5.5</Data></Cell><Cell><Data ss:Type="Number">24500</Data></Cell></Row><Row><Cell><Data ss:Type="String">Total</Data></Cell><Cell/><Cell/><Cell/><Cell/><Cell><Data ss:Type="Number">49500</Data></Cell></Row></Table></Worksheet></Workbook>""",
        [
            ("Nestlé SA", "CH0038863350", "", "EUR", "300", "25000", "7788-990"),
            ("China Communications Construction H", "CNE1000002F5", "", "EUR", "40000", "24500", "7788-990"),
        ],
        {"preamble": 2, "total": 1},
        listed=1,
        encoding="utf-8",
        kind="holdings",
    ),
    World(
        "bond_blotter.csv",
        """\
Account|Issuer|Security|CUSIP|Coupon|Maturity|Face|Price|Accrued|Market Value
R-1|China Telecom Corp|CHINA TELECOM 2.95 11/14/29||2.95|11/14/2029|100,000|97.50|1,122.22|97,500.00
R-1|US Treasury|T 4 1/8 11/15/32|91282CFV8|4.125|11/15/2032|50,000|99-16|622.10|49,750.00
|||||||||147,250.00
""",
        [
            ("CHINA TELECOM 2.95 11/14/29", "", "", "", "100000", "97500.00", "R-1"),
            ("T 4 1/8 11/15/32", "91282CFV8", "", "", "50000", "49750.00", "R-1"),
        ],
        {"total": 1},
        listed=1,
        encoding="utf-8",
        kind="holdings",
    ),
    World(
        "lots_under_parent.csv",
        """\
Symbol,Name,Open Date,Quantity,Cost,Market Value
CEOHF,CNOOC LTD,,"6,000","9,900","14,460"
,,01/05/2022,"2,000","2,800","4,820"
,,03/10/2023,"4,000","7,100","9,640"
AAPL,APPLE INC,,150,"21,000","40,260"
,,01/05/2019,150,"21,000","40,260"
Total,,,,"30,900","54,720"
""",
        [("CNOOC LTD", "", "CEOHF", "", "6000", "14460", ""), ("APPLE INC", "", "AAPL", "", "150", "40260", "")],
        {"total": 1},
        listed=1,
        encoding="utf-8",
        kind="holdings",
    ),
    World(
        "pages_repeat.txt",
        """\
CUSTODY STATEMENT			Page 1 of 2
Client: ROWAN
Security	Identifier	Nominal	Value
NESTLE SA	CH0038863350	300	25000
carried forward			25000
CUSTODY STATEMENT			Page 2 of 2
Client: ROWAN
Security	Identifier	Nominal	Value
brought forward			25000
CHINA UNICOM (HONG KONG) LTD	HK0000049939	10000	9110
End total			34110
""",
        [
            ("NESTLE SA", "CH0038863350", "", "", "300", "25000", ""),
            ("CHINA UNICOM (HONG KONG) LTD", "HK0000049939", "", "", "10000", "9110", ""),
        ],
        {"preamble": 2, "total": 3, "page header": 2},
        listed=1,
        encoding="utf-16",
        kind="holdings",
    ),
]
