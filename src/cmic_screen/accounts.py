"""Who owns each account and who benefits, as a file states it; it assumes nothing and decides nothing.

An account the file does not name has an unknown person, who is treated as a U.S. person and said to be (rules T4 to T6;
31 CFR 586.307). One line an account, with OFAC licences on it or on further lines of the same account.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from python_calamine import CalamineError, CalamineWorkbook

from cmic_screen.errors import InputError, words_of
from cmic_screen.model import Action, Licence, Person, UsPerson

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

COLUMNS: Final = {
    "account": "account number, name or portfolio, as the holdings file prints it",
    "owner_us": "whether the owner is a U.S. person: yes, no or unknown",
    "benefit_us": "whether whoever benefits is a U.S. person: yes, no or unknown",
    "licence": "number of an OFAC licence held, if any",
    "licence_actions": "actions it permits, separated by spaces: BUY SELL …",
    "licence_from": "first day, ISO",
    "licence_to": "last day, ISO",
    "licence_uids": "OFAC uids it names, separated by spaces; empty: any listed entity",
    "licence_scope": "its scope in words",
}
_NEEDED: Final = ("account", "owner_us", "benefit_us")
_ALSO: Final = {
    "account": "account_id account_number account_no account_name acct portfolio konto compte rekening",
    "owner_us": "owner owner_us_person owner_is_us us_owner us_person is_us_person",
    "benefit_us": "benefit beneficiary beneficiary_us beneficiary_us_person us_beneficiary benefits_us",
    "licence": "license licence_number license_number licence_id license_id",
    "licence_actions": "license_actions actions",
    "licence_from": "license_from valid_from licence_valid_from",
    "licence_to": "license_to valid_to licence_valid_to valid_until",
    "licence_uids": "license_uids uids",
    "licence_scope": "license_scope scope",
}
"""Other names of the same columns, as people write them."""
_HEADERS: Final = {name: column for column, also in _ALSO.items() for name in (column, *also.split())}
_ANSWERS: Final = {
    "yes": UsPerson.YES, "y": UsPerson.YES, "true": UsPerson.YES, "1": UsPerson.YES, "us": UsPerson.YES,
    "u.s.": UsPerson.YES, "no": UsPerson.NO, "n": UsPerson.NO, "false": UsPerson.NO, "0": UsPerson.NO,
    "non-us": UsPerson.NO, "non-u.s.": UsPerson.NO, "unknown": UsPerson.UNKNOWN, "?": UsPerson.UNKNOWN,
    "": UsPerson.UNKNOWN,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class AccountMap:
    """Persons by account key, and the digest of the file. `person` answers for any of an account's names."""

    people: Mapping[str, Person] = field(default_factory=dict)
    sha256: str = ""

    def person(self, *names: str) -> Person:
        """The person of the first name the file knows, in the order given; nobody told us where it knows none."""
        for name in names:
            found = self.people.get(_key(name))
            if found is not None:
                return found
        return Person()

    def unmet(self, names: Iterable[str]) -> tuple[str, ...]:
        """The accounts of the file that are none of these names, sorted, as they are compared (small letters)."""
        return tuple(sorted(self.people.keys() - set(map(_key, names))))


def load_account_map(path: Path) -> AccountMap:
    """Read a csv (comma, semicolon or tab; UTF-8) or a workbook's first sheet with the columns of `COLUMNS`, the first
    three required.

    InputError names the line and column where an answer is not understood, or two lines of an account disagree: a
    person taken for somebody else's would hide a prohibition.
    """
    try:
        data = path.read_bytes()
        rows = _workbook(data) if data[:2] in {b"PK", b"\xd0\xcf"} else _delimited(data.decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError, CalamineError) as error:
        raise InputError(
            f"the account map cannot be read: {words_of(error)}.",
            where=path.name,
            do="Save it as csv in UTF-8, or as xlsx.",
        ) from error
    header = _header(rows[0] if rows else [], path.name)
    people: dict[str, Person] = {}
    for number, row in enumerate(rows[1:], 2):
        cells = {k: v.strip() for k, v in zip(header, row, strict=False)}
        if any(cells.values()):
            _add(people, cells, f"{path.name} line {number}")
    return AccountMap(people, hashlib.sha256(data).hexdigest())


def _delimited(text: str) -> list[list[str]]:
    first = text.partition("\n")[0]
    return list(csv.reader(text.splitlines(), delimiter=max(",;\t", key=first.count)))


def _workbook(data: bytes) -> list[list[str]]:
    """The first sheet's cells as text: whole numbers without a decimal point, dates ISO."""
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    return [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(cell)


def _header(row: Sequence[str], where: str) -> list[str]:
    """The columns a header names, in our names; InputError where one is unknown, named twice or missing."""
    found = [_HEADERS.get(re.sub(r"[^a-z]+", "_", name.casefold()).strip("_"), "") for name in row]
    missing = [c for c in _NEEDED if c not in found]
    strange = [name for name, column in zip(row, found, strict=True) if name.strip() and not column]
    twice = [c for c in found if c and found.count(c) > 1]
    if missing or strange or twice:
        what = f"unknown column {strange[0]!r}" if strange else f"two columns {twice[0]!r}" if twice else ""
        raise InputError(
            f"the account map has {what or f'no column {missing[0]!r}'}.", where=where,
            why="A column that is not understood could change who is a U.S. person.",
            do=f"Columns are: {', '.join(COLUMNS)}.",
        )  # fmt: skip
    return found


def _add(people: dict[str, Person], cells: Mapping[str, str], where: str) -> None:
    key = _key(cells.get("account", ""))
    if not key:
        raise InputError("no account is named.", where=where, do="Fill the column `account`.")
    owner, benefit = (_answer(cells.get(c, ""), c, where) for c in ("owner_us", "benefit_us"))
    licences = (_licence(cells, where),) if cells.get("licence") else ()
    before = people.get(key)
    if before is not None and (before.owner_us, before.benefit_us) != (owner, benefit):
        raise InputError(f"account {cells['account']!r} is stated twice, differently.", where=where, do="Keep one.")
    earlier = before.licences if before is not None else ()
    people[key] = Person(owner_us=owner, benefit_us=benefit, licences=(*earlier, *licences))


def _answer(text: str, column: str, where: str) -> UsPerson:
    try:
        return _ANSWERS[text.lower()]
    except KeyError as error:
        raise InputError(f"{column} is {text!r}.", where=where, do="Say yes, no or unknown.") from error


def _licence(cells: Mapping[str, str], where: str) -> Licence:
    try:
        actions = tuple(Action(a.upper()) for a in _split(cells.get("licence_actions", "")))
        first = date.fromisoformat(cells.get("licence_from", ""))
        last = date.fromisoformat(cells.get("licence_to", ""))
    except ValueError as error:
        raise InputError(
            f"licence {cells['licence']!r} is not understood: {error}.", where=where,
            why="A licence permits what it names and no more.", do="State its actions and both dates (ISO).",
        ) from error  # fmt: skip
    if not actions or last < first:
        raise InputError(f"licence {cells['licence']!r} names no action or ends before it begins.", where=where)
    return Licence(
        number=cells["licence"], actions=actions, valid_from=first, valid_to=last,
        uids=_split(cells.get("licence_uids", "")), scope=cells.get("licence_scope", ""),
    )  # fmt: skip


def _split(text: str) -> tuple[str, ...]:
    return tuple(w for w in re.split(r"[\s,;|/]+", text) if w)


def _key(text: str) -> str:
    """An account's name as it is compared: width, case and runs of blanks apart; nothing else, zeros count."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
