"""Statements and downloads of brokers, banks and custodians in many countries, as `world` describes them."""

from __future__ import annotations

from world import World

BANKS = [
    World(
        "ibkr_activity_lots.csv",
        """\
Statement,Header,Field Name,Field Value
Statement,Data,BrokerName,Interactive Brokers Ireland Limited
Statement,Data,Title,Activity Statement
Statement,Data,Period,"January 1, 2026 - October 30, 2026"
Account Information,Header,Field Name,Field Value
Account Information,Data,Name,Rowan Holdings
Account Information,Data,Account,U9988776
Account Information,Data,Base Currency,EUR
Net Asset Value,Header,Asset Class,Prior Total,Current Long,Current Short,Current Total,Change
Net Asset Value,Data,Cash ,1000.12,1200.5,0,1200.5,200.38
Net Asset Value,Data,Stock,150000,151000,-4000,147000,-3000
Net Asset Value,Data,Total,151000.12,152200.5,-4000,148200.5,-2799.62
Open Positions,Header,DataDiscriminator,Asset Category,Currency,Symbol,Open,Quantity,Mult,Cost Price,Cost Basis,Close Price,Value,Unrealized P/L,Code
Open Positions,Data,Summary,Stocks,HKD,941,-,3000,1,60.5,181500,84.2,252600,71100,
Open Positions,Data,Lot,Stocks,HKD,941,"2024-03-04, 03:11:20",1000,,58,58000,,84200,26200,LT
Open Positions,Data,Lot,Stocks,HKD,941,"2025-06-12, 02:10:02",2000,,61.75,123500,,168400,44900,ST
Open Positions,Total,,Stocks,HKD,,,,,,181500,,252600,71100,
Open Positions,Data,Summary,Stocks,USD,MSFT,-,-10,1,400,-4000,510,-5100,-1100,
Open Positions,Data,Lot,Stocks,USD,MSFT,"2026-02-02, 10:11:20",-10,,400,-4000,,-5100,-1100,ST
Open Positions,Total,,Stocks,USD,,,,,,-4000,,-5100,-1100,
Open Positions,Total,,Stocks,EUR,,,,,,16500.2,,25400.4,8900.2,
Financial Instrument Information,Header,Asset Category,Symbol,Description,Conid,Security ID,Underlying,Listing Exch,Multiplier,Type,Code
Financial Instrument Information,Data,Stocks,941,CHINA MOBILE LTD,1234,HK0941009539,941,SEHK,1,COMMON,
Financial Instrument Information,Data,Stocks,MSFT,MICROSOFT CORP,272093,US5949181045,MSFT,NASDAQ,1,COMMON,
""",
        [
            ("CHINA MOBILE LTD", "HK0941009539", "941", "HKD", "3000", "252600", "U9988776"),
            ("MICROSOFT CORP", "US5949181045", "MSFT", "USD", "-10", "-5100", "U9988776"),
            ("CHINA MOBILE LTD", "HK0941009539", "941", "", "", "", "U9988776"),
            ("MICROSOFT CORP", "US5949181045", "MSFT", "", "", "", "U9988776"),
        ],
        {"preamble": 1, "no position table": 3, "cash": 1, "total": 4},
        listed=2,
        encoding="utf-8",
        kind="holdings",
    ),
    World(
        "schwab_all_accounts.csv",
        """\
"Positions for All-Accounts as of 09:31 AM ET, 2026/10/30"

"Individual ...114"
"Symbol","Description","Qty (Quantity)","Price","Price Chng % (Price Change %)","Mkt Val (Market Value)","Cost Basis","Ratings","Security Type",
"AAPL","APPLE INC","150","$268.40","0.45%","$40,260.00","$21,000.00","B","Equity",
"SNPMF","SINOPEC SHANGHAI...","1,000","$0.52","0%","$520.00","$600.00","--","Equity",
"Cash & Cash Investments","--","--","--","--","$1,204.11","--","--","Cash and Money Market",
"Account Total","","--","--","--","$41,984.11","$21,600.00","--","--",

"Roth_IRA ...115"
"Symbol","Description","Qty (Quantity)","Price","Price Chng % (Price Change %)","Mkt Val (Market Value)","Cost Basis","Ratings","Security Type",
"CHL","CHINA MOBILE LIMITED  ADR DELISTED","40","$55.00","0%","$2,200.00","$1,900.00","--","Equity",
"Account Total","","--","--","--","$2,200.00","$1,900.00","--","--",
""",
        [
            ("APPLE INC", "", "AAPL", "", "150", "40260.00", "Individual ...114"),
            ("SINOPEC SHANGHAI...", "", "SNPMF", "", "1000", "520.00", "Individual ...114"),
            ("CHINA MOBILE LIMITED ADR DELISTED", "", "CHL", "", "40", "2200.00", "Roth_IRA ...115"),
        ],
        {"preamble": 2, "cash": 1, "total": 2, "section title": 1},
        listed=1,
        encoding="utf-8",
        kind="holdings",
    ),
    World(
        "NetX360_Holdings.xlsx",
        {
            "Holdings": [
                ["NetX360+ Holdings"],
                ["As of: 10/30/2026 04:00 PM ET"],
                ["Account: 5AB-123456 ROWAN FAMILY TRUST"],
                [],
                [
                    "Account Number",
                    "Short Name",
                    "Symbol/CUSIP",
                    "Security Description",
                    "Asset Type",
                    "Quantity",
                    "Last Price ($)",
                    "Market Value ($)",
                    "Accrued Interest",
                    "Est. Annual Income",
                    "% of Holdings",
                ],
                [
                    "5AB-123456",
                    "ROWAN",
                    "CEOHF",
                    "CNOOC LIMITED ORD SHS",
                    "Equities",
                    5000,
                    2.41,
                    12050,
                    None,
                    600,
                    10.1,
                ],
                ["5AB-123456", "ROWAN", 594918104, "MICROSOFT CORP COM", "Equities", 20, 510, 10200, None, 60, 9.1],
                [
                    "5AB-123456",
                    "ROWAN",
                    "169426103",
                    "CHINA TELECOM CORP LTD SPON ADR REPSTG 100 SHS CL H",
                    "Equities",
                    100,
                    40,
                    4000,
                    None,
                    0,
                    3,
                ],
                [
                    "5AB-123456",
                    "ROWAN",
                    "USD999997",
                    "US DOLLARS CURRENCY",
                    "Cash & Equivalents",
                    1412.22,
                    1,
                    1412.22,
                    None,
                    0,
                    1,
                ],
                ["", "", "", "", "Total", None, None, 27662.22, None, None, 100],
                [],
                [
                    (
                        "Pershing LLC, member FINRA, NYSE, SIPC. The information herein is not an official record of your "
                        "account; refer to your statements."
                    )
                ],
            ]
        },
        [
            ("CNOOC LIMITED ORD SHS", "", "CEOHF", "USD", "5000", "12050", "5AB-123456"),
            ("MICROSOFT CORP COM", "594918104", "", "USD", "20", "10200", "5AB-123456"),
            (
                "CHINA TELECOM CORP LTD SPON ADR REPSTG 100 SHS CL H",
                "169426103",
                "",
                "USD",
                "100",
                "4000",
                "5AB-123456",
            ),
            ("US DOLLARS CURRENCY", "USD999997", "", "USD", "1412.22", "1412.22", "5AB-123456"),
        ],
        {"preamble": 3, "total": 1, "disclaimer": 1},
        listed=2,
        encoding="utf-8",
        kind="holdings",
    ),
    World(
        "passport_stacked.txt",
        """\
Northern Trust Passport
Detailed Holdings as of 10/30/2026
Account number 2612345
ROWAN PENSION EQUITY

Description	Asset ID	Shares/PAR	Exchange rate	Local price	Local market value	Base market value
Equities
China - HKD
CHINA TELECOM CORP LTD 'H'CNY1	CNE1000002V2	200,000.000	7.79	5.11	1,022,000.00	131,193.84
SEDOL: 6559335
CRRC CORP LTD 'H'CNY1	CNE100000BG0	50,000.000	7.79	5.50	275,000.00	35,301.67
SEDOL: B2R2ZC9
Total HKD		250,000.000			1,297,000.00	166,495.51
Northern Trust Passport
Detailed Holdings as of 10/30/2026
Account number 2612346
ROWAN PENSION US

Description	Asset ID	Shares/PAR	Exchange rate	Local price	Local market value	Base market value
Equities
United States - USD
APPLE INC COM STK	US0378331005	150.000	1.00	268.40	40,260.00	40,260.00
SEDOL: 2046251
Total USD		150.000			40,260.00	40,260.00
""",
        [
            ("CHINA TELECOM CORP LTD 'H'CNY1", "CNE1000002V2", "", "HKD", "200000.000", "131193.84", "2612345"),
            ("CRRC CORP LTD 'H'CNY1", "CNE100000BG0", "", "HKD", "50000.000", "35301.67", "2612345"),
            ("APPLE INC COM STK", "US0378331005", "", "USD", "150.000", "40260.00", "2612346"),
        ],
        {"preamble": 4, "section title": 6, "total": 2, "page header": 2},
        listed=1,
        encoding="utf-16-le",
        kind="holdings",
    ),
    World(
        "jpm_appraisal_three_lines.xlsx",
        {
            "Appraisal": [
                ["J.P. MORGAN CHASE BANK N.A."],
                ["STATEMENT OF HOLDINGS", "", "", "", "AS AT 30 OCTOBER 2026"],
                ["ACCOUNT: GTI 55512 ROWAN GLOBAL"],
                [],
                ["SECURITY", "UNITS", "PRICE", "MARKET VALUE", "ACCRUED INCOME"],
                ["SECURITY ID", "", "CURRENCY", "BASE USD", ""],
                ["CHINA MOBILE LTD", 20000, 84.2, 1684000, 0],
                ["HKD 0.10 ORD"],
                ["ISIN HK0941009539   SEDOL 6073556", "", "HKD", 216175.87],
                ["SHELL PLC", 500, 2850, 14250, 12.5],
                ["ORD EUR0.07"],
                ["ISIN GB00BP6MXD84   SEDOL BP6MXD8", "", "GBP", 18500],
                ["HANGZHOU HIKVISION DIGITAL TECHNOLOGY CO", 3000, 31, 93000, 0],
                ["CNY1 'A' STOCK CONNECT"],
                ["ISIN CNE100000PM8   SEDOL BHZLLT8", "", "CNY", 13100],
                ["TOTAL HOLDINGS", "", "", 1791250],
            ]
        },
        [
            ("CHINA MOBILE LTD HKD 0.10 ORD", "HK0941009539", "", "HKD", "20000", "1684000", "GTI 55512 ROWAN GLOBAL"),
            ("SHELL PLC ORD EUR0.07", "GB00BP6MXD84", "", "GBP", "500", "14250", "GTI 55512 ROWAN GLOBAL"),
            (
                "HANGZHOU HIKVISION DIGITAL TECHNOLOGY CO CNY1 'A' STOCK CONNECT",
                "ISIN CNE100000PM8 SEDOL BHZLLT8",
                "",
                "CNY",
                "3000",
                "93000",
                "GTI 55512 ROWAN GLOBAL",
            ),
        ],
        {"preamble": 3, "total": 1},
        listed=2,
        encoding="utf-8",
        kind="holdings",
    ),
    World(
        "citi_custody_holdings.csv",
        """\
"Citi Securities Services","Holdings Report"
"Report Date:","30 Oct 2026","Report Time:","18:20:11"
"Account Number","Account Name","Market","Issue ID Type","Issue ID","Issue Name","Traded Position","Settled Position","Pending Receipt","Pending Delivery","Currency","Price","Market Value","Value Date"
="0123456789","ROWAN FUND","HONG KONG","SEDOL",="6073556","CHINA MOBILE LTD HKD0.1","10,000","10,000","0","0","HKD","84.2000","842,000.00","30-Oct-2026"
="0123456789","ROWAN FUND","HONG KONG","SEDOL",="BMMV2K8","TENCENT HLDGS LTD","0","(500)","0","500","HKD","640.0000","(320,000.00)","30-Oct-2026"
="0123456789","ROWAN FUND","SWITZERLAND","ISIN","CH0012005267","NOVARTIS AG-REG","1,000","1,000","0","0","CHF","98.1100","98,110.00","30-Oct-2026"
"End of Report"
""",
        [
            ("CHINA MOBILE LTD HKD0.1", "30-Oct-2026", "", "HKD", "10000", "842000.00", "0123456789"),
            ("TENCENT HLDGS LTD", "30-Oct-2026", "", "HKD", "0", "-320000.00", "0123456789"),
            ("NOVARTIS AG-REG", "CH0012005267", "", "CHF", "1000", "98110.00", "0123456789"),
        ],
        {"preamble": 2, "footer": 1},
        listed=1,
        encoding="utf-8",
        kind="holdings",
    ),
    World(
        "disnat_detention.xlsx",
        {
            "Détentions": [
                ["Desjardins Courtage en ligne"],
                ["Date : 2026-10-30"],
                ["No de compte", "1AB234A0"],
                [],
                [
                    "Titre",
                    "Symbole",
                    "Marché",
                    "Qté",
                    "Coût unitaire",
                    "Cours",
                    "Valeur au livre",
                    "Val. march.",
                    "% du portefeuille",
                ],
                [
                    "CHINA NATIONAL OFFSHORE OIL - CNOOC LTD",
                    "CEOHF",
                    "É.-U.",
                    5000,
                    "1,65 $",
                    "2,41 $",
                    "8 250,00 $",
                    "12 050,00 $",
                    "20,5 %",
                ],
                [
                    "BANQUE ROYALE DU CANADA",
                    "RY",
                    "CAN",
                    65,
                    "138,46 $",
                    "200,00 $",
                    "9 000,00 $",
                    "13 000,00 $",
                    "22,1 %",
                ],
                ["Sous-total actions", "", "", "", "", "", "17 250,00 $", "25 050,00 $", "42,6 %"],
                ["Solde au comptant", "", "", "", "", "", "", "33 750,00 $", "57,4 %"],
                ["TOTAL", "", "", "", "", "", "", "58 800,00 $", "100 %"],
            ]
        },
        [
            ("CHINA NATIONAL OFFSHORE OIL - CNOOC LTD", "", "CEOHF", "", "5000", "12050.00", "1AB234A0"),
            ("BANQUE ROYALE DU CANADA", "", "RY", "", "65", "13000.00", "1AB234A0"),
        ],
        {"preamble": 3, "total": 2, "cash": 1},
        listed=1,
        encoding="utf-8",
        kind="holdings",
    ),
    World(
        "fineco_portafoglio.xls",
        """\
<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body>
<table><tr><td colspan=12>Portafoglio di sintesi</td></tr><tr><td colspan=12>Dossier titoli: 0123456789 - situazione al 30/10/2026</td></tr><tr><td></td></tr>
<tr><th>Titolo</th><th>ISIN</th><th>Simbolo</th><th>Mercato</th><th>Strumento</th><th>Valuta</th><th>Quantit&agrave;</th><th>P.zo medio di carico</th><th>Cambio di carico</th><th>Valore di carico</th><th>P.zo di mercato</th><th>Valore di mercato &euro;</th></tr>
<tr><td>ENI</td><td>IT0003132476</td><td>ENI</td><td>AFF</td><td>Azioni</td><td>EUR</td><td>1.000</td><td>13,114</td><td>0</td><td>13.114,00</td><td>15,20</td><td>15.200,00</td></tr>
<tr><td>CHINA MOBILE LTD</td><td>HK0941009539</td><td>941</td><td>HKG</td><td>Azioni</td><td>HKD</td><td>2.500</td><td>60,5</td><td>8,51</td><td>17.773,21</td><td>84,2</td><td>23.388,88</td></tr>
<tr><td>BTP 1/12/2030 1,65%</td><td>IT0005413171</td><td></td><td>MOT</td><td>Obbligazioni</td><td>EUR</td><td>10.000</td><td>95,10</td><td>0</td><td>9.510,00</td><td>97,11</td><td>9.711,00</td></tr>
<tr><td>Totale</td><td></td><td></td><td></td><td></td><td></td><td></td><td></td><td></td><td>40.397,21</td><td></td><td>48.299,88</td></tr>
</table></body></html>""",
        [
            ("ENI", "IT0003132476", "ENI", "EUR", "1000", "15200.00", ""),
            ("CHINA MOBILE LTD", "HK0941009539", "941", "EUR", "2500", "23388.88", ""),
            ("BTP 1/12/2030 1,65%", "IT0005413171", "", "EUR", "10000", "9711.00", ""),
        ],
        {"preamble": 2, "total": 1},
        listed=1,
        encoding="utf-8",
        kind="holdings",
    ),
    World(
        "seb_depa.csv",
        """\
SEB Depåinnehav;;;;;;
Depånummer;0123-456789;;;;;
Per;2026-10-30;;;;;
;;;;;;
Värdepapper;ISIN-kod;Antal/Nominellt belopp;Kurs;Valuta;Marknadsvärde (SEK);Orealiserad vinst/förlust
Aktier;;;;;;
SEB A;SE0000148884;1 200;165,40;SEK;198 480,00;20 000,00
SMIC;KYG8020E1199;3 000;71,20;HKD;288 360,00;120 000,00
Summa aktier;;;;;486 840,00;140 000,00
Likvida medel;;;;SEK;10 000,00;
Totalt;;;;;496 840,00;140 000,00
""",
        [
            ("SEB A", "SE0000148884", "", "SEK", "1200", "198480.00", "0123-456789"),
            ("SMIC", "KYG8020E1199", "", "SEK", "3000", "288360.00", "0123-456789"),
        ],
        {"preamble": 3, "section title": 1, "total": 2, "cash": 1},
        listed=1,
        encoding="cp1252",
        kind="holdings",
    ),
    World(
        "comdirect_depot.csv",
        """\
"Depotübersicht Wertpapierdepot 1234567 00 EUR";;;;;;;;;;;;
"Stand: 30.10.2026 - 17:45 Uhr";;;;;;;;;;;;

"Stück/Nom.";"Bezeichnung";"WKN";"Währung";"Letzter Kurs";"Börse";"Diff. abs";"Diff. %";"Datum";"Zeit";"Kaufkurs in EUR";"Gesamtwert in EUR";"Diff. seit Kauf %"
"50";"SAP SE O.N.";"716460";"EUR";"230,15";"Xetra";"1,10";"0,48";"30.10.2026";"17:35 Uhr";"110,00";"11.507,50";"109,2"
"1.000";"CHINA MOBILE LTD.";"909622";"EUR";"9,35";"Tradegate";"0,02";"0,21";"30.10.2026";"17:44 Uhr";"7,00";"9.350,00";"33,6"
"500";"CNOOC LTD.";"A0B846";"EUR";"2,09";"Frankfurt";"0,00";"0,00";"30.10.2026";"17:20 Uhr";"1,20";"1.045,00";"74,2"
"Gesamt";;;;;;;;;;;"21.902,50";""
""",
        [
            ("SAP SE O.N.", "716460", "", "EUR", "50", "11507.50", "1234567"),
            ("CHINA MOBILE LTD.", "909622", "", "EUR", "1000", "9350.00", "1234567"),
            ("CNOOC LTD.", "A0B846", "", "EUR", "500", "1045.00", "1234567"),
        ],
        {"preamble": 2, "total": 1},
        listed=2,
        encoding="cp1252",
        kind="holdings",
    ),
    World(
        "boursobank_positions.csv",
        """\
name;isin;quantity;buyingPrice;lastPrice;intradayVariation;amount;amountVariation;variation;lastMovementDate
"TOTALENERGIES";"FR0000120271";"100";"45,20";"56,10";"0,41";"5 610,00";"1 090,00";"24,12";"12/03/2025"
"CNOOC LTD";"HK0883013259";"1 000";"1,20";"2,09";"0,00";"2 090,00";"890,00";"74,17";"02/11/2024"
"AMUNDI MSCI CHINA";"FR0011871078";"10";"150,00";"180,10";"-0,1";"1 801,00";"301,00";"20,07";"02/11/2024"
""",
        [
            ("TOTALENERGIES", "FR0000120271", "", "", "100", "5610.00", ""),
            ("CNOOC LTD", "HK0883013259", "", "", "1000", "2090.00", ""),
            ("AMUNDI MSCI CHINA", "FR0011871078", "", "", "10", "1801.00", ""),
        ],
        {},
        listed=1,
        encoding="utf-8",
        kind="holdings",
    ),
    World(
        "boursedirect_portefeuille.csv",
        """\
Portefeuille - Compte titres n° 508TI00012345678EUR - 30/10/2026 à 18:04
Libellé;Code ISIN;Place;Qté;PRU;Cours;Valorisation;+/- Val. lat.;Poids
Actions françaises;;;;;;;;
LVMH;FR0000121014;EURONEXT PARIS;10;600,11 €;620,50 €;6.205,00 €;+203,90 €;41,2 %
Actions étrangères;;;;;;;;
CHINA TELECOM;CNE1000002V2;HONG KONG;10.000;0,31 €;0,57 €;5.700,00 €;+2.600,00 €;37,9 %
Total titres;;;;;;11.905,00 €;;
Solde espèces;;;;;;3.150,00 €;;
TOTAL GENERAL;;;;;;15.055,00 €;;
""",
        [
            ("LVMH", "FR0000121014", "", "EUR", "10", "6205.00", "508TI00012345678EUR"),
            ("CHINA TELECOM", "CNE1000002V2", "", "EUR", "10000", "5700.00", "508TI00012345678EUR"),
        ],
        {"preamble": 1, "section title": 2, "total": 2, "cash": 1},
        listed=1,
        encoding="cp1252",
        kind="holdings",
    ),
    World(
        "binck_portefeuille.csv",
        """\
Portefeuilleoverzicht;;;;;;;;
Rekeningnummer: 123456789 - peildatum 30-10-2026 17:45;;;;;;;;
;;;;;;;;
Instrument;ISIN;Beurs;Aantal;Koers;Valuta;Waarde (EUR);Aankoopkoers;Resultaat
Aandelen;;;;;;;;
ASML Holding;NL0010273215;Euronext Amsterdam;10;€ 850,10;EUR;€ 8.501,00;€ 600,00;€ 2.501,00
China Mobile;HK0941009539;Hong Kong;1.000;HKD 84,20;HKD;€ 9.350,00;HKD 60,00;€ 2.350,00
Opties;;;;;;;;
ASML C900 18DEC26;;Euronext Derivatives;-1;€ 12,50;EUR;€ -1.250,00;€ 15,00;€ 250,00
Totaal;;;;;;€ 16.601,00;;
Saldo contanten EUR;;;;;;€ 1.000,00;;
""",
        [
            ("ASML Holding", "NL0010273215", "", "EUR", "10", "8501.00", "123456789"),
            ("China Mobile", "HK0941009539", "", "EUR", "1000", "9350.00", "123456789"),
            ("ASML C900 18DEC26", "", "", "EUR", "-1", "-1250.00", "123456789"),
        ],
        {"preamble": 2, "section title": 2, "total": 1, "cash": 1},
        listed=1,
        encoding="utf-8",
        kind="holdings",
    ),
    World(
        "ubs_custody_multiline.xlsx",
        {
            "Cover": [
                ["UBS Switzerland AG"],
                ["Statement of assets as of 30 October 2026"],
                ["Portfolio 0230-00123456-01"],
                ["Reporting currency CHF"],
            ],
            "Detailed positions": [
                ["Detailed positions"],
                ["Portfolio 0230-00123456-01   Evaluated in CHF"],
                [],
                ["Number / Amount", "Description", "Cost price", "Market price", "Market value", "in % of total"],
                ["Equities"],
                ["Hong Kong"],
                [20000, "Registered shs CNOOC Ltd", 9.1, 19.3, 42114, 2.1],
                [None, "Valor: 1236363 ISIN: HK0883013259", "30.06.2022", "30.10.2026"],
                [None, "HKD 1 = CHF 0.1091"],
                ["Switzerland"],
                [300, "Registered shs Nestle SA", 95, 80.8, 24240, 1.2],
                [None, "Valor: 3886335 ISIN: CH0038863350", "30.06.2020", "30.10.2026"],
                [None, "CHF 1 = CHF 1.0000"],
                ["Total Equities", None, None, None, 66354, 3.3],
                ["Bonds"],
                [100000, "3.50 % Notes CNOOC Finance 2015 USA", 99, 97.11, 77000, 4.0],
                [None, "Valor: 28001122 ISIN: US12634MAB63", "05.05.2015", "30.10.2026"],
                [None, "Maturity: 05.05.2030"],
                ["Total Bonds", None, None, None, 77000, 4.0],
                ["Total assets", None, None, None, 143354, 7.3],
            ],
        },
        [
            (
                "Registered shs CNOOC Ltd",
                "HK0883013259",
                "",
                "CHF",
                "20000",
                "42114",
                "0230-00123456-01",
            ),
            (
                "Registered shs Nestle SA",
                "CH0038863350",
                "",
                "CHF",
                "300",
                "24240",
                "0230-00123456-01",
            ),
            (
                "3.50 % Notes CNOOC Finance 2015 USA",
                "US12634MAB63",
                "",
                "CHF",
                "100000",
                "77000",
                "0230-00123456-01",
            ),
        ],
        {"no position table": 4, "preamble": 2, "section title": 4, "total": 3},
        listed=1,
        encoding="utf-8",
        kind="holdings",
    ),
    World(
        "pictet_two_lines.xlsx",
        {
            "Etat": [
                ["Banque Pictet & Cie SA"],
                ["Etat du patrimoine au 30.10.2026"],
                ["Compte K-123456.001", "", "", "Monnaie de référence: EUR"],
                [],
                ["Quantité", "Libellé", "Monnaie", "Prix de revient", "Cours", "Valeur marchande EUR", "%"],
                ["", "Identifiant", "", "", "Date cours", "", ""],
                ["ACTIONS"],
                [5000, "HANGZHOU HIKVISION DIG TECH 'A'", "CNY", 29.1, 31, 19700, 11.1],
                [None, "ISIN CNE100000PM8 - Telekurs 11223344", None, None, "30.10.2026"],
                [50, "LVMH", "EUR", 600, 620.5, 31025, 17.5],
                [None, "ISIN FR0000121014 - Telekurs 507170", None, None, "30.10.2026"],
                ["TOTAL ACTIONS", None, None, None, None, 50725, 28.6],
                ["LIQUIDITES"],
                [None, "Compte courant EUR", "EUR", None, None, 126000, 71.4],
                ["TOTAL", None, None, None, None, 176725, 100],
            ]
        },
        [
            (
                "HANGZHOU HIKVISION DIG TECH 'A'",
                "ISIN CNE100000PM8 - Telekurs 11223344",
                "",
                "EUR",
                "5000",
                "19700",
                "K-123456.001",
            ),
            ("LVMH", "ISIN FR0000121014 - Telekurs 507170", "", "EUR", "50", "31025", "K-123456.001"),
        ],
        {"preamble": 3, "section title": 2, "total": 2, "cash": 1},
        listed=1,
        encoding="utf-8",
        kind="holdings",
    ),
    World(
        "nomura_zandaka.csv",
        """\
保有残高一覧,,,,,,
作成日時,2026/10/30 18:11,,,,,
部店・口座番号,123-4567890,,,,,
,,,,,,
【外国株式】,,,,,,
銘柄コード,銘柄名,市場,保有数量,取得単価,現在値,評価額（円）
00941,チャイナ・モバイル(中国移動),香港,500,60.50HKD,84.20HKD,"821,000"
AAPL,アップル,NASDAQ,10,140.00USD,268.40USD,"410,000"
合計,,,,,,"1,231,000"
【国内株式】,,,,,,
銘柄コード,銘柄名,市場,保有数量,取得単価,現在値,評価額（円）
7203,トヨタ自動車,東証,100,"2,000","2,900","290,000"
合計,,,,,,"290,000"
""",
        [
            ("チャイナ・モバイル(中国移動)", "", "00941", "JPY", "500", "821000", "123-4567890"),
            ("アップル", "", "AAPL", "JPY", "10", "410000", "123-4567890"),
            ("トヨタ自動車", "", "7203", "JPY", "100", "290000", "123-4567890"),
        ],
        {"preamble": 4, "total": 2, "section title": 1},
        listed=1,
        encoding="cp932",
        kind="holdings",
    ),
    World(
        "rakuten_us_jp.csv",
        """\
■資産合計欄
,評価額,前日比
資産合計,"1,521,000","+1,000"

■ 保有商品詳細 (すべて）
種別,銘柄コード・ティッカー,銘柄,口座,保有数量,［単位］,平均取得価額,［単位］,現在値,［単位］,現在値(更新日),前日比,時価評価額[円],時価評価額[外貨],評価損益[円]
国内株式,7203,トヨタ自動車,特定,100,株,"2,000.00",円,"2,900.0",円,10/30,+10,"290,000",-,"90,000"
中国株式,00728,中国電信（チャイナ・テレコム）,特定,"2,000",株,4.00,HKドル,5.11,HKドル,10/30,0,"196,000","10,220.00","40,000"
米国株式,AAPL,アップル,NISA,10,株,140.00,USドル,268.40,USドル,10/30,1.2,"410,000","2,684.00","196,000"
外貨預り金,,米ドル,,"1,000.00",USドル,,,150,円,10/30,,"150,000",,
""",
        [
            ("トヨタ自動車", "", "7203", "JPY", "100", "290000", ""),
            ("中国電信（チャイナ・テレコム）", "", "00728", "JPY", "2000", "196000", ""),
            ("アップル", "", "AAPL", "JPY", "10", "410000", ""),
        ],
        {"preamble": 1, "total": 1, "section title": 1, "cash": 1},
        listed=1,
        encoding="cp932",
        kind="holdings",
    ),
    World(
        "boci_mixed_codes.xlsx",
        {
            "Positions": [
                ["Client No.", "Code", "Name", "Qty", "Mkt Px", "Mkt Val", "CCY"],
                ["C1001", 941, "CHINA MOBILE", 1000, 84.2, 84200, "HKD"],
                ["C1001", "941 HK", "CHINA MOBILE", 500, 84.2, 42100, "HKD"],
                ["C1001", 5, "HSBC HOLDINGS", 400, 101.1, 40440, "HKD"],
                ["C1002", "0728.HK", "CHINA TELECOM", 2000, 5.11, 10220, "HKD"],
                ["C1002", "00883", "CNOOC", 1000, 19.3, 19300, "HKD"],
                ["C1002", 600941, "CHINA MOBILE A", 100, 110, 11000, "CNY"],
                ["C1002", "AAPL US", "APPLE", 10, 268.4, 2684, "USD"],
            ]
        },
        [
            ("CHINA MOBILE", "", "941", "HKD", "1000", "84200", "C1001"),
            ("CHINA MOBILE", "", "941 HK", "HKD", "500", "42100", "C1001"),
            ("HSBC HOLDINGS", "", "5", "HKD", "400", "40440", "C1001"),
            ("CHINA TELECOM", "", "0728.HK", "HKD", "2000", "10220", "C1002"),
            ("CNOOC", "", "00883", "HKD", "1000", "19300", "C1002"),
            ("CHINA MOBILE A", "", "600941", "CNY", "100", "11000", "C1002"),
            ("APPLE", "", "AAPL US", "USD", "10", "2684", "C1002"),
        ],
        {},
        listed=5,
        encoding="utf-8",
        kind="holdings",
    ),
    World(
        "eastmoney_chicang.xls",
        """\
证券代码	证券名称	持仓数量	可用数量	成本价	最新价	最新市值	持仓盈亏	股东账户	交易市场
="600941"	中国移动	1000	1000	60.12	110.50	110500.00	50380.00	="A123456789"	沪A
="002415"	海康威视	500	500	35.1	31.00	15500.00	-2050.00	="0123456789"	深A
="000001"	平安银行	800	800	11	12.1	9680.00	880.00	="0123456789"	深A
合计						135680.00	49210.00
""",
        [
            ("中国移动", "", "600941", "", "1000", "110500.00", "A123456789"),
            ("海康威视", "", "002415", "", "500", "15500.00", "0123456789"),
            ("平安银行", "", "000001", "", "800", "9680.00", "0123456789"),
        ],
        {"total": 1},
        listed=2,
        encoding="gb18030",
        kind="holdings",
    ),
    World(
        "kiwoom_jango.csv",
        """\
계좌번호,1234-5678,,,,,,
조회일자,2026-10-30,,,,,,
종목번호,종목명,보유수량,매입단가,현재가,평가금액,평가손익,통화
00941,차이나모바일,500,60.5,84.2,42100,11850,HKD
A005930,삼성전자,100,70000,99000,9900000,2900000,KRW
AAPL,애플,10,140,268.4,2684,1284,USD
합계,,,,,,,
""",
        [
            ("차이나모바일", "", "00941", "HKD", "500", "42100", "1234-5678"),
            ("삼성전자", "", "A005930", "KRW", "100", "9900000", "1234-5678"),
            ("애플", "", "AAPL", "USD", "10", "2684", "1234-5678"),
        ],
        {"preamble": 2, "total": 1},
        listed=1,
        encoding="euc-kr",
        kind="holdings",
    ),
]
