"""Failures that stop a run, each with its exit code; never used for bad data, which is a value (architecture §6).

A message says what happened, where (file, sheet, row), why it matters and what to do. It is public interface, tested.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What a process ends with (architecture §6)."""

    CLEAR = 0
    BUG = 1
    USAGE = 2
    PROHIBITED = 10
    UNSCREENED = 11
    REVIEW = 12
    INPUT = 20
    LIST = 21
    HISTORY = 22
    REPORT = 23


def words_of(error: Exception) -> str:
    """What an exception says to a person: of the system's the reason alone, without its number and the path again."""
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)


class CmicError(Exception):
    """An operational failure. `what` happened `where`, `why` it matters and what to `do`; all four are printed."""

    exit_code: ExitCode = ExitCode.BUG

    def __init__(self, what: str, *, where: str = "", why: str = "", do: str = "") -> None:
        self.what, self.where, self.why, self.do = what, where, why, do
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """The whole message as a person reads it, each part a sentence, parts that are empty left out."""
        head = f"{self.where}: {self.what}" if self.where else self.what
        *first, last = [part for part in (head, self.why, self.do) if part] or [""]
        return " ".join([*(part if part[-1] in ".?!" or part.endswith(".)") else f"{part}." for part in first), last])


class UsageError(CmicError):
    """Asked for in a way that has no answer: an unknown option, a date outside the model."""

    exit_code = ExitCode.USAGE


class InputError(CmicError):
    """The holdings file cannot be read, or there is nothing in it to screen."""

    exit_code = ExitCode.INPUT


class TooLargeError(InputError):
    """The holdings file is larger than may be opened, or would be once unpacked; the page answers 413."""


class ListError(CmicError):
    """The list, the securities master or the programme is missing, malformed, stale or altered."""

    exit_code = ExitCode.LIST


class HistoryError(CmicError):
    """The ledger is unusable, or a replay differs."""

    exit_code = ExitCode.HISTORY


class UnknownRunError(HistoryError):
    """No run of that name is in the ledger; the page answers 404."""


class ReportError(CmicError):
    """The report could not be written whole."""

    exit_code = ExitCode.REPORT
