"""What matchers give and combining weighs: one fact that ties a security to a company, and how much it can say.

The order is rules.md §3.5: identifier, ticker with market, exact name, similar name. It decides nothing itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from cmic_screen.model import EvidenceKind, EvidenceResult, MatchEvidence

if TYPE_CHECKING:
    from cmic_screen.resolve.index import Fact


class Says(IntEnum):
    """What a clue can carry by itself, strongest first when sorted downward.

    PROVES: a stated, equal identifier. TICKER: a numeric code with its market. EXACT: a whole official name. LETTERS: a
    ticker of letters with its market, or any that has been reused or withdrawn: needs a second sign. BARE: a code
    without a market: needs a second sign. LIKE: a name not equal. WEAK: a weak alias; a restored or derived identifier.
    """

    WEAK = 0
    LIKE = 1
    BARE = 2
    LETTERS = 3
    EXACT = 4
    TICKER = 5
    PROVES = 6


RANK: Final = (
    EvidenceKind.NAME_EXACT,
    EvidenceKind.NAME_NO_LEGAL_FORM,
    EvidenceKind.NAME_SIMILAR,
    EvidenceKind.NAME_WEAK,
)
NAME_SAYS: Final = {
    EvidenceKind.NAME_EXACT: Says.EXACT,
    EvidenceKind.NAME_NO_LEGAL_FORM: Says.LIKE,
    EvidenceKind.NAME_SIMILAR: Says.LIKE,
    EvidenceKind.NAME_WEAK: Says.WEAK,
}
"""What a name that was met can say, by how it was met."""
NO_CLASS_A: Final = "no A share of it is known"
"""What is said of a name that is equal, where the stated class of shares speaks against it."""


@dataclass(frozen=True, slots=True)
class Clue:
    """A fact about one company (`uid`, with the master's `relation` to it), its strength and the evidence to print."""

    uid: str
    relation: str
    says: Says
    evidence: MatchEvidence
    fact: Fact | None = None
    policy: str = ""
    underlying: bool = False
    class_unknown: bool = False  # the name is equal, and states a class of shares that the company is not known to have

    @property
    def note(self) -> str:
        """What the master says of the company the fact belongs to, "" where nothing."""
        return self.fact.note if self.fact else ""

    @property
    def is_name(self) -> bool:
        """Whether the clue is a name."""
        return self.evidence.kind.value.startswith("NAME_")


def against(kind: EvidenceKind, searched: str, found: str, detail: str, source: str = "OFAC") -> MatchEvidence:
    """A piece of evidence that contradicts."""
    return MatchEvidence(
        kind=kind, searched=searched, found=found, score=0.0, result=EvidenceResult.CONTRADICTS, source=source,
        detail=detail,
    )  # fmt: skip


def turned(clue: Clue) -> MatchEvidence:
    """Another company's fact as evidence against."""
    e = clue.evidence
    return MatchEvidence(
        kind=e.kind, searched=e.searched, found=e.found, score=e.score, weight=e.weight,
        result=EvidenceResult.CONTRADICTS, source=e.source, detail=f"this is another company's: {e.detail}",
    )  # fmt: skip


@dataclass(slots=True)
class Case:
    """One company's clues while they are weighed: strongest first."""

    uid: str
    clues: list[Clue] = field(default_factory=list)

    def best(self, *says: Says) -> Clue | None:
        """The strongest clue of those strengths."""
        return next((c for c in self.clues if c.says in says), None)

    @property
    def name(self) -> Clue | None:
        """The strongest name clue."""
        return min((c for c in self.clues if c.is_name), key=strength, default=None)


def strength(clue: Clue) -> tuple[int, float, str]:
    """Sorts name clues by how plainly the name was met, plainest first."""
    return RANK.index(clue.evidence.kind), -clue.evidence.score, clue.evidence.found
