"""The dated law as typed values: what phase an entity is in at an instant, what a cell of the table says; no verdict.

Holds every word, citation, date and threshold that a verdict may use, so that counsel can read and correct it in one
place (docs/reference/law.md). It must never answer for a time outside the model, nor turn a prohibition off because a
confirmation has lapsed: that only qualifies a run. Source: E.O. 13959 as amended by E.O. 14032; 31 CFR parts 501, 586.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from cmic_screen.errors import UsageError
from cmic_screen.model import Action, Instant, InstrumentKind, ListedEntity, Phase, Ruling, Verdict
from cmic_screen.run import ProgrammeState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

_END_OF_DAY: Final = time(23, 59, 59)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of the decision table: what an action is in a phase, on whose authority, and why."""

    ruling: Ruling
    authority: str
    citations: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is said of a phase or a case; sentences hold `{placeholders}`. `verdict` is None where a table decides.

    A case that is its `own` gives its own sentences in place of the phase's, one that stands `alone` its own citations.
    """

    reason: str
    label: str = ""
    verdict: Verdict | None = None
    permitted: tuple[str, ...] = ()
    prohibited: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    own: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Whether an instrument is a publicly traded security in the order's sense: `yes`, `no` or `open`."""

    covered: str
    reason: str
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionWords:
    """How an action is called, and whether it is a purchase or sale."""

    label: str
    dealing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseReading:
    """The phases an instant may fall in, in order of time: one, or several where it cannot be placed. `why` says so."""

    phases: tuple[Phase, ...]
    why: str = ""

    @property
    def certain(self) -> bool:
        """Whether there is one reading only."""
        return len(self.phases) == 1

    @property
    def last(self) -> Phase:
        """The latest reading."""
        return self.phases[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """The law as read. Mappings are read-only and not in its `repr`; `raw` is the parsed file, for who prints it."""

    version: str
    sha256: str
    scope: str
    zone: ZoneInfo
    hour: time
    holdings_hour: time
    literal_offset: timedelta
    model_start: date
    confirmed_through: date
    confirmation_source: str
    table: Mapping[tuple[Action, Phase], Cell] = field(repr=False)
    phases: Mapping[Phase, Words] = field(repr=False)
    cases: Mapping[str, Words] = field(repr=False)
    rulings: Mapping[Ruling, str] = field(repr=False)
    actions: Mapping[Action, ActionWords] = field(repr=False)
    coverage: Mapping[InstrumentKind, Coverage] = field(repr=False)
    statuses: Mapping[str, str] = field(repr=False)
    limits: Mapping[str, int] = field(repr=False)
    matching: Mapping[str, Any] = field(repr=False)
    raw: Mapping[str, Any] = field(repr=False)

    def state_on(self, day: date) -> ProgrammeState:
        """The programme's state on a day: in force only where a notice or a person confirmed it for that day."""
        return ProgrammeState(
            version=self.version,
            sha256=self.sha256,
            in_force=self.confirmed_on(day),
            confirmed_through=self.confirmed_through,
            source=self.confirmation_source,
        )

    def confirmed_on(self, day: date) -> bool:
        """Whether the emergency is confirmed in force on a day. Not confirmed qualifies a run and nothing else."""
        return day <= self.confirmed_through

    def unconfirmed(self, day: date) -> str:
        """The sentence that qualifies a run on a day for which nothing is confirmed; "" where it is confirmed."""
        if self.confirmed_on(day):
            return ""
        text: str = self.raw["emergency"]["unconfirmed"]
        return text.format(through=self.confirmed_through, source=self.confirmation_source, day=day)

    def blotter_status(self, text: str) -> str:
        """`proposed`, `executed` or `unknown` for what a blotter says of a trade; blank is unknown."""
        return self.statuses.get(plain(text), "unknown")

    def refuse_before(self, day: date) -> None:
        """UsageError for a day before the model's start; holdings then fell under the superseded order."""
        if day < self.model_start:
            text = self.raw["clocks"]["before_model"].format(day=day, start=self.model_start)
            raise UsageError(text, do=f"Ask for {self.model_start} or later.")

    def as_of_instant(self, day: date) -> Instant:
        """The instant at which holdings as of a day (New York) are judged; UsageError before the model's start."""
        self.refuse_before(day)
        at = datetime.combine(day, self.holdings_hour, self.zone).astimezone(UTC)
        return Instant(earliest=at, latest=at, text=day.isoformat())

    def boundaries(self, entity: ListedEntity) -> tuple[tuple[datetime, datetime, Phase], ...]:
        """The instants at which an entity's phase changes: (first moment it may have, moment it has, new phase), UTC.

        The two differ in the hour between "eastern daylight time" as written and New York's clock in winter, and on
        the day of a removal, for which no hour is published. A listing has no hour either; its day counts whole,
        since both sides of it are permitted.
        """
        start = self._at(self.model_start, time())
        marks = [
            (start, start, Phase.NOT_LISTED),
            (self._at(entity.listed, time()),) * 2 + (Phase.PENDING,),
            (*self._clock(entity.effective), Phase.WINDOW),
            (*self._clock(entity.divestment_ends), Phase.CLOSED),
        ]
        if entity.removed is not None:
            day_end = self._at(entity.removed, _END_OF_DAY)
            marks = [m for m in marks if m[1] < day_end]
            marks.append((self._at(entity.removed, time()), day_end, Phase.REMOVED))
        return tuple(marks)

    def reading(self, entity: ListedEntity, instant: Instant) -> PhaseReading:
        """Every phase the entity may be in at the instant, in order of time."""
        first = last = Phase.OUT_OF_MODEL
        seen: list[Phase] = []
        for maybe, sure, phase in self.boundaries(entity):
            if instant.earliest >= sure:
                first = phase
            elif instant.latest >= maybe:
                seen.append(phase)
                last = phase
        phases = tuple(dict.fromkeys((first, *seen)))
        return PhaseReading(phases=phases, why=instant.assumed if last is not Phase.OUT_OF_MODEL else "")

    def phase(self, entity: ListedEntity, instant: Instant) -> Phase:
        """The entity's phase at the instant; the latest one where `reading` has several."""
        return self.reading(entity, instant).last

    def cell(self, action: Action, phase: Phase) -> Cell:
        """The decision table's cell."""
        return self.table[action, phase]

    def sentence(self, action: Action, phase: Phase) -> str:
        """What the table says of an action in a phase, in words, with the cell's note."""
        cell = self.table[action, phase]
        note = f"({cell.note})" if cell.note else ""
        said = self.rulings[cell.ruling].format(action=self.actions[action].label, note=note)
        return " ".join(said.replace(" .", ".").split())

    def _at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone).astimezone(UTC)

    def _clock(self, day: date) -> tuple[datetime, datetime]:
        wall = self._at(day, self.hour)
        literal = datetime.combine(day, self.hour, UTC) - self.literal_offset
        return min(wall, literal), wall


def plain(text: str) -> str:
    """Text as vocabularies are compared: case, accents, width and outer marks apart. Empty in, empty out."""
    parts = unicodedata.normalize("NFKD", text)
    bare = "".join(c for c in parts if not unicodedata.combining(c))
    return " ".join(bare.casefold().split()).strip(" .:;,*")
