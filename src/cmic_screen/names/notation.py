"""The words and patterns by which files note an instrument, each with its meaning: a table, no logic.

Collected from the notations of Bloomberg, DTCC and custodian statements, WM Datenservice (German exchanges) and HKEX.
"""

from __future__ import annotations

import re

from cmic_screen.model import InstrumentKind as Kind

SHARE, RECEIPT, BOND, WARRANT, RIGHT = Kind.SHARE, Kind.RECEIPT, Kind.BOND, Kind.WARRANT, Kind.RIGHT
PREFERRED, CONVERTIBLE, OPTION, FUTURE = Kind.PREFERRED, Kind.CONVERTIBLE, Kind.OPTION, Kind.FUTURE
CBBC, NOTE, SWAP = Kind.CBBC, Kind.STRUCTURED_NOTE, Kind.SWAP

# what it is -> kind it speaks for, and the words (upper case, without punctuation at the ends)
_WORDS: tuple[tuple[str, Kind | None, str], ...] = (
    ("receipt", RECEIPT, "ADR ADRS ADS ADSS GDR GDRS GDS HDR HDRS CDR CDRS BDR BDRS NVDR CEDEAR CEDEARS IDR SDR EDR"),
    ("receipt", RECEIPT, "KDR DRN TDR TDRS CDI CDIS AMERICAN_DEP AMERICAN_DEPOSITORY AMER_DEP AM_DEP"),
    ("receipt", RECEIPT, "DEPOSITORY \u0410\u0414\u0420 \u0413\u0414\u0420"),  # Moscow's ADR and GDR
    ("share", SHARE, "보통주 주식 \u0410\u041a\u0426\u0418\u0418 \u0410\u041e"),  # Seoul's and Moscow's ordinary shares
    ("receipt", RECEIPT, "DEPOSITARY RECEIPT RECEIPTS DEP RCPT DRC AMERICAN_DEPOSITARY"),
    ("sponsorship", RECEIPT, "SPON SPONS SPONSORED SPN SPONADR UNSPON UNSP UNSPONS UNSPONSORED UNSPN SPADR SP.ADR"),
    ("sponsorship", RECEIPT, "FSPONSORED FUNSPONSORED"),  # DTCC: the F says that the issuer is foreign
    ("share", SHARE, "ORD ORDS ORDINARY SHS SHRS SHARE SHARES COMMON COMN STK STOCK STCK O.N ACTIONS AKTIEN AKTIE"),
    ("share", SHARE, "HSHS HSHRS HSHARES HSHARE ASHS ASHRS ASHARES ASHARE BSHS BSHARES BSHARE"),  # `respaced`
    ("share", SHARE, "CMN CAPITAL_STOCK CAP_STK EQ EQTY INHABER ORDF"),
    ("mark", None, "XD XR EX_DIV EX-DIV CUM_DIV RESTRICTED SUSPENDED DELISTED HALTED ESCROW"),
    ("share", SHARE, "NAMENSAKTIEN INHABERAKTIEN INHABER-AKTIEN NAMENS-AKTIEN AZIONI AKTIER ACCIONES AANDELEN"),
    ("share", SHARE, "NAMEN-AKT EQUITY NAMENS-AKT NAMENSAKTIE INHABERAKTIE STAMMAKTIEN STAMMAKTIE STAMM-AKTIEN AKT"),
    ("share", SHARE, "INH-AKT NAM-AKT INH.-AKT NAM.-AKT INHABER-AKT NAMEN-AKTIE NAMENS-AKTIE INHABER-AKTIE ACT.NOM"),
    ("share", SHARE, "ACT.PORT AZ.NOM AZ.ORD ACC.NOM ACC.ORD NAM.AKT INH.AKT NAMENAKT INHABERAKT AKCIE AKCIA"),
    ("share", SHARE, "ACTION_ORDINAIRE ACTIONS_ORDINAIRES ACTION_NOMINATIVE ACTIONS_NOMINATIVES ACTIONS_PORTEUR"),
    ("share", SHARE, "AZIONE_ORDINARIA AZIONI_ORDINARIE ACCION_ORDINARIA ACCIONES_ORDINARIAS ACCIÓN ACCIÓNES"),
    ("share", SHARE, "GEWONE_AANDELEN AANDEEL STAMAKTIER STAMAKTIE AKSJER OSAKKEET OSAKE AKCJE AKCJA AÇÕES ACOES"),
    ("registration", None, "NOMINATIVES ORDINAIRES ORDINARIE NOMINATIVE ORDINARIAS NOMINATIVAS"),
    ("registration", None, "RG"),  # SIX Swiss Exchange: registered share
    ("mark", None, "DTC_ELIGIBLE NOT_DTC_ELIGIBLE NON-DTC_ELIGIBLE NON_DTC_ELIGIBLE"),
    ("registration", None, "AU_PORTEUR AL_PORTATORE BEARER"),
    ("registration", None, "REGD REGISTERED REG.SHS INH NPV VTG VOTING NON-VOTING NONVOTING FULLY PAID NOMINAL NOM"),
    ("market line", SHARE, "STOCK_CONNECT HK-C HKC SSC SZSC NORTHBOUND SEHK SHSE SZSE SSE HKEX HKSE NASDAQ NYSE OTC"),
    ("market line", SHARE, "SH_CONNECT SZ_CONNECT HK_CONNECT SH-C SZ-C HK-C1 SC_SH SC_SZ P_CHIP P_CHIPS SZHK SHHK"),
    ("share", SHARE, "AZ.ORD"),
    ("market line", SHARE, "XHKG XSHG XSHE RED_CHIP RED_CHIPS RMB_COUNTER HKD_COUNTER HK_LINE RMB_LINE HK_LISTED"),
    ("market line", SHARE, "SSE_STAR STAR_MARKET STAR_BOARD CHINEXT"),
    ("lent", None, "ON_LOAN LEND SEC_LENDING SECURITIES_LENDING STOCK_LOAN"),
    ("mark", None, "FOREIGN_STOCK FOREIGN_STOCKS FOREIGN_EQUITY NON_US_EQUITY CAYMAN_ISLANDS"),
    ("preferred", PREFERRED, "PFD PREF PREFS PREFERRED PREFERENCE PRF PFDS VZ VORZUEGE"),
    ("convertible", CONVERTIBLE, "CONV CONVERTIBLE CVT CB CBS EXCHANGEABLE CONVERTIBLES"),
    ("convertible", CONVERTIBLE, "EB EXCH_BOND EXCH_BONDS"),
    ("convertible", CONVERTIBLE, "CONVERTIBLE_NOTE CONVERTIBLE_NOTES CONVERTIBLE_LOAN_NOTE"),
    ("private stake", Kind.PRIVATE, "PRIVATE_PLACEMENT PRIVATELY_HELD UNLISTED UNQUOTED PRE-IPO PRE_IPO"),
    ("private stake", Kind.PRIVATE, "LP_INTEREST LP_INTERESTS LIMITED_PARTNERSHIP_INTEREST"),
    ("bond", BOND, "MTN EMTN GMTN NTS NOTES BOND BONDS BDS PPN PPNS DEBENTURE DEBENTURES DEB PERP PERPETUAL FRN FLT"),
    ("bond", BOND, "FLOATING UNSEC ANLEIHE ANLEIHEN ANL UNTERNEHMENSANLEIHE SCHULDVERSCHREIBUNG SCHULDVERSCHREIBUNGEN"),
    ("bond", BOND, "SCHULDV SCHV INHABERSCHULDVERSCHREIBUNG INHABERSCHULDVERSCHREIBUNGEN TEILSCHULDVERSCHREIBUNG IHS"),
    ("bond", BOND, "OBLIGATION OBLIGATIONS OBLIG OBLIGATIONEN OBLIGATIE OBLIGATIES OBBLIGAZIONE OBBLIGAZIONI OBBL"),
    ("bond", BOND, "BONO BONOS OBLIGACION OBLIGACIONES OBLIGAÇÃO OBLIGAÇÕES OBRIGACAO OBRIGACOES OBLIGASJON"),
    ("bond", BOND, "OBLIGASJONER OBLIGATIONER OBLIGATIONSLAN JOUKKOLAINA OBLIGACJA OBLIGACJE"),
    ("convertible", CONVERTIBLE, "WANDELANLEIHE WANDELSCHULDVERSCHREIBUNG"),
    ("convertible", CONVERTIBLE, "OBLIGATION_CONVERTIBLE OBLIGATIONS_CONVERTIBLES"),
    ("bond", BOND, "UNSECURED SECD SUB SUBORDINATED SR SENIOR GTD GUARANTEED REGS REG_S 144A RULE_144A VAR STEP"),
    ("bond", BOND, "DUE COUPON CPN SCP COMMERCIAL_PAPER SHORT_TERM_COMMERCIAL_PAPER SUPER_SHORT_TERM_COMMERCIAL_PAPER"),
    ("bond", BOND, "T2 AT1 LT2 LOAN TLA TLB RCF FLOAT 144A/REGS"),
    ("bond", BOND, "SHORT-TERM_COMMERCIAL_PAPER SUPER_SHORT-TERM_COMMERCIAL_PAPER"),
    ("bond", BOND, "SR_NT SR_NTS CORP_BD CORP_BDS CONV_BDS PANDA_BOND DIM_SUM_BOND TERM_LOAN TERM_LOAN_B"),
    ("bond", BOND, "SNR SNR_NOTES GREEN_BOND GREEN_BONDS GREEN_NOTE GREEN_NOTES SUSTAINABILITY_BOND SUKUK"),
    ("bond", BOND, "MEDIUM_TERM_NOTE MEDIUM_TERM_NOTES MEDIUM-TERM_NOTE MEDIUM-TERM_NOTES CORPORATE_BOND"),
    ("warrant", WARRANT, "TURBO TURBOS MINI_FUTURE MINI-FUTURE KNOCK-OUT KNOCK_OUT"),
    ("warrant", WARRANT, "TURBO_LONG TURBO_SHORT OPEN_END_TURBO OPEN-END_TURBO UNLIMITED_TURBO TURBO_UNLIMITED LEPW"),
    ("warrant", WARRANT, "OPEN_END_TURBO_LONG OPEN_END_TURBO_SHORT MINI_LONG MINI_SHORT FACTOR_LONG FACTOR_SHORT"),
    ("warrant", WARRANT, "CW WT WTS WRT WNT WTS/ WARRANT WARRANTS CWT COVERED_WARRANT CALL_WARRANT PUT_WARRANT"),
    ("right", RIGHT, "RTS RIGHTS RT ENTITLEMENT ENTITLEMENTS NIL_PAID SUBSCRIPTION_RIGHTS RIGHTS_ISSUE"),
    ("option", OPTION, "VANILLA_CALL VANILLA_PUT EUROPEAN_CALL EUROPEAN_PUT OTC_CALL OTC_PUT"),
    ("warrant", WARRANT, "MINI_FUTURE_LONG MINI_FUTURE_SHORT TURBO_CALL TURBO_PUT KNOCK-OUT_CALL KNOCK-OUT_PUT"),
    ("warrant", WARRANT, "KNOCK_OUT_CALL KNOCK_OUT_PUT FACTOR_CERTIFICATE FACTOR_CERTIFICATE_LONG"),
    ("warrant", WARRANT, "FACTOR_CERTIFICATE_SHORT"),
    ("warrant", WARRANT, "OPTIONSSCHEIN OPTIONSSCHEINE CALL_OPTIONSSCHEIN PUT_OPTIONSSCHEIN CALL-OPTIONSSCHEIN"),
    ("warrant", WARRANT, "PUT-OPTIONSSCHEIN BON_DE_SOUSCRIPTION BONS_DE_SOUSCRIPTION FAKTORZERTIFIKAT"),
    ("warrant", WARRANT, "FAKTOR-ZERTIFIKAT HEBELZERTIFIKAT KNOCK-OUT-ZERTIFIKAT"),
    ("right", RIGHT, "BEZUGSRECHT BEZUGSRECHTE DROITS DIRITTI DERECHOS TECKNINGSRATT TECKNINGSRATTER TECKNINGSRÄTTER"),
    ("option", OPTION, "OPZIONE OPCION OPCIÓN OPTIE"),
    ("preferred", PREFERRED, "VORZUGSAKTIE VORZUGSAKTIEN GENUSSSCHEIN GENUSSSCHEINE"),
    ("warrant", WARRANT, "LOW_EXERCISE_PRICE_WARRANT ZERO_STRIKE_CALL ZERO_STRIKE_WARRANT KO_CALL KO_PUT"),
    ("option", OPTION, "CALL PUT CALLS PUTS OPT OPTION OPTIONS LEAPS LEPO FLEX"),
    ("future", FUTURE, "SINGLE_STOCK_FUTURE SINGLE_STOCK_FUTURES"),
    ("future", FUTURE, "FUT FUTURE FUTURES SSF STOCK_FUTURE STOCK_FUTURES FWD FORWARD"),
    ("bull or bear contract", CBBC, "CBBC CBBCS BULL BEAR CALLABLE_BULL/BEAR BULL_CERT BEAR_CERT"),
    ("bull or bear contract", CBBC, "BULL/BEAR BULL/BEAR_CONTRACT BULL/BEAR_CONTRACTS CALLABLE_BULL/BEAR_CONTRACT"),
    ("bull or bear contract", CBBC, "BULL_CERTIFICATE BEAR_CERTIFICATE BULL_CONTRACT BEAR_CONTRACT"),
    ("note linked to a share", NOTE, "P-NOTE P-NOTES PNOTE PNOTES P_NOTE P_NOTES ELN ELNS"),
    ("note linked to a share", NOTE, "PARTICIPATORY_NOTE PARTICIPATION_NOTE CERTIFICATE"),
    ("note linked to a share", NOTE, "PART_NT PART_NTS PART_NOTE PART_NOTES PART_CERT PARTICIPATION_CERT LINKED_TO"),
    ("note linked to a share", NOTE, "EQUITY_LINKED_NOTE STRUCTURED_NOTE REVERSE_CONVERTIBLE AUTOCALL AUTOCALLABLE"),
    ("note linked to a share", NOTE, "PN PNS AUTOCALL_NOTE AUTOCALLABLE_NOTE AUTOCALLABLE_NOTES EQUITY-LINKED_NOTE"),
    ("note linked to a share", NOTE, "EQUITY_LINKED EQUITY-LINKED CLN CLNS CREDIT_LINKED_NOTE TRACKER"),
    ("note linked to a share", NOTE, "CREDIT-LINKED_NOTE"),
    ("note linked to a share", NOTE, "DISCOUNT_CERT FACTOR_CERT PARTICIPATION_CERTIFICATE CERTIFICATES DELTA_ONE"),
    ("option", OPTION, "COVERED_CALL CALL_SPREAD PUT_SPREAD STRADDLE STRANGLE"),
    ("warrant", WARRANT, "KNOCKOUT"),
    ("note linked to a share", NOTE, "LINKED_NOTE ACCUMULATOR ACCUMULATORS DECUMULATOR"),
    ("note linked to a share", NOTE, "EQUITY_LINKED_NOTES STRUCTURED_NOTES PARTICIPATION_NOTES PARTICIPATORY_NOTES"),
    ("note linked to a share", NOTE, "ACCESS_NOTE ACCESS_NOTES NOTE_LINKED_TO MARKET_ACCESS_NOTE"),
    ("note linked to a share", NOTE, "FIXED_COUPON_NOTE REV_CONV BARRIER_REV_CONV BARRIER_REVERSE_CONVERTIBLE"),
    ("note linked to a share", NOTE, "ACCESS_PRODUCT A_SHARE_ACCESS_PRODUCT DISC_CERT BONUS_CERT"),
    ("note linked to a share", NOTE, "ZERTIFIKAT DISCOUNTZERTIFIKAT DISCOUNT-ZERTIFIKAT BONUSZERTIFIKAT"),
    ("note linked to a share", NOTE, "AKTIENANLEIHE CERTIFICAT CERTIFICATO CERTIFICADO TRACKER_CERT INDEXZERTIFIKAT"),
    ("structured note", NOTE, "FCN FCNS BRC MBRC PERLES CERT CERTS"),
    ("note linked to a share", NOTE, "TRACKER_CERTIFICATE BONUS_CERTIFICATE DISCOUNT_CERTIFICATE"),
    ("swap or contract for difference", SWAP, "RETURN_SWAP SWAP TRS CFD CFDS EQUITY_SWAP TOTAL_RETURN_SWAP"),
    ("swap or contract for difference", SWAP, "PERF_SWAP PERFORMANCE_SWAP BASKET_SWAP CDS CREDIT_DEFAULT_SWAP"),
)  # fmt: skip
WORDS: dict[str, tuple[str, Kind | None]] = {
    word.replace("_", " "): (what, kind) for what, kind, words in _WORDS for word in words.split()
}
MOST_WORDS = max(w.count(" ") + 1 for w in WORDS)

# What becomes of a line, or how it is held, at the end of a name (`SMIC WHEN ISSUED`, `HIKVISION TEMP LINE`), as
# custodians and prime brokers print it. What is another thing than the security (a deposit, a loan, a dividend) only
# asks: those words are in `resolve/apart.py`.
_STATES = """
    SHORT LONG NEW OLD TEMP TEMPORARY TEMP_LINE TEMPORARY_LINE INTERIM_LINE SHORT_POSITION LONG_POSITION WHEN_ISSUED
    WHEN-ISSUED W/I PARTLY_PAID PARTLY-PAID PART_PAID NON_VOTING ASSENTED UNASSENTED NON_ASSENTED NON-ASSENTED
    TREASURY_SHARES TREASURY_STOCK FRACTIONAL FRACTIONAL_SHARE FRACTIONAL_SHARES FRACTION FRACTIONS BONUS_SHARES
    BONUS_SHARE BONUS_ISSUE ODD_LOT ODD_LOTS GREY_MARKET GRAY_MARKET BLOCK_TRADE WRITE-OFF WRITE_OFF WRITTEN_OFF
    IN_LIQUIDATION PLACING IPO_PLACEMENT LONDON_LINE QFII RQFII VIA_QFII LISTED LISTING SECONDARY_LISTING
    DUAL_LISTING PRIMARY_LISTING FOREIGN FOREIGN_REGISTERED FGN FGN_REG LOCAL LOCAL_SHARES STAKE POSITION UNIT UNITS
    FOUNDER_SHARES LOCK-UP LOCK_UP LOCKUP CUM_RIGHTS EXDIV RSTD DEFAULTED IN_DEFAULT WRITTEN_DOWN OTC_GREY
    PINK_SHEETS GREY_MKT VIA_STOCK_CONNECT SYNTHETIC
"""
STATES = frozenset(word.replace("_", " ") for word in _STATES.split())
# Notations that may also open a name (`P-NOTE HANGZHOU HIKVISION`); other words do not part from the front, but where
# ON or OF stands behind them (`OPTION ON CNOOC LTD`, `COMMON STOCK OF SMIC`).
OPENING = frozenset({"warrant", "note linked to a share", "swap or contract for difference", "receipt"}) | {
    "LEPO", "CBBC", "CBBCS",
}  # fmt: skip
OPENING_PHRASES = {
    **{f"{x} {y}": ("receipt", RECEIPT) for x in ("SPONSORED", "SPON", "UNSPONSORED") for y in ("ADR", "ADS", "GDR")},
    **{f"{x} {y}": ("share class", SHARE) for x in "ABH" for y in ("SHARES", "SHARE", "SHS")},
    **dict.fromkeys(("COMMON STOCK", "CAPITAL STOCK", "ORDINARY SHARES", "ORD SHARES"), ("share", SHARE)),
    **dict.fromkeys(("AKTIE", "AKTIEN", "NAMENSAKTIEN", "INHABERAKTIEN", "AKTIER"), ("share", SHARE)),
    **dict.fromkeys(("AZIONI", "ACCIONES", "AANDELEN"), ("share", SHARE)),
    **dict.fromkeys(("AZIONI ORDINARIE", "ACCIONES ORDINARIAS", "ACTIONS ORDINAIRES"), ("share", SHARE)),
    **dict.fromkeys(("SHORT", "SHORT POSITION", "LONG POSITION"), ("position", None)),
}
LINKING = frozenset({"ON", "OF", "FOR", "IN", "OVER", "AUF", "SUR", "SU", "SUL", "SOBRE", "OP", "DE", "DI"})
"""ON and OF in the languages whose words for instruments stand above (`Turbo auf SMIC`, `Warrant su CNOOC`)."""
# Notations that open a name only where it ends in a date or number (`BULL X 2027`, `CALL X 80 DEC26`): companies begin
# so too.
OPENING_DATED = frozenset({"option", "future", "bull or bear contract", "structured note"}) | {
    "BOND", "BONDS", "NOTES", "MTN", "EMTN", "OBLIGATION", "OBLIGATIONS", "ANLEIHE", "OBBLIGAZIONE", "OBBLIGAZIONI",
    "BONO", "BONOS", "OBLIGATIE",
}  # fmt: skip
# Who writes warrants, notes, options and swaps on others' shares, as terminals and exchanges abbreviate them, and where
# futures on single shares trade; read so only beside a derivative's notation.
_WRITERS = """
    UBS CS GS JPM JP MS ML BOFA BAML CITI CITIGROUP CLSA CICC CITIC HAITONG HSBC BNP BNPP SG SOCGEN DB BARC BARCLAYS JB
    MACQUARIE MACQ NOMURA DAIWA VONTOBEL VON VONT LEONTEQ LTQ RAIFFEISEN ZKB BCV EFG CREDIT_SUISSE GOLDMAN_SACHS
    GOLDMAN JPMORGAN JP_MORGAN J.P_MORGAN MORGAN_STANLEY MERRILL_LYNCH MERRILL DEUTSCHE_BANK SOCIETE_GENERALE
    BNP_PARIBAS GUOTAI_JUNAN JULIUS_BAER BOCI HS HT BI BP UB CT MB UNICREDIT SOC_GEN ABN_AMRO RBS MAYBANK KIM_ENG CIMB
    INSTINET BANK_VONTOBEL CREDIT_AGRICOLE NATIXIS STANDARD_CHARTERED STANCHART SCB DBS OCBC UOB BBVA SANTANDER NATWEST
    COMMERZBANK HVB LBBW SGX HKFE EUREX TAIFEX TFEX KRX CFFEX
"""
WRITERS = frozenset(_WRITERS.split())
WRITER_WORDS = frozenset(word for writer in WRITERS for word in writer.split("_")) - {"BANK"} | {"LONDON"}
_PARTS_OF_WRITERS = """
    AG LONDON PLC LTD SA BV NV BANK BRANCH INTL INTERNATIONAL ISSUANCE EFFEKTEN LUX ZURICH ISSUER FINANCE CORP
    SECURITIES CENTROBANK FIN FINANCIAL TRADING GM GBL MKTS
    STRUCTURED PRODUCTS GLOBAL MARKETS HOLDINGS NASSAU JERSEY GUERNSEY LLC
"""
WRITERS_ALSO = frozenset(_PARTS_OF_WRITERS.split())
"""Words of their branches and of the companies that issue for them (GOLDMAN SACHS FINANCE CORP INTL, SG ISSUER)."""
# Words that are a share's only after its class (`CL H`, `SERIES C`) or at the end before a share word.
CLASS_WORDS = frozenset(
    {
        "CL", "CLS", "CLASS", "KL", "CLASSE", "CLASE", "TYPE", "TIPO", "SER", "SERIES", "SERIE", "TRANCHE",
        "CATEGORY", "CATEGORIE", "CATEGORIA", "KATEGORIE",
    }
)  # fmt: skip
# Words that are notation only beside other notation: alone they are an issuer's (COM, REG, CAP, SP, NA, ON, PAR).
# Currencies of a par value or strike.
CURRENCIES = frozenset({"HKD", "USD", "CNY", "CNH", "RMB", "EUR", "GBP", "CHF", "JPY", "SGD", "MOP", "TWD"})
# Where a line is traded, as terminals print it behind the name (C1, C2: Stock Connect).
MARKET_CODES = frozenset({"CAYMAN", "HK", "CH", "CN", "US", "GR", "LN", "C1", "C2", "SH", "SZ", "SS"})
MAINLAND = frozenset({"SH", "SZ", "SS"})
# Currencies as German exchanges print them (WM Datenservice): yuan, Hong Kong and U.S. dollar, euro, pound, franc, yen.
PAR_WORDS = frozenset({"PAR", "VALUE", "NOM", "NOMINAL"})
VALUES = PAR_WORDS | {"STRIKE"}
WM_CURRENCIES = frozenset({"YC", "HD", "DL", "EO", "LS", "SF", "YN"})
_MONTHS = "JAN FEB APR JUN JUL AUG SEP SEPT OCT NOV DEC"  # MAR and MAY are also words of issuers
_ONLY_BESIDE = """
    COM REG CAP SP NA ON PAR VALUE VAL NO EACH REP REPR REPSTG REPRESENTING REPS REPG LEVEL A B H N S W R U SW UW
    WD WR EQUITY PUBLIC PRIVATE LISTED F SH SZ SS HKG MED ZERO JR JUNIOR TERM ACTION AZIONE ACCION NEW OLD EX XD
    SWB SC LN HK CN US CH GR GDR MAT RC RED CHIP REDCHIP ISIN NAMENS NAMEN INHABER NAM INH EXP ACC ACT AZ AAND LONG
    SHORT TEMP TEMPORARY NT ABS EB CV AT1 LT2 LOAN DEBT CALLABLE SINKABLE PCT PERCENT STAMM VINK AU PORTEUR NOTE
"""
ONLY_BESIDE = frozenset([*_ONLY_BESIDE.split(), *CURRENCIES, *WM_CURRENCIES, *_MONTHS.split()])

_CURRENCY = r"(?:HKD|HK\$|HKG|USD|US\$|CNY|CNH|RMB|EUR|GBP|CHF|JPY|SGD|MOP|TWD|YC|HD|DL|EO|LS|SF|SD|YN|PC)"
_NUMBER = r"[-.,$]*\d+(?:[.,]\d+)*"
_MONTH = r"(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|SEPT|OCT|NOV|DEC)"
PATTERNS: tuple[tuple[re.Pattern[str], str, Kind | None], ...] = tuple(
    (re.compile(pattern), what, kind)
    for pattern, what, kind in (
        (rf"{_CURRENCY}{_NUMBER}", "par value", SHARE),
        (r"\d+(?:[.,]\d+)?\s?%(?:\d{2,4})?", "coupon", BOND),
        (r"\d{1,2}[/-]\d{1,2}[/-](?:\d{2}|\d{4})|\d{1,2}\.\d{1,2}\.(?:\d{2}|\d{4})", "date", None),
        (r"(?:19|20)?\d{2}[/-](?:20)?\d{2}", "term", BOND),
        (r"(?:19|20)\d{2}-\d{2}\.\d{2}\.\d{2}", "term", BOND),  # Swiss banks: year of issue and day of maturity
        (r"V\.(?:19|20)?\d{2}(?:/\d{2,4})?", "term", BOND),  # German exchanges: issued in that year
        (rf"\d{{0,2}}{_MONTH}(?:[-' ]?\d{{2,4}})", "expiry", None),
        (rf"\d{{1,2}}[- ]{_MONTH}[- ]\d{{2,4}}|{_MONTH} \d{{1,2}} \d{{2,4}}", "date", None),
        (r"20\d{2}([-/.]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])", "date", None),  # ISO 8601, and as Asia writes it
        (r"(?:CW|WTS?|WT)\d{2,4}", "warrant", WARRANT),
        (r"\d{6}[CP]\d{2,8}", "expiry and strike", OPTION),  # as options are numbered: day, call or put, strike
        (r"\d{1,2}YR?|\d{1,2}X", "term or leverage", None),
        (rf"{_CURRENCY}?\d+(?:[.,]\d+)?(?:MM|MN?|BN)", "amount", BOND),
        (r"(?:PERP|\d{1,2}Y?)?NC\d{1,2}(?:\.\d)?Y?", "call date", BOND),  # PERP NC5, 10NC5
        (r"(?:\d{2})?(?:MTN|SCP|CP|PPN|GN)\d{3}[A-Z]?", "bond", BOND),  # China's interbank market: year, kind, number
        (r"[EI][CP]\d{4}[A-Z]?", "warrant", WARRANT),  # HKEX, where a file has lost the @
        (r"R[CP]\d{4}[A-Z]?", "bull or bear contract", CBBC),
        (r"(?:SP\.?)?(?:ADR|ADS|GDR)S?/?\d+", "receipt", RECEIPT),
        (r"[@#](?:[EIR]?[CP])?\d{4}[A-Z0-9]?", "expiry", None),  # HKEX: year, month, series of a warrant or CBBC
        (rf"@{_CURRENCY}?{_NUMBER}", "price", None),
        (r"(?:ISIN|SEDOL|CUSIP)[#:]?[A-Z0-9]{6,12}", "identifier", None),  # Pershing: ISIN#US16941M1099
        (r"[A-Z]{2}[A-Z0-9]{9}\d", "identifier", None),
        (r"\d+\s?/\s?\d+%?", "fraction", None),
        (r"\d{1,3}TO\d{1,3}", "ratio", None),  # SGX: receipts to shares
        (r"[BN]\d{4}[A-Z]?(?:-R)?", "maturity", BOND),  # HKEX: B2605 bond, N2702 note, year and month; -R in yuan
    )
)
CURRENCY = re.compile(_CURRENCY)
CODE = re.compile(  # a line's code on its market, as terminals and exchanges print it
    r"\d{3,5}[ .]HK|\d{6}[ .](?:CH|SH|SZ|SS|C1|C2)|(?:SEHK|HKEX|HKSE|HKG|XHKG)[ :.]?\d{3,5}"
    r"|(?:SSE|SHSE|SHA|XSHG|SZSE|SHE|XSHE)[ :.]?\d{6}"
    r"|(?:SH|SZ)\d{6}|HK\d{5}|[A-Z]{2}[A-Z0-9]{9}\d|(?:ISIN|CUSIP|SEDOL|WKN|VALOR)[ :#](?=\S*\d)[A-Z0-9]{6,12}"
)
NUMBER = re.compile(_NUMBER)
RATIO = re.compile(rf"\d{{1,4}}(?::\d{{1,4}})?(?:/{_CURRENCY}{_NUMBER})?")  # shares a receipt, with their par value
TERMS = re.compile(  # WM Datenservice: currency, kind and years of a bond, which end the name
    r"\s(?:DL|EO|YC|LS|SF|HD|YN|SD|CD)-(?:[A-Z]+[.-]*\s?){0,2}"
    r"(?:NTS|NOTES?|BONDS?|BDS|MTN|OBL|ANL|SCHV|SHVRSCHR)\b",
    re.IGNORECASE,
)
OPTION_ON = re.compile(r"(CALLS?|PUTS?)\s*\([A-Z0-9.]{1,6}\)\s+(?=\S)", re.IGNORECASE)
"""An option and its underlying's symbol in front of the underlying's name (`CALL (CEO) CNOOC LTD DEC 18 26 $80`)."""
RATE = re.compile(r"\d{1,2}[.,]\d{1,4}")
MATURES = re.compile(r"(?:20)?\d{2}")
YEAR = re.compile(r"(?:19|20)\d{2}")
CLASS_MARK = re.compile(r"[A-Z0-9]{1,2}|[A-Z][-+]?\d?|SEED")
MONTH_CODE = re.compile(r"[FGHJKMNQUVXZ]\d{1,2}")
STRIKE = re.compile(r"[CP]\d+(?:\.\d+)?")
