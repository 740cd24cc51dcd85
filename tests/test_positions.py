"""The schema of the position table: whatever is not of it is refused before anything is screened."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cmic_screen import positions

HELD = {"file": "a.csv", "sheet": "a.csv", "row": 2, "security_name": "NESTLE SA", "market_value": "10"}


def test_a_frame_has_every_column_in_order_and_nothing_stated_is_empty_text():
    table = positions.frame([HELD, {"row": 3}])
    positions.check(table)
    assert list(table.columns) == list(positions.COLUMNS)
    first, second = table.to_dict("records")
    assert first == dict.fromkeys(positions.COLUMNS, "") | HELD
    assert second == dict.fromkeys(positions.COLUMNS, "") | {"row": 3}


def test_the_columns_that_say_nothing_are_each_their_own():
    table = positions.frame([HELD])
    table.loc[0, "isin"] = "CH0038863350"
    assert table.loc[0, ["cusip", "sedol", "notes"]].tolist() == ["", "", ""]


def test_no_rows_are_a_table_too_and_unknown_columns_none():
    positions.check(positions.frame([]))
    with pytest.raises(ValueError, match=r"not columns of a position table: \['shares'\]"):
        positions.frame([{"shares": "1"}])


@pytest.mark.parametrize("column", ["isin", "cells", "file"])
def test_a_missing_value_is_refused_wherever_it_stands(column):
    table = positions.frame([HELD, HELD, HELD])
    table.loc[2, column] = np.nan
    with pytest.raises(ValueError, match=f"column {column} has a missing value"):
        positions.check(table)


def test_another_type_or_another_set_of_columns_is_refused():
    table = positions.frame([HELD])
    with pytest.raises(ValueError, match="column market_value is float64, not"):
        positions.check(table.assign(market_value=1.5))
    with pytest.raises(ValueError, match=r"column row is .*, not int64"):
        positions.check(table.assign(row=pd.Series(["2"], dtype=positions.TEXT)))
    with pytest.raises(ValueError, match=r"columns differ from the schema: \['isin'\]"):
        positions.check(table.drop(columns="isin"))
    with pytest.raises(ValueError, match="columns differ"):
        positions.check(table[table.columns[::-1]])
