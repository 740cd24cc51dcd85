"""What a process that screens again and again need not make twice: files read already, resolvers built already.

The door of a serving process hands it in; the answer with it must be the answer without it, byte for byte, so equal
material is recognised by being equal, never by a name or a date. It is lent to one run at a time: a resolver remembers
the words it met and is not made for two threads.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from cmic_screen.resolve import Resolver

if TYPE_CHECKING:
    from cmic_screen.intake import Intake
    from cmic_screen.model import ListedEntity, ListSnapshot, MasterRow
    from cmic_screen.reference.securities import Master

MOST: Final = 2
"""Resolvers kept: a run compared with an earlier one screens with that one's list too."""
WORN: Final = 30_000
"""Securities after which a resolver is built anew: the words it remembers take memory, and building takes a moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Files as read: `key` stands for their bytes, names and the way they were read (history.sources.reading_key)."""

    key: str
    intake: Intake


@dataclass(slots=True)
class _Kept:
    """A resolver and what it was built of."""

    entities: tuple[ListedEntity, ...]
    rows: tuple[MasterRow, ...]
    resolver: Resolver
    served: int = 0


@dataclass(slots=True)
class Resolvers:
    """The resolvers last built, `MOST` of them, for one thread at a time."""

    _kept: list[_Kept] = field(default_factory=list)

    def of(self, snapshot: ListSnapshot, master: Master, *, securities: int = 1) -> Resolver:
        """A resolver for this list and master, about to be asked of so many securities; built where none is at hand."""
        known = next((k for k in self._kept if k.entities == snapshot.entities and k.rows == master.rows), None)
        if known is not None:
            self._kept.remove(known)
        if known is None or known.served > WORN:
            known = _Kept(snapshot.entities, master.rows, Resolver(snapshot, master.rows))
        known.served += securities
        self._kept = [known, *self._kept][:MOST]
        return known.resolver

    def rest(self) -> None:
        """Let go of what is worn: a large book's words are not kept until the next one comes."""
        self._kept = [k for k in self._kept if k.served <= WORN]


@dataclass(frozen=True, slots=True, kw_only=True)
class AtHand:
    """All that is at hand for one run."""

    resolvers: Resolvers
    reading: Reading | None = None
