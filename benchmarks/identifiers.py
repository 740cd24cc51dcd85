"""How fast identifiers are classified, beside python-stdnum, and securities resolved, the search of names left out.

`python benchmarks/identifiers.py`: process time on one core, best of three; ratios, since machines differ.
"""

from __future__ import annotations

import random
import time
from datetime import date
from typing import TYPE_CHECKING

from stdnum import isin as std_isin

from cmic_screen.identifiers import classify, parse_ticker
from cmic_screen.model import Scheme, Security, SecurityIdentifier
from cmic_screen.reference import embedded_snapshot
from cmic_screen.reference.securities import load_master
from cmic_screen.resolve import Resolver

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

COUNT = 100_000


def isins(count: int, seed: int = 5) -> list[str]:
    """Well-formed ISINs of nothing, digits and letters as real ones mix them."""
    draw = random.Random(seed)
    bodies = [
        draw.choice(["US", "GB", "DE", "JP", "CN", "KY"]) + "".join(draw.choices("0123456789" * 3 + "ABEHKMX", k=9))
        for _ in range(count)
    ]
    return [b + std_isin.calc_check_digit(b) for b in bodies]


def seconds(call: Callable[[], object]) -> float:
    """Process time of a call, best of three."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        call()
        best = min(best, time.process_time() - start)
    return best


def line(what: str, count: int, took: float, note: str = "") -> None:
    """One line of the answer."""
    print(f"{what:<46} {count / took:>12,.0f} a second  {note}")


def without_names(found: Sequence[Security]) -> float:
    """Seconds to resolve securities by identifier and ticker and to combine, no name being searched."""
    resolver = Resolver(embedded_snapshot(), load_master().rows)
    return seconds(lambda: resolver.resolve(found, date(2026, 11, 22)))


def main() -> None:
    """Print the table."""
    texts = isins(COUNT)
    ours = seconds(lambda: [classify(t) for t in texts])
    theirs = seconds(lambda: [std_isin.is_valid(t) for t in texts[: COUNT // 10]]) * 10
    line("ISINs classified", COUNT, ours, f"{theirs / ours:.1f} times python-stdnum's validation")
    line("tickers parsed", COUNT, seconds(lambda: [parse_ticker(f"{n} HK") for n in range(COUNT)]))
    held = [
        Security(identifiers=(SecurityIdentifier(scheme=Scheme.ISIN, value=t),), ticker=f"T{n}", mic="XNYS")
        for n, t in enumerate(texts)
    ]
    line("securities resolved, names left out", COUNT, without_names(held))


if __name__ == "__main__":
    main()
