"""Where each setting comes from: flags over `CMIC_…` variables over `cmic-screen.toml` over defaults; never decides.

The nearest `cmic-screen.toml` upward from the working folder counts before the user's own, setting by setting
(interfaces §1): a ledger named once for all clients must not be left because one client's folder states a name. A
relative path in a file starts from that file's folder, wherever below it one works.
A setting that nobody knows, or of the wrong type, is a UsageError that names the file and the key: an option that is
silently ignored would be believed.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import platformdirs

from cmic_screen.errors import UsageError, words_of
from cmic_screen.terms import LIST_AGE_LIMIT

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE_NAME: Final = "cmic-screen.toml"
_KINDS: Final = {str: "text", int: "a whole number", bool: "true or false", float: "a number"}
Value = str | int | float | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A setting there is: its type, its default and what it means."""

    kind: type[str | int | float | bool]
    default: Value
    meaning: str


KNOWN: Final[dict[str, Known]] = {
    "home": Known(kind=str, default="", meaning="folder of lists, ledger and decisions; empty: the user's data folder"),
    "list": Known(kind=str, default="", meaning="list snapshot to screen with; empty: the newest accepted one"),
    "max_list_age": Known(
        kind=int, default=LIST_AGE_LIMIT, meaning="days since the list was last checked until a run is qualified"
    ),
    "client": Known(kind=str, default="", meaning="name printed on the report; empty: not stated"),
    "account_map": Known(kind=str, default="", meaning="file that says who owns and benefits from each account"),
    "funds": Known(kind=str, default="", meaning="folder of fund constituents for look-through"),
    "fund_max_age": Known(kind=int, default=92, meaning="days after which a fund's constituents are stale"),
    "profile": Known(kind=str, default="", meaning="column layout to read holdings with"),
    "history": Known(kind=bool, default=True, meaning="whether runs are kept in the ledger"),
    "strict": Known(kind=bool, default=False, meaning="whether a stale list stops the run (exit 21)"),
    "list_url": Known(kind=str, default="", meaning="where `list update` downloads from; empty: OFAC"),
    "list_hosts": Known(kind=str, default="", meaning="further hosts a list may be downloaded from, comma-separated"),
    "allow_network_home": Known(kind=bool, default=False, meaning="whether the ledger may be on a network drive"),
}  # fmt: skip
PLACES: Final = frozenset({"home", "account_map", "funds", "profile", "list"})
"""Settings that name a file or a folder; `list` may name a date or a digest instead."""
OTHER_VARIABLES: Final = frozenset({"CMIC_PAGE_PASSWORD", "CMIC_SHARED"})
"""Variables of ours that are no settings: a secret, which must not be shown, and what tests are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting as it applies: value and where it came from, in words."""

    name: str
    value: Value
    origin: str


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings as they apply. Read with `text`, `number`, `flag`; `by_name` for `config show`."""

    by_name: Mapping[str, Setting]

    def text(self, name: str) -> str:
        """A setting as text."""
        return str(self.by_name[name].value)

    def number(self, name: str) -> int:
        """A setting as a whole number."""
        return int(self.by_name[name].value)

    def flag(self, name: str) -> bool:
        """A setting as yes or no."""
        return bool(self.by_name[name].value)

    @property
    def home(self) -> Path:
        """The folder of lists, ledger and decisions; it may not exist yet."""
        return Path(self.text("home")) if self.text("home") else default_home()


def default_home() -> Path:
    """`CMIC_HOME`, or the user's data folder for this program."""
    stated = os.environ.get("CMIC_HOME", "")
    return Path(stated) if stated else Path(platformdirs.user_data_dir("cmic-screen", appauthor=False))


def settings_files(start: Path) -> tuple[Path, ...]:
    """The nearest `cmic-screen.toml` from `start` upward, and the user's, where there are such."""
    nearest = next((p for folder in (start, *start.parents) if (p := folder / FILE_NAME).is_file()), None)
    user = Path(platformdirs.user_config_dir("cmic-screen", appauthor=False)) / FILE_NAME
    found = [p for p in (nearest, user) if p is not None and p.is_file()]
    return tuple(dict.fromkeys(found))


def load_settings(
    flags: Mapping[str, Value | None] | None = None,
    *,
    environ: Mapping[str, str] | None = None,
    start: Path | None = None,
) -> Settings:
    """Settings as they apply now. `flags` holds what the command line gave (None: not given). UsageError as above."""
    environ = os.environ if environ is None else environ
    tables = {path: _read(path) for path in settings_files(start or Path.cwd())}
    found: dict[str, Setting] = {}
    for name, known in KNOWN.items():
        variable = f"CMIC_{name.upper()}"
        given = (flags or {}).get(name)
        path = next((p for p, table in tables.items() if name in table), None)
        if given is not None:
            found[name] = Setting(name=name, value=given, origin=f"flag --{name.replace('_', '-')}")
        elif variable in environ:
            found[name] = Setting(
                name=name, value=_parse(known, environ[variable], variable), origin=f"variable {variable}"
            )
        elif path is not None:
            value = _placed(name, _typed(known, tables[path][name], f"{path}: {name}"), path.parent)
            found[name] = Setting(name=name, value=value, origin=f"file {path}")
        else:
            found[name] = Setting(name=name, value=known.default, origin="default")
    return Settings(found)


def strangers(environ: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Variables that look like settings and are none, as a slip of the pen makes them: they cannot be refused, since
    others may use names that begin alike, but `config show` tells.
    """
    ours = {f"CMIC_{name.upper()}" for name in KNOWN} | OTHER_VARIABLES
    there = os.environ if environ is None else environ
    return tuple(sorted(v for v in there if v.startswith("CMIC_") and v not in ours))


def _read(path: Path) -> dict[str, object]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(
            f"not a settings file: {words_of(error)}.", where=str(path), do="Mend or remove it."
        ) from error
    unknown = sorted(set(table) - set(KNOWN))
    if unknown:
        raise UsageError(
            f"unknown setting {unknown[0]!r}.", where=str(path),
            why="A setting that is ignored would be believed.", do=f"Known are: {', '.join(sorted(KNOWN))}.",
        )  # fmt: skip
    return table


def _placed(name: str, value: Value, folder: Path) -> Value:
    """A path as it stands in a file of `folder`."""
    if name not in PLACES or not value:
        return value
    there = folder / Path(str(value)).expanduser()
    return value if name == "list" and not there.exists() else str(there)


def _typed(known: Known, value: object, where: str) -> Value:
    if type(value) is known.kind:
        return value
    raise UsageError(f"{value!r} is not {_KINDS[known.kind]}.", where=where, do=f"It means: {known.meaning}.")


def _parse(known: Known, text: str, where: str) -> Value:
    words = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    try:
        if known.kind is bool:
            return words[text.strip().lower()]
        return known.kind(text)
    except (KeyError, ValueError) as error:
        raise UsageError(
            f"{text!r} is not {_KINDS[known.kind]}.", where=where, do=f"It means: {known.meaning}."
        ) from error
