"""Column layouts of known sources: a header's fingerprint to the field of each column; written once, reused, never
guessed.

A layout fixes what a human has settled; content still decides every row. It is TOML, made by `profile init`, shipped
for
common sources in `profiles/`, and applies only where all its headers stand in the table.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cmic_screen.errors import InputError
from cmic_screen.ingest.vocabulary import fields, key_of

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence

    from cmic_screen.ingest.layout import Block
    from cmic_screen.intake import SheetReading

DECIMALS: Final = frozenset({"", ".", ","})
ORDERS: Final = frozenset({"", "DMY", "MDY"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """`columns` maps a header as printed to a canonical field ("" for none). `decimal`, `dates` (DMY or MDY) and
    `currency` are the source's habit, "" where the file itself decides. `fingerprint` is over the headers.
    """

    name: str
    columns: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    decimal: str = ""
    dates: str = ""
    currency: str = ""

    @property
    def fingerprint(self) -> str:
        """Sixteen hex digits over the headers, in whatever order and case they stand."""
        return fingerprint(list(self.columns))

    def meets(self, headers: Sequence[str]) -> bool:
        """Whether a table has all the headers of this layout."""
        return bool(self.columns) and {key_of(h) for h in self.columns} <= {key_of(h) for h in headers}

    def columns_for(self, block: Block) -> dict[int, str]:
        """Column number in the file to field, for a table this layout is meant for; empty for any other."""
        if not self.meets(block.headers):
            return {}
        known = {key_of(h): f for h, f in self.columns.items()}
        return {block.left + k + 1: known[key_of(h)] for k, h in enumerate(block.headers) if h and key_of(h) in known}


def fingerprint(headers: Sequence[str]) -> str:
    """Sixteen hex digits over the different headers of a table, order and case left out."""
    keys = sorted({key_of(h) for h in headers if key_of(h)})
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()[:16]


def load(path: str | os.PathLike[str]) -> Layout:
    """A layout from a TOML file. InputError where it is missing, no TOML, or names a field that does not exist."""
    try:
        data = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise InputError(
            "no such profile.", where=str(path), do="Write one with: cmic-screen profile init FILE"
        ) from error
    except OSError as error:
        raise InputError(
            f"the profile cannot be read ({error.strerror}).", where=str(path), do="Give the .toml file itself."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(
            f"the profile is not TOML ({error}).", where=str(path), do="Write it again with profile init."
        ) from error
    return _layout(data, str(path))


def _layout(data: Mapping[str, Any], where: str) -> Layout:
    columns = data.get("columns", {})
    if not isinstance(columns, dict) or not columns:
        raise InputError("the profile has no [columns].", where=where, do="Write it again with profile init.")
    unknown = sorted({f for f in columns.values() if f and f not in fields()})
    if unknown:
        raise InputError(
            f"the profile names fields that do not exist: {', '.join(unknown)}.",
            where=where,
            do="See profile init for their names.",
        )
    decimal, order = str(data.get("decimal", "")), str(data.get("dates", ""))
    if decimal not in DECIMALS or order not in ORDERS:
        raise InputError("decimal is '.' or ',', dates is 'DMY' or 'MDY'.", where=where, do="Correct the profile.")
    return Layout(
        name=str(data.get("name", Path(where).stem)),
        columns={str(k): str(v) for k, v in columns.items()},
        source=str(data.get("source", "")),
        decimal=decimal,
        dates=order,
        currency=str(data.get("currency", "")),
    )


@cache
def shipped() -> tuple[Layout, ...]:
    """The layouts of common sources that come with this package, by name."""
    folder = files(__package__).joinpath("profiles")
    found = [(p.name, p.read_text(encoding="utf-8")) for p in folder.iterdir() if p.name.endswith(".toml")]
    return tuple(_layout(tomllib.loads(text), name) for name, text in sorted(found))


def known(headers: Sequence[str]) -> Layout | None:
    """The shipped layout whose fingerprint is that of these headers, if any."""
    mark = fingerprint(headers)
    return next((p for p in shipped() if p.fingerprint == mark), None)


def write(reading: SheetReading, name: str) -> str:
    """A layout for the main table of a sheet, as TOML to be read and corrected by a person; reasons stand as
    comments.
    """
    headers = [u.header for u in reading.columns if u.header]
    lines = [
        f"# Column layout for {name}, sheet {reading.name}. Check each line, correct the field where it is wrong,",
        '# leave "" for a column that screening does not need. Fields: cmic-screen look FILE names them.',
        f"name = {_quoted(name)}",
        f'fingerprint = "{fingerprint(headers)}"',
        'decimal = ""  # "." or "," where the file does not show it',
        'dates = ""    # "DMY" or "MDY" where the file does not show it',
        'currency = "" # of the values, where the file does not say',
        "",
        "[columns]",
    ]
    seen: set[str] = set()
    for use in reading.columns:
        if use.header and key_of(use.header) not in seen:
            seen.add(key_of(use.header))
            doubt = f"  # {use.confidence:.0%}: {use.reason}" if use.field else f"  # {use.reason}"
            lines.append(f'{_quoted(use.header)} = "{use.field}"{doubt}'.replace("\n", " "))
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
