"""What a name can meet and what a meeting is: `ListedName` and `NameHit`, values without behaviour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmic_screen.terms import OWN_RELATIONS

if TYPE_CHECKING:
    from cmic_screen.model import EvidenceKind, NameKind


@dataclass(frozen=True, slots=True)
class ListedName:
    """One name that can be met: of a listed entity, or (relation `related`, `not`) of another, not it."""

    uid: str
    text: str
    kind: NameKind
    script: str = "Latin"
    source: str = "OFAC"
    relation: str = "issuer"

    @property
    def is_listed(self) -> bool:
        """Whether the name is a listed entity's own."""
        return self.relation in OWN_RELATIONS


@dataclass(frozen=True, slots=True)
class NameHit:
    """A listed name that was met: how (`kind`, one of the NAME_ kinds), how alike (0 to 1), and why (`detail`).

    `cut`: the held name ends where the listed one goes on. `share_class`: the held name names a class of shares.
    `letter`: it ends in one letter, which may be notation as well as what a cut left of a word.
    """

    listed: ListedName
    kind: EvidenceKind
    score: float
    detail: str
    cut: bool = False
    share_class: bool = False
    letter: bool = False
