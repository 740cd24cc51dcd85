"""Amounts in every style people write them, told column by column."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmic_screen.ingest import numbers

AMOUNTS = [
    ("1,234.56", ".", "1234.56"),
    ("1.234,56", ",", "1234.56"),
    ("1'234.56", ".", "1234.56"),
    ("1’234.56", ".", "1234.56"),
    ("1 234,56", ",", "1234.56"),
    ("1\u00a0234,56", ",", "1234.56"),
    ("1\u202f234,56", ",", "1234.56"),
    ("(1,234.56)", ".", "-1234.56"),
    ("1,234.56-", ".", "-1234.56"),
    ("-1,234.56", ".", "-1234.56"),
    ("−5", ".", "-5"),
    ("$1,234.56", ".", "1234.56"),
    ("-$694.48", ".", "-694.48"),
    ("($5.00)", ".", "-5.00"),
    ("$(5.00)", ".", "-5.00"),
    ("€ 1.000,00-", ",", "-1000.00"),
    ("1.234,56 EUR", ",", "1234.56"),
    ("HK$1,000", ".", "1000"),
    ("12.5%", ".", "12.5"),
    ("12,5 %", ",", "12.5"),
    ("500.00 CR", ".", "500.00"),
    ("500.00 DR", ".", "-500.00"),
    ("▲1,234", ".", "-1234"),
    ("△5", ".", "-5"),
    ("1.5E+3", ".", "1500"),
    ("１，２３４", ".", "1234"),
    ("", ".", ""),
    ("-", ".", ""),
    ("n/a", ".", ""),
    ("12 股", ".", "12"),
    ("twelve", ".", None),
    ("Sell 3 @ 139.74 USD", ".", None),
    ("1.2.3", ",", "123"),
]
STYLES = [
    (["1,234.56", "10"], ".", True),
    (["1.234,56", "10"], ",", True),
    (["12,5", "3"], ",", True),
    (["12.5", "3"], ".", True),
    (["1,234,567"], ".", True),
    (["1.234.567"], ",", True),
    (["6 050,00"], ",", True),
    (["0,155"], ",", True),
    (["100", "200"], ".", True),
]


@pytest.mark.parametrize(("text", "decimal", "plain"), AMOUNTS)
def test_an_amount_becomes_a_plain_decimal_or_nothing(text, decimal, plain):
    assert numbers.normalise([text], decimal) == [plain]


@pytest.mark.parametrize(("texts", "decimal", "sure"), STYLES)
def test_a_column_says_its_own_style(texts, decimal, sure):
    style = numbers.style_of(texts)
    assert (style.decimal, style.sure) == (decimal, sure)


@pytest.mark.parametrize("habit", [".", ","])
def test_only_thousands_or_three_decimals_leaves_it_to_the_files_habit_and_says_so(habit):
    style = numbers.style_of(["1,234", "5,678"], fallback=habit)
    assert (style.decimal, style.sure) == (habit, False)


def test_two_ways_in_one_column_are_said_to_be_mixed():
    assert numbers.style_of(["1,234.56", "1,234.57", "1.234,56"]).mixed


@given(st.lists(st.decimals(-(10**9), 10**9, allow_nan=False, places=2), min_size=1, max_size=30))
def test_writing_and_reading_agree_in_both_styles(values):
    point = [f"{v:,.2f}" for v in values]
    comma = [p.translate(str.maketrans(",.", ".,")) for p in point]
    plain = [f"{v:.2f}" for v in values]
    assert numbers.normalise(point, ".") == plain == numbers.normalise(comma, ",")


@given(st.floats(-1e15, 1e15, allow_nan=False))
def test_a_number_cell_keeps_its_value(value):
    assert float(numbers.from_float(value)) == value


@given(st.from_regex(r"-?[0-9]{1,9}(\.[0-9]{1,6})?", fullmatch=True), st.sampled_from([numbers.POINT, numbers.COMMA]))
def test_a_heading_among_amounts_changes_none_of_them(text, decimal):
    assert numbers.normalise([text, "Market Value"], decimal) == [numbers.amount(text, decimal), None]
