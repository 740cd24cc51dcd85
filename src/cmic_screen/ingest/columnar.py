"""Parquet into one grid, where pyarrow is installed (extra `parquet`); nested values become text, nothing is computed
(Apache Parquet format).
"""

from __future__ import annotations

import importlib
import io
import os
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from cmic_screen.errors import InputError
from cmic_screen.ingest import child, limits
from cmic_screen.ingest.grid import Cell, Grid


def read(data: bytes, where: str, *, name: str) -> Grid:
    """The file's table: row 1 is the column names, record n is row n + 1.

    InputError where pyarrow is missing, or the file is damaged or past a limit.
    """
    return Grid(name=name, rows=child.run("parquet", data, where, where=where))


def parse(data: bytes, *, where: str) -> list[list[Cell]]:
    """Header and records as plain values. Runs in the child."""
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")  # others reserve more address space than the child has
    try:
        pyarrow, parquet = importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        raise InputError(
            "this is a Parquet file, and pyarrow, which reads it, is not installed.",
            where=where,
            why="Nothing in it was screened.",
            do="Install the extra with: pip install 'cmic-screen[parquet]'.",
        ) from error
    try:
        file = parquet.ParquetFile(io.BytesIO(data))
        rows, columns = file.metadata.num_rows, file.metadata.num_columns
        if rows > limits.ROWS or rows * columns > limits.CELLS:
            raise limits.too_big(f"it has {rows:,} rows of {columns:,} columns.", where)
        table = file.read(use_threads=False)
        found = [[_plain(value) for value in column.to_pylist()] for column in table.columns]
    except (pyarrow.ArrowException, OSError, ValueError, OverflowError, KeyError) as error:
        raise limits.damaged(str(error).splitlines()[0] if str(error) else type(error).__name__, where) from error
    header: list[Cell] = list(table.column_names)
    return [header, *(list(row) for row in zip(*found, strict=True))]


def _plain(value: Any) -> Cell:
    """A value as a cell: decimals as written, bytes as text, what is nested as its text."""
    if isinstance(value, float) and value != value:  # noqa: PLR0124 - the test for not-a-number
        return None
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, datetime):
        return datetime(*value.timetuple()[:6], value.microsecond, tzinfo=None)  # noqa: DTZ001 - as stored
    if isinstance(value, date | time | timedelta):
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
