"""A made-up book of any size, shaped like a real one: few securities many times over, a handful of them listed."""

from __future__ import annotations

import csv
import random
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

HEADER = [
    "Account", "Security Description", "ISIN", "Ticker", "Asset Class", "Ccy", "Quantity", "Price", "Market Value",
    "Country", "Sector", "As of Date",
]  # fmt: skip
WORDS = (
    "Alder Birch Cedar Dune Ember Fjord Garnet Harbor Indigo Juniper Kestrel Lagoon Meridian Nimbus Orchid Pinnacle "
    "Quartz Raven Sable Tundra Umber Vertex Willow Xenon Yarrow Zephyr Holdings Energy Foods Pharma Systems Metals "
    "Marine Rail Retail Motors Capital Water Solar Timber Glass Cement Steel Media"
).split()
LISTED = [
    ("CHINA MOBILE LTD", "HK0941009539", "941 HK", "HKD"),
    ("HANGZHOU HIKVISION DIGITAL TECHNOLOGY-A", "CNE100000PM8", "002415 CH", "CNY"),
    ("CNOOC LTD", "HK0883013259", "883 HK", "HKD"),
    ("SEMICONDUCTOR MANUFACTURING INTL", "KYG8020E1199", "981 HK", "HKD"),
    ("XIAMEN MEIYA PICO INFORMATION CO LTD-A", "", "300188 CH", "CNY"),
]


def isin(country: str, number: int) -> str:
    """A well-formed ISIN of nothing."""
    body = f"{country}{number:09d}"
    digits = "".join(str(int(c, 36)) for c in body)
    total = sum(sum(divmod(int(d) * (2 - i % 2), 10)) for i, d in enumerate(reversed(digits)))
    return f"{body}{-total % 10}"


def rows(count: int, securities: int, findings: int, seed: int = 7) -> list[list[str | float]]:
    """`count` positions in `securities` distinct securities, `findings` of them in listed names."""
    draw = random.Random(seed)
    book = []
    for number in range(securities):
        name = " ".join(draw.sample(WORDS, 3)) + draw.choice([" INC", " PLC", " AG", " SA", " LTD", " CORP-CL A"])
        country, currency = draw.choice([("US", "USD"), ("GB", "GBP"), ("DE", "EUR"), ("JP", "JPY"), ("CH", "CHF")])
        book.append((name.upper(), isin(country, number), f"T{number} {country}", currency, country))
    made: list[list[str | float]] = []
    for number in range(count):
        if number % max(1, count // max(1, findings)) == 0 and number // max(1, count // max(1, findings)) < findings:
            name, code, ticker, currency = draw.choice(LISTED)
            country = "CN"
        else:
            name, code, ticker, currency, country = draw.choice(book)
        quantity, price = draw.randrange(10, 90_000), round(draw.uniform(1, 900), 2)
        value = round(quantity * price, 2)
        made.append(
            [f"ACC-{number % 240:04d}", name, code, ticker, "Equity", currency, quantity, price, value, country,
             draw.choice(WORDS), "2026-10-30"]
        )  # fmt: skip
    return made


def write_xlsx(path: Path, count: int, securities: int, findings: int) -> None:
    """The book as a workbook."""
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Holdings")
    sheet.append(HEADER)
    for row in rows(count, securities, findings):
        sheet.append(row)
    workbook.save(path)


def write_csv(path: Path, count: int, securities: int, findings: int) -> None:
    """The book as comma-separated text."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADER)
        writer.writerows(rows(count, securities, findings))


def write_names(path: Path, count: int, names: Sequence[str]) -> None:
    """A book of nothing but names, each many times over, as comma-separated text."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["Security Name", "Quantity", "Market Value"])
        writer.writerows([names[i % len(names)], 1 + i % 9_000, 1_000 + i] for i in range(count))
