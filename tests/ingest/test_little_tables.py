"""Tables of a few rows, in which one odd row or a missing cell weighs as much as all the others."""

from __future__ import annotations

import pytest

from cmic_screen.ingest import read_holdings


@pytest.mark.parametrize(
    ("text", "column", "values"),
    [
        (
            "Instrument;Ticker;Valeur;Account\nChina Mobile;;;M\nCNOOC;0883.HK;382658.72;M\n",
            "market_value",
            ["", "382658.72"],
        ),
        ("Valeur;Security;ISIN\nSubtotal;;\n111.152,68;Tesla;US88160R1014\n", "market_value", ["111152.68"]),
        ("Valeur;Security;ISIN\nSubtotal;;\n111.152,68;Tesla;US88160R1014\n", "security_name", ["Tesla"]),
        ("Security;Symbol;Price\nTesla;TSLA US;98.81\nSAP;SAP GR;189.63\n", "security_name", ["Tesla", "SAP"]),
        ("Type;Security;Ticker;Value\nStock;Tesla;TSLA US;5.00\nStock;;NESN SW;\n", "ticker", ["TSLA US", "NESN SW"]),
    ],
)
def test_what_stands_in_a_little_table(text, column, values, tmp_path):
    path = tmp_path / "book.csv"
    path.write_text(text, "utf-8")
    assert read_holdings([path]).table[column].tolist() == values
