"""Invented matches and questions, so that the law is tested without a list and without a resolver."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from cmic_screen.decide import decide
from cmic_screen.model import (
    Action,
    Basis,
    DecisionOnMatch,
    EntityName,
    EvidenceKind,
    Instant,
    InstrumentKind,
    Judgement,
    ListedEntity,
    Match,
    MatchEvidence,
    NameKind,
    Question,
    Relation,
)
from cmic_screen.programme import Programme, load_programme

if TYPE_CHECKING:
    from collections.abc import Callable

ANNEX = date(2021, 6, 3)


def listed(
    listed_on: date = ANNEX, *, uid: str = "1", name: str = "EXAMPLE LIMITED", removed: date | None = None
) -> ListedEntity:
    """An entity listed on a day, its clocks as the order sets them; the annex of June 2021 has dates of its own."""
    effective, end = listed_on + timedelta(days=60), listed_on + timedelta(days=365)
    return ListedEntity(
        uid=uid, names=(EntityName(text=name, kind=NameKind.PRIMARY),), listed=listed_on, effective=effective,
        divestment_ends=end, removed=removed, basis=Basis(text="", source=""),
    )  # fmt: skip


def matched(
    entity: ListedEntity, relation: Relation = Relation.ISSUER, *, stated: bool = False, **more: object
) -> Match:
    """A match of an entity; `stated` gives it a stated identifier as evidence, else an exact name."""
    kind = EvidenceKind.IDENTIFIER if stated else EvidenceKind.NAME_EXACT
    evidence = (MatchEvidence(kind=kind, searched="searched", found="found"),)
    return Match(entity=entity, relation=relation, evidence=evidence, reason="the name is alike", **more)  # type: ignore[arg-type]


def utc(text: str) -> Instant:
    """An exact instant from ISO text in UTC."""
    at = datetime.fromisoformat(text).replace(tzinfo=UTC)
    return Instant(earliest=at, latest=at, text=text)


def dismissal(uid: str = "1", conclusion: str = "false-positive", **more: object) -> DecisionOnMatch:
    """A reviewer's decision in force."""
    given = {"in_force": True} | more
    return DecisionOnMatch(
        id="D-1", fingerprint="f", uid=uid, conclusion=conclusion, reason="a namesake of another country",
        by="ana", on="2026-11-01", until=date(2027, 10, 1), **given,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.fixture(scope="session")
def programme() -> Programme:
    """The law as shipped."""
    return load_programme()


@pytest.fixture(scope="session")
def ask(programme: Programme) -> Callable[..., Judgement]:
    """Decide a question: by default a U.S.-or-unknown person holding a share of the annex entity today."""

    def _ask(**given: object) -> Judgement:
        defaults: dict[str, object] = {
            "matches": (matched(listed()),), "instrument": InstrumentKind.SHARE, "action": Action.HOLD,
            "instant": programme.as_of_instant(date(2026, 11, 22)), "cleared_by": "name",
        }  # fmt: skip
        return decide(Question(**(defaults | given)), programme)  # type: ignore[arg-type]

    return _ask


@pytest.fixture(scope="session")
def make() -> type[Makers]:
    """The makers above, for tests (importlib mode has no relative imports)."""
    return Makers


class Makers:
    """Namespace of the makers."""

    listed = staticmethod(listed)
    matched = staticmethod(matched)
    utc = staticmethod(utc)
    decision = staticmethod(dismissal)
    FUND = Relation.FUND_EXPOSURE
