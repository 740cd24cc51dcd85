"""Any XML as tables: attributes or inner elements as columns, repeated elements as rows, wrappers as none."""

import pytest

from cmic_screen.errors import InputError
from cmic_screen.ingest import read_holdings
from cmic_screen.ingest.files import open_bytes

FLEX = """<?xml version="1.0"?>
<Response><Statements><Statement accountId="U1" fromDate="20260101" period="Year">
<Summary reportDate="20260512" stock="0.00"/>
<OpenPositions>
<OpenPosition currency="USD" symbol="AAPL" description="APPLE INC" isin="US0378331005" position="40"/>
<OpenPosition currency="HKD" symbol="941" description="CHINA MOBILE LTD" isin="HK0941009539" position="500"/>
</OpenPositions>
</Statement></Statements></Response>
"""
NESTED = """<?xml version="1.0" encoding="UTF-8"?>
<p:Portfolio xmlns:p="urn:example"><p:Holdings>
<p:Holding><p:Security><p:Name>SMIC</p:Name><p:Ids><p:ISIN>KYG8020E1199</p:ISIN></p:Ids></p:Security>
<p:Quantity>500</p:Quantity><p:MarketValue currency="HKD">35000</p:MarketValue></p:Holding>
</p:Holdings></p:Portfolio>
"""


def held(tmp_path, text, *fields):
    (tmp_path / "export.xml").write_text(text, encoding="utf-8")
    table = read_holdings([tmp_path / "export.xml"]).table
    return list(zip(*(table[f] for f in fields), strict=True))


def test_attributes_are_columns_and_rows_keep_their_lines(tmp_path):
    assert held(tmp_path, FLEX, "row", "security_name", "isin", "ticker", "currency") == [
        (5, "APPLE INC", "US0378331005", "AAPL", "USD"),
        (6, "CHINA MOBILE LTD", "HK0941009539", "941", "HKD"),
    ]


def test_inner_elements_are_columns_of_the_one_they_stand_in(tmp_path):
    found = held(tmp_path, NESTED, "security_name", "isin", "quantity", "market_value", "currency")
    assert found == [("SMIC", "KYG8020E1199", "500", "35000", "HKD")]


def test_several_entries_on_one_line_are_numbered():
    (raw,) = open_bytes(FLEX.replace("\n", "").encode(), "flex.xml")
    assert [i.code for i in raw.issues] == ["ROWS_BY_ELEMENT", "ELEMENTS_LEFT_OUT"]
    assert raw.issues[1].examples == ("Statement",)
    assert raw.format == "xml"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<?xml version='1.0'?><rss><channel><item a='1' b='2'/></channel></rss>", r"not read here \(<rss>\)"),
        (FLEX[:-30], "damaged or cut off"),
        (FLEX.replace("?>", "?><!DOCTYPE a [<!ENTITY b 'c'>]>"), "declares a document type"),
    ],
)
def test_what_holds_no_table_or_is_damaged_is_refused(text, said):
    with pytest.raises(InputError, match=said):
        open_bytes(text.encode(), "export.xml")
