"""Says an alignment in words: which words met which, by what rule, with what weight, and what stayed alone. Judges
nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cmic_screen.resolve.align import Alignment


def tell(a: Alignment) -> str:
    """One line: pairs with weight and credit, words left over on either side, shares explained."""
    parts = []
    for p in a.pairs:
        held, listed = " ".join(a.held[i] for i in p.held), " ".join(a.listed[j] for j in p.listed)
        parts.append(f"{held} {'=' if p.how == 'equal' else p.how} {listed} (weight {p.weight:.2f} x {p.credit:.2f})")
    met_held, met_listed = {i for p in a.pairs for i in p.held}, {j for p in a.pairs for j in p.listed}
    extra = " ".join(x for i, x in enumerate(a.held) if i not in met_held)
    missing = " ".join(x for j, x in enumerate(a.listed) if j not in met_listed)
    parts += [f"only held: {extra}"] if extra else []
    parts += [f"only listed: {missing}" + (" (the name was cut)" if a.cut else "")] if missing else []
    if not a.in_order:
        parts.append("in another order")
    return "; ".join(parts) + f"; explained {a.held_share:.0%} of the held and {a.listed_share:.0%} of the listed name"


def tell_cleared(raw: float, floor: float) -> str:
    """What kept a likeness from being a hit."""
    return f"; likeness {raw:.2f}, a hit needs {floor:.2f}" if raw < floor else ""
