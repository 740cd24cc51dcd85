"""Kept runs for the page: records and files out of the ledger, read only; a run's id never becomes a path here."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from cmic_screen.errors import UnknownRunError
from cmic_screen.terms import QUIET_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cmic_screen.history.ledger import Ledger
    from cmic_screen.history.runs import Run
    from cmic_screen.settings import Settings

MOST = 50


def listed(settings: Settings, most: int = MOST) -> list[dict[str, Any]]:
    """The newest runs as the ledger has them, newest first; [] where there is no ledger yet."""
    from cmic_screen.history import runs
    from cmic_screen.history.ledger import FILE, Ledger

    if not (settings.home / FILE).is_file():
        return []
    with Ledger.open(settings.home, write=False) as ledger:
        return [r.as_json() for r in runs.all_runs(ledger)[:most]]


def entered(settings: Settings, run_id: str) -> dict[str, Any]:
    """The entry of a run that the ledger knows, and whether a `companion` csv goes with its report; UnknownRunError for
    any other text.
    """
    from cmic_screen.history import runs
    from cmic_screen.history.material import COMPANION

    with _known(settings, run_id) as (ledger, run):
        return {**run.as_json(), "companion": (runs.folder(ledger, run) / COMPANION).is_file()}


def folder(settings: Settings, run_id: str, *names: str) -> Path:
    """The kept folder of a run, once those files of it (all, where none is named) are seen to be as they were entered:
    HistoryError where one is not, UnknownRunError where there is no such run.
    """
    from cmic_screen.history import runs

    with _known(settings, run_id) as (ledger, run):
        return runs.whole(ledger, run, *names)


@contextmanager
def _known(settings: Settings, run_id: str) -> Iterator[tuple[Ledger, Run]]:
    from cmic_screen.history import runs
    from cmic_screen.history.ledger import FILE, Ledger

    if (settings.home / FILE).is_file():
        with Ledger.open(settings.home, write=False) as ledger:
            run = next((r for r in runs.all_runs(ledger) if r.run_id == run_id), None)
            if run is not None:
                yield ledger, run
                return
    raise UnknownRunError("there is no such run.", where=run_id[:80], do="Choose one from the history.")


def record(settings: Settings, run_id: str) -> dict[str, Any]:
    """The record of a kept run, all rows in it."""
    from cmic_screen.history.store import RECORD

    data: dict[str, Any] = json.loads((folder(settings, run_id, RECORD) / RECORD).read_text(encoding="utf-8"))
    return data


def told(settings: Settings, run_id: str) -> dict[str, Any]:
    """The record of a kept run without its clear and set-aside rows, which are read past and never held in memory."""
    from cmic_screen.history.changes import record_of
    from cmic_screen.history.store import RECORD

    return record_of(folder(settings, run_id, RECORD))


def loud(found: dict[str, Any]) -> list[dict[str, Any]]:
    """The findings that are not clear or set aside."""
    return [f for f in found["findings"] if f["verdict"] not in QUIET_NAMES]
