"""Settles which of the names met is the name held, where a relative or a stranger of a listed entity is met as well.

A known other company whose name is met more plainly takes the listed company's place, and says so; met no more
plainly, the listed name stays and asks. Exact names and weak aliases of the list are never displaced here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cmic_screen.model import EvidenceKind
from cmic_screen.names import has_han, normalise
from cmic_screen.resolve.align import STRUCTURE
from cmic_screen.resolve.legal import strip_forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cmic_screen.resolve.listed import NameHit

_RANK: Final = {EvidenceKind.NAME_EXACT: 0, EvidenceKind.NAME_NO_LEGAL_FORM: 1, EvidenceKind.NAME_SIMILAR: 2}
SURE: Final = 0.92
"""Score from which a name like that of a known other company is taken for it: below, nothing is said of the stranger.

Measured on names/labelled.csv and unrelated.csv: affiliates cut or abbreviated score 0.93 and more, chance resemblances
(NexGen and Nexen, Aisin and Aisino) 0.89 and less.
"""
NOT_BESIDE: Final = 0.12
"""A similar name this much less alike than the best is no further reading of the same words."""


def contest(hits: Iterable[NameHit]) -> tuple[NameHit, ...]:
    """The hits that stand, best first, one an entity and relation."""
    best: dict[tuple[str, str], NameHit] = {}
    for hit in hits:
        key = (hit.listed.uid, hit.listed.relation)
        if key not in best or _order(hit) < _order(best[key]):
            best[key] = hit
    listed = sorted((h for h in best.values() if h.listed.is_listed), key=_order)
    others = sorted((h for h in best.values() if not h.listed.is_listed), key=_order)
    if listed:
        most = max(h.score for h in listed)
        listed = [h for h in listed if h.kind is not EvidenceKind.NAME_SIMILAR or h.score >= most - NOT_BESIDE]
    if listed and others:
        # a company that is not believed to be meant takes nobody's place
        listed, others = _settle(listed, others[0], others[1:]) if is_surely(others[0]) else (listed, [])
    return tuple(sorted([*listed, *others], key=lambda h: (-h.score, h.listed.uid, h.listed.relation)))


def is_surely(hit: NameHit) -> bool:
    """Whether a hit on a known other company may be believed: alike enough, and not one bare word (Nexen ULC, a
    Canadian oil company, is not Nexen Corporation, a Korean maker of tyres).
    """
    if hit.kind is EvidenceKind.NAME_EXACT:
        return True
    core, _ = strip_forms(normalise(hit.listed.text).split())
    return hit.score >= SURE and (len(core) > 1 or has_han(hit.listed.text))


def best_of_each(found: Sequence[NameHit], n: int) -> tuple[NameHit, ...]:
    """The best hit of each listed entity, the `n` best of them."""
    best: dict[str, NameHit] = {}
    for hit in found:
        if hit.listed.is_listed and (hit.listed.uid not in best or hit.score > best[hit.listed.uid].score):
            best[hit.listed.uid] = hit
    return tuple(sorted(best.values(), key=lambda h: (-h.score, h.listed.uid))[:n])


def _order(hit: NameHit) -> tuple[int, float, str, str]:
    return _RANK.get(hit.kind, 3), -hit.score, hit.listed.uid, hit.listed.text


def _settle(listed: list[NameHit], other: NameHit, more: list[NameHit]) -> tuple[list[NameHit], list[NameHit]]:
    """(listed hits that stay, hits of other companies that stay)."""
    stay = [h for h in listed if not _displaced(h, other)]
    gone = [h for h in listed if h not in stay]
    if stay:
        also = f"; could also be {other.listed.text} ({other.listed.relation})"
        plain = [h for h in stay if h.kind is EvidenceKind.NAME_EXACT]
        return (stay if plain else [replace(h, detail=h.detail + also) for h in stay]), []
    said = "; ".join(f"explains the name better than {h.listed.text} ({h.score:.2f})" for h in gone)
    return [], [replace(other, detail=f"{other.detail}; {said}"), *more]


def _displaced(hit: NameHit, other: NameHit) -> bool:
    """Whether the other company's name was met more plainly than the listed one's."""
    rank, rank_other = _RANK.get(hit.kind, 0), _RANK.get(other.kind, 3)
    if rank == 0 or rank_other > rank:
        return False
    if rank_other < rank:  # a cut name that looks whole without its legal form may still be a longer one
        return other.kind is EvidenceKind.NAME_EXACT or not hit.cut or hit.share_class
    if other.letter:  # CHINA RAILWAY CONSTRUCTION R: a flag of the statement's, or REAL ESTATE
        return False
    if hit.cut and other.cut:  # both names go on where the held one was cut: only a class of shares can tell
        groups = [bool(STRUCTURE.intersection(h.listed.text.upper().split())) for h in (hit, other)]
        return hit.share_class and groups == [True, False]
    return other.score > hit.score
