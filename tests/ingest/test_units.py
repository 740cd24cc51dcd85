"""Units that a header states: what is multiplied, and what only looks like a unit."""

from __future__ import annotations

import pytest
from gridmaker import codes, rows, understand

from cmic_screen.ingest.units import factor_of, times

STATED = {
    "Shares (000s)": 1_000, "Market Value ($000)": 1_000, "VALUE (X$1000)": 1_000, "Value in thousands": 1_000,
    "£'000": 1_000, "Wert TEUR": 1_000, "Valeur (k€)": 1_000, "评估 (千元)": 1_000, "Cur Face (mil)": 1_000_000,
    "Market Value (USD mil)": 1_000_000, "MV $MM": 1_000_000, "MV (€m)": 1_000_000, "Värde (mkr)": 1_000_000,
    "時価(百万円)": 1_000_000, "市值(万元)": 10_000, "市值(亿)": 100_000_000, "AUM USD bn": 1_000_000_000,
    "Market Value": 1, "Quantity": 1, "Price per 1,000": 1, "万得代码": 1, "Mid Value": 1, "M Value": 1, "Fund 0001": 1,
    "Shares": 1, "% of 1,000": 1, "Market Value (M)": 1,
}  # fmt: skip


@pytest.mark.parametrize(("header", "factor"), STATED.items())
def test_the_unit_of_a_header(header, factor):
    assert factor_of(header) == factor


def test_amounts_are_multiplied_without_rounding():
    assert times(["12.5", "0.0015", "-3", "", None], 1_000) == ["12500", "1.5", "-3000", "", None]
    assert times([], 1_000) == []


def test_a_table_in_thousands_is_read_in_ones_and_says_so():
    intake = understand(
        [
            ["Security", "ISIN", "Shares (000s)", "Market Value ($000)"],
            ["CHINA MOBILE LTD", "HK0941009539", 12.5, 135.25],
            ["APPLE INC", "US0378331005", 0.15, 40],
            ["Cash", None, None, 2],
            ["Total", None, None, 177.25],
        ]
    )
    assert rows(intake, "quantity", "market_value") == [(2, "12500", "135250"), (3, "150", "40000")]
    assert "UNITS_MULTIPLIED" in codes(intake)
    assert "TOTAL_DIFFERS" not in codes(intake)
    assert intake.inputs[0].sheets[0].total_checks == (("Total", "177250", "177250", "USD"),)
    assert [a.value for a in intake.set_aside] == ["2000", "177250"]


def test_pence_are_no_pounds():
    """Case tells `GBp` from `GBP`: added up as pounds, pence were a hundred times too much."""
    stated = ["GBp", "GBX", "gbp", "GBP", "ZAc", "usd", "Euro"]
    intake = understand(
        [
            ["Security", "ISIN", "Quantity", "Market Value", "Currency"],
            *(["VODAFONE GROUP", "GB00BH4HKS39", 10, 9000, money] for money in stated),
        ]
    )
    assert intake.table["currency"].tolist() == ["GBX", "GBX", "GBP", "GBP", "ZAc", "USD", "EUR"]
