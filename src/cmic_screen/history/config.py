"""CONFIG.toml of the monthly run: what is expected each month, read strictly; it looks at no holdings.

A key nobody knows is refused: an expectation that is silently ignored would be believed. Paths are relative to the
file's folder; `{period}`, `{year}`, `{month}` stand for the month asked for. docs/how-to/monthly.md explains each key.
"""

from __future__ import annotations

import re
import tomllib
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cmic_screen.errors import InputError, UsageError, words_of
from cmic_screen.folders import inside
from cmic_screen.labels import clutter
from cmic_screen.terms import LIST_AGE_LIMIT

if TYPE_CHECKING:
    from pathlib import Path

_NAME: Final = r"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$"
_LATE_DAYS: Final = 15
"""Up to this many days into a month, a run without --period is about the month before."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class SourceConfig(_Strict):
    """Files read alike and expected every month. `files` are names or patterns; `expect` 0: any number but none."""

    name: Annotated[str, Field(pattern=_NAME)]
    files: Annotated[list[str], Field(min_length=1)]
    expect: Annotated[int, Field(ge=0)] = 0
    accounts: list[str] = []
    group: str = ""
    sheet: str | None = None
    encoding: str | None = None
    profile: str | None = None
    dated: bool = True
    same_file_ok: bool = False


class Tolerance(_Strict):
    """How far rows and values may move against the last accepted run, in percent, before acceptance is blocked."""

    rows_pct: Annotated[float, Field(ge=0)] = 25.0
    value_pct: Annotated[float, Field(ge=0)] = 35.0


class HoldingsDate(_Strict):
    """How many days the files' own date may lie before and after the as-of date."""

    days_before: Annotated[int, Field(ge=0)] = 5
    days_after: Annotated[int, Field(ge=0)] = 3


class Mail(_Strict):
    """Whom the message for the outbox names; nothing is sent."""

    sender: str
    to: Annotated[list[str], Field(min_length=1)]


class MonthlyConfig(_Strict):
    """The whole file."""

    job: Annotated[str, Field(pattern=_NAME)]
    source: Annotated[list[SourceConfig], Field(min_length=1)]
    out: str = "reports"
    heartbeat: str = "heartbeat.json"
    max_list_age: Annotated[int, Field(ge=0)] = LIST_AGE_LIMIT
    account_map: str | None = None
    funds: str | None = None
    fund_max_age: Annotated[int, Field(ge=0)] = 92
    closed_accounts: list[str] = []
    tolerance: Tolerance = Tolerance()
    holdings_date: HoldingsDate = HoldingsDate()
    explained: dict[str, str] = {}
    mail: Mail | None = None


@dataclass(frozen=True, slots=True)
class Config:
    """A configuration and the folder its paths start from."""

    said: MonthlyConfig
    folder: Path
    name: str

    def path(self, text: str) -> Path:
        """A path of the configuration."""
        return self.folder / text


def load(path: Path) -> Config:
    """Read a configuration. UsageError naming the key that is wrong, unknown or missing."""
    try:
        said = MonthlyConfig.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(
            f"not a monthly configuration: {words_of(error)}.", where=path.name, do="Mend or name it."
        ) from error
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise UsageError(f"{faults}.", where=path.name, do="See docs/how-to/monthly.md for every key.") from error
    names = [s.name for s in said.source]
    if len(set(names)) != len(names):
        raise UsageError("two sources have one name.", where=path.name)
    for period, why in said.explained.items():
        month(period)
        if len(" ".join(why.split())) < 15:
            raise UsageError(f"explained.{period} has fewer than 15 characters.", where=path.name)
    return Config(said=said, folder=path.resolve().parent, name=path.name)


def month(period: str) -> tuple[date, date]:
    """First and last day of `2026-11`. UsageError for anything else."""
    if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", period):
        raise UsageError(f"{period!r} is no period.", do="Write it as 2026-11.")
    year, number = int(period[:4]), int(period[5:])
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def period_of(today: date) -> str:
    """The month a run without --period is about: until the 15th the month before, then the present one."""
    return (today - timedelta(days=_LATE_DAYS)).strftime("%Y-%m")


def as_of(period: str, today: date) -> date:
    """The day holdings are judged on: the month's last, or today where that has not come. UsageError in the future."""
    first, last = month(period)
    if first > today:
        raise UsageError(f"period {period} has not begun.", do="Name a month that has.")
    return min(last, today)


def files(config: Config, source: SourceConfig, period: str) -> tuple[Path, ...]:
    """The files of a source this month, in order of name. InputError naming what is missing or too many."""
    fill = {"period": period, "year": period[:4], "month": period[5:]}
    found: dict[Path, None] = {}
    for text in source.files:
        pattern = _filled(text, fill, config)
        hits = sorted(config.folder.glob(pattern)) if re.search(r"[*?\[]", pattern) else [config.path(pattern)]
        there = _opened([p for p in hits if p.exists()], config)
        if not there:
            raise InputError(
                "is missing.", where=f"{source.name}: {pattern}", why=f"Period {period} would be screened in part.",
                do="Put the file there, or take it out of the configuration.",
            )  # fmt: skip
        found.update(dict.fromkeys(there))
    if source.expect and len(found) != source.expect:
        raise InputError(
            f"{len(found)} files, {source.expect} expected.", where=f"{source.name}: {', '.join(source.files)}",
            why="One too few is a book not screened; one too many may be last month's.",
        )  # fmt: skip
    return tuple(found)


def _filled(text: str, fill: dict[str, str], config: Config) -> str:
    try:
        return text.format(**fill)
    except (KeyError, IndexError, ValueError) as error:
        raise UsageError(f"{text!r} names something else than period, year, month.", where=config.name) from error


def _opened(paths: list[Path], config: Config) -> list[Path]:
    """Files as they are, folders as the files in them: neither what systems leave in folders (`.DS_Store`, Excel's lock
    beside an open workbook), nor what an earlier month delivered where `out` lies among the sources.
    """
    out = config.path(config.said.out)

    def held(file: Path, folder: Path) -> bool:
        return not clutter(file.relative_to(folder).as_posix()) and not file.is_relative_to(out)

    return [
        inner for path in paths for inner in ([p for p in inside(path) if held(p, path)] if path.is_dir() else [path])
    ]
