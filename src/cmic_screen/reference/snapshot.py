"""A ListSnapshot as a file of our own schema, `cmic-screen/list/1`, and its digest; it reads no OFAC format.

The digest is SHA-256 over the canonical JSON (sorted keys, no spaces, UTF-8) of publisher, publication date, digest of
the file as published, format and entities. When and from where it was fetched is not part of it: equal publication,
equal digest.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import is_dataclass, replace
from datetime import date
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from cmic_screen.digests import digest
from cmic_screen.errors import ListError, words_of
from cmic_screen.model import (
    Basis,
    EntityName,
    EntityTicker,
    ListedEntity,
    ListSnapshot,
    NameKind,
    Origin,
    RejectedIdentifier,
    Scheme,
    SecurityIdentifier,
)

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = "cmic-screen/list/1"
PUBLISHER = "U.S. Department of the Treasury, Office of Foreign Assets Control"
EMBEDDED = "data/ns_cmic.json"
_NOT_DIGESTED = {"digest", "checked_at", "retrieved_at", "source", "embedded"}


def digest_of(snapshot: ListSnapshot) -> str:
    """The canonical digest, 64 hexadecimal digits."""
    body = {k: v for k, v in _plain(snapshot).items() if k not in _NOT_DIGESTED}
    return digest(body)


def sealed(snapshot: ListSnapshot) -> ListSnapshot:
    """The same snapshot with its digest filled in."""
    return replace(snapshot, digest=digest_of(snapshot))


def dumps(snapshot: ListSnapshot) -> str:
    """The snapshot as text of schema `cmic-screen/list/1`: sorted keys, two spaces, newline at the end."""
    body = _plain(snapshot) | {"schema": SCHEMA}
    body.pop("embedded")
    body.pop("checked_at")
    return json.dumps(body, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def loads(text: str, file: str) -> ListSnapshot:
    """The snapshot a text holds. ListError where it is not of the schema, or its digest is not that of its content."""
    where = file
    try:
        body = json.loads(text)
        if body.get("schema") != SCHEMA:
            raise ListError(
                f"schema {body.get('schema')!r}, not {SCHEMA}.",
                where=where,
                do="Build it with `cmic-screen list build`.",
            )
        snapshot = _snapshot(body)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ListError(
            f"not a readable list snapshot ({type(error).__name__}: {error})",
            where=where,
            why="A list that cannot be read in full is not used.",
            do="Build it again with `cmic-screen list build`.",
        ) from error
    if digest_of(snapshot) != snapshot.digest:
        raise ListError(
            "the snapshot's content does not have the digest it states.",
            where=where,
            why="It was altered or damaged after it was written.",
            do="Build it again with `cmic-screen list build`, or run `cmic-screen list verify`.",
        )
    return snapshot


def write_snapshot(snapshot: ListSnapshot, path: Path) -> None:
    """Write the snapshot whole or not at all: beside, then renamed. ListError where that fails."""
    write_whole(dumps(sealed(snapshot)), path)


def write_whole(text: str, path: Path) -> None:
    """Write `text` to `path` in one step, so that nobody ever reads half of it. ListError where it cannot be."""
    path = path if path.name not in {"", ".."} else path.resolve()  # a folder, which the message then names
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("w", encoding="utf-8", newline="\n") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(path)
    except OSError as error:
        raise ListError(
            f"cannot be written ({error.strerror}).",
            where=path.name,
            do="Choose a folder that exists and that you may write to.",
        ) from error
    finally:  # whoever asks the process to end must not leave half a list beside the whole one
        with contextlib.suppress(OSError):  # it is in its place, or the folder itself is not there
            beside.unlink()


def read_snapshot(path: Path) -> ListSnapshot:
    """The snapshot a file holds. ListError where it is missing, unreadable or altered."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ListError(
            f"cannot be read ({words_of(error)}).",
            where=path.name,
            why="Without a list nothing can be screened.",
            do="Give a snapshot made by `cmic-screen list build`.",
        ) from error
    return loads(text, path.name)


@cache  # a frozen value of this release
def embedded_snapshot() -> ListSnapshot:
    """The list that came with this release. Its age counts from its publication date."""
    text = resources.files("cmic_screen.reference").joinpath(EMBEDDED).read_text(encoding="utf-8")
    return replace(loads(text, "embedded list"), embedded=True)


def entity_dict(entity: ListedEntity) -> dict[str, Any]:
    """An entity as plain values for JSON: dates ISO, enums their values, tuples as lists."""
    plain: dict[str, Any] = _jsonable(entity)
    return plain


def _plain(snapshot: ListSnapshot) -> dict[str, Any]:
    plain: dict[str, Any] = _jsonable(snapshot)
    return plain


def _jsonable(value: Any) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return [_jsonable(v) for v in value]
    if is_dataclass(value):  # field by field: dataclasses.asdict copies every text, and this is done at each start
        return {name: _jsonable(getattr(value, name)) for name in value.__dataclass_fields__}
    return value.isoformat() if isinstance(value, date) else value


def _snapshot(body: dict[str, Any]) -> ListSnapshot:
    return ListSnapshot(
        publisher=body["publisher"],
        published=date.fromisoformat(body["published"]),
        retrieved_at=body["retrieved_at"],
        sha256=body["sha256"],
        source=body["source"],
        format=body["format"],
        entities=tuple(_entity(e) for e in body["entities"]),
        digest=body["digest"],
        notes=tuple(body["notes"]),
        records=body["records"],
    )


def _entity(body: dict[str, Any]) -> ListedEntity:
    removed, basis = body["removed"], body["basis"]
    return ListedEntity(
        uid=str(int(body["uid"])),
        names=tuple(EntityName(**{**n, "kind": NameKind(n["kind"])}) for n in body["names"]),
        identifiers=tuple(
            SecurityIdentifier(scheme=Scheme(i["scheme"]), value=i["value"], origin=Origin(i["origin"]))
            for i in body["identifiers"]
        ),
        rejected=tuple(RejectedIdentifier(**{**r, "scheme": Scheme(r["scheme"])}) for r in body["rejected"]),
        tickers=tuple(EntityTicker(**t) for t in body["tickers"]),
        listed=date.fromisoformat(body["listed"]),
        effective=date.fromisoformat(body["effective"]),
        divestment_ends=date.fromisoformat(body["divestment_ends"]),
        removed=date.fromisoformat(removed) if removed else None,
        target_type=body["target_type"],
        linked_to=tuple(body["linked_to"]),
        programmes=tuple(body["programmes"]),
        legal_authority=tuple(body["legal_authority"]),
        countries=tuple(body["countries"]),
        basis=Basis(
            text=basis["text"],
            source=basis["source"],
            stated_on=date.fromisoformat(basis["stated_on"]) if basis["stated_on"] else None,
        ),
    )
