"""Tables side by side are all read, whatever word stands over the names of the second (or of both)."""

from __future__ import annotations

from itertools import chain

import pytest

from cmic_screen.ingest import read_holdings

LEFT = ("Apple Inc", "Microsoft Corp", "Nestle SA", "Toyota Motor Corp", "Siemens AG")
RIGHT = ("China Mobile Ltd", "Tesla Inc", "Hikvision Digital Technology", "Roche Holding AG", "Visa Inc")


def _side_by_side(heads, gap, rows=5, top=()):
    """Two tables as text: `heads` over each, `gap` empty columns between, the second of so many `rows`."""
    lines = [[*top[:1], *[""] * (len(heads[0]) + gap - 1), *top[1:]]] if top else []
    lines += [[*heads[0], *[""] * gap, *heads[1]]] if heads[0][0] else []
    width = [len(h) for h in heads]
    for i in range(5):
        left = [LEFT[i], *(str(10 * i + j + 1) for j in range(width[0] - 1))]
        right = [RIGHT[i], *(str(70 * i + j + 3) for j in range(width[1] - 1))] if i < rows else [""] * width[1]
        lines.append([*left, *[""] * gap, *right])
    return "".join(",".join(line) + "\n" for line in lines)


@pytest.mark.parametrize("gap", [0, 1, 2])
@pytest.mark.parametrize("top", [(), ("Fund A", "Fund B")])
@pytest.mark.parametrize(
    "heads",
    [
        (["Name", "Qty"], ["Zork", "Qty"]),
        (["Zork", "Qty"], ["Name", "Qty"]),
        (["Name", "Qty", "Value"], ["Zork", "Qty", "Value"]),
        (["Zork", "Qty"], ["Zork", "Qty"]),
        (["Fund A", "Qty"], ["Fund B", "Qty"]),
    ],
)
def test_headings_that_start_again_are_another_table(heads, gap, top, tmp_path):
    path = tmp_path / "book.csv"
    path.write_text(_side_by_side(heads, gap, top=top), "utf-8")
    table = read_holdings([path]).table
    held = dict(zip(table["security_name"], table["quantity"], strict=True))
    amounts = chain(
        ((n, str(10 * i + 1)) for i, n in enumerate(LEFT)), ((n, str(70 * i + 3)) for i, n in enumerate(RIGHT))
    )
    assert held == dict(amounts)


def test_without_headings_a_gap_parts_tables_of_one_shape(tmp_path):
    path = tmp_path / "book.csv"
    path.write_text(_side_by_side((["", ""], ["", ""]), 1, rows=3), "utf-8")
    assert sorted(read_holdings([path]).table["security_name"]) == sorted((*LEFT, *RIGHT[:3]))


@pytest.mark.parametrize(
    "text",
    [
        "Name,Qty,,Country,Qty\nApple Inc,1,,United States,2\nNestle SA,2,,Switzerland,3\n",  # a known word
        "Name,Qty,Remark of PM\nApple Inc,1,Sell soon enough\nNestle SA,2,Keep for longer\n",  # nothing starts again
        "Name,Price,Date,Price\nApple Inc,1,2026-01-02,2\nNestle SA,2,2026-01-03,3\n",  # dates are no names
        "Name,Qty,Zork,Qty\nApple Inc,1,Equity,2\nNestle SA,2,Equity,3\n",  # nor is what every row says
    ],
)
def test_one_table_stays_one(text, tmp_path):
    path = tmp_path / "book.csv"
    path.write_text(text, "utf-8")
    assert read_holdings([path]).table["security_name"].tolist() == ["Apple Inc", "Nestle SA"]
