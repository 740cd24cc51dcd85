"""Names a second on one core, and memory, against the number of held and of listed names; beside rapidfuzz token_sort.

Process time, best of several runs with a fresh index each, so that nothing is remembered from the run before. Ratios
within one run are what to compare; a machine's own figures say little.
"""

from __future__ import annotations

import contextlib
import csv
import gzip
import os
import random
import time
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.baselines import token_sort
from cmic_screen.model import NameKind
from cmic_screen.names import normalise, split_instrument
from cmic_screen.reference import load_snapshot
from cmic_screen.reference.securities import load_master
from cmic_screen.resolve.by_name import ListedName, NameIndex
from cmic_screen.resolve.index import SecurityIndex
from cmic_screen.resolve.variants import core_words

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parent.parent
RUNS = 3


def speed(listed: Sequence[ListedName], held: Sequence[str]) -> float:
    """Held names a second, normalising included; the index is new and has seen one Chinese name (loads its tables)."""
    best = 0.0
    for _ in range(RUNS):
        index = NameIndex(listed)
        index.search(["中国"])
        start = time.process_time()
        index.search(held)
        best = max(best, len(held) / (time.process_time() - start))
    return best


def nearest(listed: Sequence[ListedName], held: Sequence[str]) -> float:
    """Microseconds a held name for the nearest listed name of each, asked for all at once."""
    index, start = NameIndex(listed), time.process_time()
    index.nearest_many(held)
    return (time.process_time() - start) / len(held) * 1e6


def memory(listed: Sequence[ListedName], held: Sequence[str]) -> tuple[float, float]:
    """Megabytes held by the index after a search, and the peak during it."""
    tracemalloc.start()
    index = NameIndex(listed)
    index.search(held)
    now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return now / 1e6, peak / 1e6


def sanctioned(path: Path) -> list[str]:
    """Names and aliases of other sanctions lists, from trade.gov's file (the copy at hand is cut off at its end)."""
    names: list[str] = []
    with gzip.open(path, "rt", encoding="utf-8", errors="replace") as file, contextlib.suppress(EOFError):
        for row in csv.DictReader(file):
            names += [row["name"], *(alias.strip() for alias in (row["alt_names"] or "").split(";"))]
    return list(dict.fromkeys(n for n in names if n))


def as_listed(texts: Sequence[str]) -> list[ListedName]:
    """Names as if they were listed, each of an entity of its own."""
    return [ListedName(f"X{i}", text, NameKind.PRIMARY) for i, text in enumerate(texts)]


def companies(texts: Sequence[str]) -> list[str]:
    """Names as a list has them, with a legal form, without notation or figures; in no order."""
    plain = [x for x in texts if not any(map(str.isdigit, x)) and not split_instrument(x).parts]
    out = [x for x in plain if all(core_words(normalise(x)))]
    random.Random(7).shuffle(out)
    return out


def unmet(listed: Sequence[ListedName], more: Sequence[str], held: Sequence[str]) -> list[str]:
    """Those of the names that none of the held ones meets: a book that holds a list's companies costs what it finds."""
    found = NameIndex([*listed, *as_listed(more)]).search(held)
    met = {h.listed.text for hits in found for h in hits}
    return [x for x in more if x not in met]


def by_held(listed: Sequence[ListedName], held: Sequence[str]) -> None:
    """Speed against the number of held names."""
    print(f"{'held names':>12}{'names/s':>12}")
    for count in (1_000, 5_000, 20_000, 60_000):
        print(f"{count:12,}{speed(listed, held[:count]):12,.0f}")


def by_listed(
    ofac: Sequence[ListedName], listed: Sequence[ListedName], more: Sequence[str], held: Sequence[str]
) -> None:
    """Speed and memory against the number of listed names: OFAC's alone, with the securities master's, and with more of
    other lists and companies as if they were listed.
    """
    print(f"{'listed names':>12}{'names/s':>12}{'nearest, us':>12}{'build, s':>12}{'index, MB':>12}{'peak, MB':>12}")
    for base, count in ((ofac, 0), (listed, 0), (listed, 1_000), (listed, 9_000), (listed, 20_000)):
        names = [*base, *as_listed(more[:count])]
        start = time.process_time()
        NameIndex(names)
        build = time.process_time() - start
        kept, peak = memory(names, held[:200])
        near = nearest(names, held[:2000])
        print(f"{len(names):12,}{speed(names, held):12,.0f}{near:12,.0f}{build:12.2f}{kept:12.0f}{peak:12.0f}")


SYLLABLES = "ba chi dong fang guo hai jin ku lan mei nuo ping qing rui sheng tai wei xin yuan zhong".split()
TRADES = (
    "Precision Digital Electronics Aviation Heavy Marine Optical Nuclear Chemical Power Information Automation".split()
)
KINDS = "Technology Industry Group Holdings Development Investment Engineering Equipment".split()


def made(count: int) -> list[str]:
    """Names as Chinese companies have them, none of them held: a brand of three syllables, a trade, a kind."""
    draw, out = random.Random(7), dict[str, None]()
    while len(out) < count:
        brand = "".join(draw.choices(SYLLABLES, k=3)).title()
        out[f"{brand} {draw.choice(TRADES)} {draw.choice(KINDS)} Co., Ltd."] = None
    return list(out)


def by_made(held: Sequence[str]) -> None:
    """Speed against the length of a list that has little in common with the book."""
    print(f"{'made names':>12}{'names/s':>12}{'build, s':>12}")
    for count in (68, 1_000, 20_000):
        names, start = as_listed(made(count)), time.process_time()
        NameIndex(names)
        build = time.process_time() - start
        print(f"{count:12,}{speed(names, held):12,.0f}{build:12.2f}")


def main() -> None:
    """Print the tables."""
    data = Path(os.environ.get("CMIC_SHARED", ROOT.parent / "shared")) / "data"
    if not data.is_dir():
        print(f"names: not measured, CMIC_SHARED holds no data in {data}")
        return
    with (data / "names/unrelated.csv").open(encoding="utf-8", newline="") as file:
        held = [row["name"] for row in csv.DictReader(file)]
    with gzip.open(data / "master/financedatabase_equities_2026-08-16.csv.gz", "rt", encoding="utf-8") as file:
        more = sorted({row["name"] for row in csv.DictReader(file)} - set(held))
    ofac, listed = (SecurityIndex(load_snapshot(), master).names for master in ((), load_master().rows))
    texts, folded = [normalise(n.text) for n in listed], [normalise(h) for h in held[:4000]]
    ours, start = speed(listed, held), time.process_time()
    token_sort(folded, texts)
    plain = len(folded) / (time.process_time() - start)
    print(f"{len(held):,} distinct unrelated names, {len(listed)} listed and related names: {ours:,.0f} names/s")
    print(
        f"rapidfuzz token_sort alone, names already folded: {plain:,.0f} names/s; ours is {ours / plain:.1f} times that"
    )
    by_held(listed, held + more)
    print("lists of made companies alone, unlike the book")
    by_made(held)
    lists = sanctioned(data / "ofac/tradegov_csl_2023-11_truncated.csv.gz")
    print("more listed names that the book does not hold: other sanctions lists, then companies with a legal form")
    by_listed(ofac, listed, unmet(listed, [*lists, *companies(more)[:14_000]], held), held)
    print("more listed names, of them 12,000 of securities with their notation, many of companies that the book holds")
    by_listed(ofac, listed, [*lists, *more], held)


if __name__ == "__main__":
    main()
