"""What a serving process makes before it is asked for: libraries loaded, resolvers built and lent to one run at a time.

Nothing here changes an answer; it only comes sooner (athand.py says what may be kept and why).
"""

from __future__ import annotations

import threading
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import TYPE_CHECKING, Final

from cmic_screen import service
from cmic_screen.athand import Resolvers
from cmic_screen.errors import CmicError
from cmic_screen.moment import today
from cmic_screen.web.jobs import AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cmic_screen.settings import Settings

FIRST_NEEDED: Final = (
    "cmic_screen.ingest.assemble", "cmic_screen.history.keeping", "cmic_screen.history.decisions",
    "cmic_screen.history.material", "cmic_screen.report.record", "cmic_screen.web.results",
)  # fmt: skip
"""What the way from an upload to its answer imports, each with all beneath it."""


class Lender:
    """Resolvers for as many runs as work at once; a caller beyond that gets new ones, which are not kept."""

    def __init__(self, most: int = AT_ONCE) -> None:
        self._most, self._lock = most, threading.Lock()
        self._idle: list[Resolvers] = []

    @contextmanager
    def lent(self) -> Iterator[Resolvers]:
        """Resolvers that nobody else has until they are given back."""
        with self._lock:
            taken = self._idle.pop() if self._idle else Resolvers()
        try:
            yield taken
        finally:
            taken.rest()
            with self._lock:
                if len(self._idle) < self._most:
                    self._idle.append(taken)


def warm(settings: Settings, lender: Lender) -> None:
    """Load what the first screening needs, so that the first person does not wait for it. A list that is not fit is
    told to that person, not here.
    """
    from cmic_screen.reference.securities import load_master

    for name in FIRST_NEEDED:
        import_module(name)
    with suppress(CmicError), lender.lent() as resolvers:
        resolvers.of(service.find_list("", settings, today()), load_master(settings.home))
