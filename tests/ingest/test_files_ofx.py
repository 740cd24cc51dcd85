"""Investment statements in OFX: positions and transactions with the names their list of securities gives them."""

import pytest

from cmic_screen.errors import InputError
from cmic_screen.ingest.files import open_bytes

SGML = """OFXHEADER:100
DATA:OFXSGML
VERSION:102

<OFX><INVSTMTMSGSRSV1><INVSTMTTRNRS><INVSTMTRS>
<DTASOF>20260930160000.000[-5:EST]
<CURDEF>USD
<INVACCTFROM><BROKERID>broker.example<ACCTID>Z-77001</INVACCTFROM>
<INVTRANLIST><DTSTART>20260901<DTEND>20260930
<SELLSTOCK><INVSELL><INVTRAN><FITID>9<DTTRADE>20260914120000</INVTRAN>
<SECID><UNIQUEID>16941M109<UNIQUEIDTYPE>CUSIP</SECID>
<UNITS>-40<UNITPRICE>45.5<TOTAL>1820</INVSELL><SELLTYPE>SELL</SELLSTOCK>
<INVBANKTRAN><STMTTRN><TRNTYPE>CREDIT<TRNAMT>5.00<NAME>INTEREST</STMTTRN></INVBANKTRAN>
</INVTRANLIST>
<INVPOSLIST>
<POSSTOCK><INVPOS><SECID><UNIQUEID>16941M109<UNIQUEIDTYPE>CUSIP</SECID>
<HELDINACCT>CASH<POSTYPE>LONG<UNITS>60<UNITPRICE>45.5<MKTVAL>2730.00<DTPRICEASOF>20260930</INVPOS></POSSTOCK>
<POSMF><INVPOS><SECID><UNIQUEID>PLAN-7<UNIQUEIDTYPE>HOUSE</SECID><POSTYPE>LONG<UNITS>3<MKTVAL>33</INVPOS></POSMF>
</INVPOSLIST></INVSTMTRS></INVSTMTTRNRS></INVSTMTMSGSRSV1>
<SECLISTMSGSRSV1><SECLIST>
<STOCKINFO><SECINFO><SECID><UNIQUEID>16941M109<UNIQUEIDTYPE>CUSIP</SECID>
<SECNAME>CHINA MOBILE LTD SPON ADR<TICKER>CHL</SECINFO></STOCKINFO>
<MFINFO><SECINFO><SECID><UNIQUEID>PLAN-7<UNIQUEIDTYPE>HOUSE</SECID><SECNAME>Stable Value &amp; Income</SECINFO></MFINFO>
</SECLIST></SECLISTMSGSRSV1></OFX>
"""


def rows(raw, name):
    grid = next(g for g in raw.grids if g.name == name)
    return [{f: r[c - 1] for c, f in grid.mapped.items() if r[c - 1]} for r in grid.rows[1:]]


def test_positions_are_joined_with_the_list_of_securities():
    (raw,) = open_bytes(SGML.encode(), "download.qfx")
    share, fund = rows(raw, "positions")
    assert (raw.format, raw.as_of) == ("ofx", "2026-09-30")
    assert share == {
        "account_id": "Z-77001", "security_name": "CHINA MOBILE LTD SPON ADR", "ticker": "CHL", "cusip": "16941M109",
        "security_type": "Stock", "quantity": "60", "price": "45.5", "market_value": "2730.00", "currency": "USD",
    }  # fmt: skip
    assert (fund["other_id"], fund["security_name"]) == ("PLAN-7", "Stable Value & Income")
    assert (
        raw.grids[0].row_numbers[1] == SGML.split("\n").index(next(t for t in SGML.split("\n") if "POSSTOCK" in t)) + 1
    )


def test_transactions_state_their_action_and_day():
    (raw,) = open_bytes(SGML.encode(), "download.ofx")
    (sale,) = rows(raw, "transactions")
    assert (sale["transaction_type"], sale["trade_date"], sale["quantity"]) == ("Sell", "2026-09-14", "-40")
    assert sale["security_name"] == "CHINA MOBILE LTD SPON ADR"


def test_version_2_is_the_same_in_xml_and_on_one_line():
    head, body = SGML.split("\n\n", 1)
    assert head.startswith("OFXHEADER:")
    xml = '<?xml version="1.0"?><?OFX OFXHEADER="200" VERSION="203"?>' + body.replace("\n", "")
    (raw,) = open_bytes(xml.encode(), "download.ofx")
    assert [r["quantity"] for r in rows(raw, "positions")] == ["60", "3"]
    assert [i.code for i in raw.issues] == ["ROWS_BY_ELEMENT"]


def test_a_statement_without_positions_or_cut_off_is_refused():
    with pytest.raises(InputError, match="no investment positions"):
        open_bytes(b"OFXHEADER:100\n\n<OFX><BANKMSGSRSV1></BANKMSGSRSV1></OFX>", "bank.ofx")
    with pytest.raises(InputError, match="cut off"):
        open_bytes(SGML[:-40].encode(), "download.ofx")
