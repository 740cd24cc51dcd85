"""Writes `resolve/data/word_weights.csv`: how much each word says about who an issuer is, learnt from names of
securities.

The names themselves are read from files the project does not ship (CMIC_SHARED) and are not copied: only words that at
least five different issuers use, with a weight between 0 (in nearly every name) and 1 (in one).
"""

from __future__ import annotations

import csv
import gzip
import json
import math
import os
import re
from collections import Counter
from pathlib import Path

import python_calamine

from cmic_screen.names import has_han, normalise

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "src/cmic_screen/resolve/data/word_weights.csv"
LEAST_ISSUERS = 5


def corpus(master: Path) -> set[str]:
    """The distinct normalised names of the securities master's three sources, derivatives of HKEX left out."""
    names: set[str] = set()
    with gzip.open(master / "financedatabase_equities_2026-08-16.csv.gz", "rt", encoding="utf-8") as file:
        names |= {normalise(row["name"]) for row in csv.DictReader(file)}
    rows = python_calamine.load_workbook(str(master / "HKEX_ListOfSecurities.xlsx")).get_sheet_by_index(0).to_python()
    names |= {normalise(str(row[1])) for row in rows[3:] if "@" not in str(row[1]) and "#" not in str(row[1])}
    titles = json.loads((master / "SEC_company_tickers_2026-02.json").read_text(encoding="utf-8"))
    return names | {normalise(row["title"]) for row in titles.values()} - {""}


def weights(names: set[str]) -> dict[str, float]:
    """Squared inverse document frequency, scaled so that a word of three names or fewer weighs 1."""
    counts = Counter(word for name in names for word in set(name.split()))
    most = math.log(len(names) / 3)
    return {
        word: round(max(0.02, min(1.0, math.log(len(names) / count) / most)) ** 2, 3)
        for word, count in sorted(counts.items())
        if count >= LEAST_ISSUERS and not has_han(word) and not re.search(r"\d", word)
    }


def main() -> None:
    """Read the master, write the table."""
    shared = Path(os.environ.get("CMIC_SHARED", ROOT.parent / "shared"))
    table = weights(corpus(shared / "data/master"))
    OUT.write_text("word,weight\n" + "".join(f"{w},{x:g}\n" for w, x in table.items()), encoding="utf-8")


if __name__ == "__main__":
    main()
