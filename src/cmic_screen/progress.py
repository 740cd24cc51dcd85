"""How far reading has got, told to whoever listens (a terminal's bar, a log, the page); it decides and changes nothing.

The rooms tell, the doors listen: nothing is passed through what lies between, and where nobody listens nothing happens.
A listener belongs to the thread that set it (PEP 567).
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Step(NamedTuple):
    """Where reading is: file number `file` (from 1) of `files`, its name; the sheet, "" while it is being opened; rows
    of it that were met so far; whether the sheet is `whole`, all its rows met.
    """

    file: int = 0
    files: int = 0
    name: str = ""
    sheet: str = ""
    rows: int = 0
    whole: bool = False

    def words(self) -> str:
        """The step in words, `book.xlsx (file 2 of 5), sheet Holdings, 100,001 rows`."""
        of = f" (file {self.file:,} of {self.files:,})" if self.files > 1 else ""
        sheet = f", sheet {self.sheet}" if self.sheet and self.sheet != self.name else ""
        return f"{self.name}{of}{sheet}" + (f", {self.rows:,} rows" if self.rows else "")


class _Hearing:
    """One listener and the last step it was told."""

    def __init__(self, listen: Callable[[Step], object]) -> None:
        self.listen, self.last = listen, Step()

    def tell(self, step: Step) -> None:
        self.last = step
        self.listen(step)


_HEARING: Final[ContextVar[_Hearing | None]] = ContextVar("hearing", default=None)


@contextmanager
def heard(listen: Callable[[Step], object]) -> Iterator[None]:
    """Tell `listen` every step of this thread meanwhile. What it raises ends the work: so a person cancels."""
    token = _HEARING.set(_Hearing(listen))
    try:
        yield
    finally:
        _HEARING.reset(token)


def files(count: int) -> None:
    """So many files will be read."""
    if hearing := _HEARING.get():
        hearing.last = Step(files=count)


def file(name: str) -> None:
    """The next file is opened."""
    if hearing := _HEARING.get():
        number = hearing.last.file + 1
        hearing.tell(Step(file=number, files=max(number, hearing.last.files), name=name))


def rows(count: int) -> None:
    """So many rows of the file have been met."""
    if hearing := _HEARING.get():
        hearing.tell(hearing.last._replace(rows=count))


def sheet(name: str, count: int) -> None:
    """A sheet of so many rows is being understood."""
    if hearing := _HEARING.get():
        hearing.tell(hearing.last._replace(sheet=name, rows=count, whole=True))
