"""A new publication into force, after checks, or not at all: a failed update leaves the old list and says so.

Checked before anything is kept: the file is understood in full, its digest is the expected one, it is not older than
the list in force, no company and no large part of the file is missing (unless `accept_shrink`), dates add up (on
building). The order is: build, check, keep the snapshot, then move the pointer; each step whole or not at all.
"""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from cmic_screen.errors import ListError
from cmic_screen.reference import legacy_csv
from cmic_screen.reference.build import build_snapshot
from cmic_screen.reference.compare import ListDiff, diff
from cmic_screen.reference.container import open_contents
from cmic_screen.reference.fetch import FetchRules, fetch_first, without_secrets
from cmic_screen.reference.snapshot import embedded_snapshot, read_snapshot
from cmic_screen.reference.store import is_snapshot, keep, load_snapshot, log_check, set_current, with_removed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmic_screen.model import ListSnapshot

SHRINK = 0.8  # of the records of a file of the same format: below it, a part is taken to be missing


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateRules:
    """What the person asked for. `expect_sha256` is OFAC's published hash, of the file as it came or unpacked."""

    accept_shrink: bool = False
    accept_truncated: bool = False
    expect_sha256: str = ""
    published: date | None = None
    fetch: FetchRules = field(default_factory=FetchRules)


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """What an update did. `in_force` is whether the new list now applies: an older one, carried in by hand, is kept
    for screening on past days and changes nothing else.
    """

    snapshot: ListSnapshot
    changes: ListDiff
    in_force: bool
    same: bool


def update(sources: Sequence[str], home: Path | None, stamp: str, rules: UpdateRules) -> Update:
    """Fetch, check and put in force. `sources` is one file or folder, or addresses tried in turn; `stamp` is now, as
    ISO 8601 UTC text.

    ListError (exit 21) where anything fails; its message says which list stays in force.
    """
    told = " ".join(without_secrets(s) if "://" in s else Path(s).name for s in sources)
    try:
        before, damage = load_snapshot(None, home), ""
    except ListError as error:  # an update is also the way out of a damaged folder
        before, damage = embedded_snapshot(), error.message
    try:
        done = _update(sources, home, stamp, before, rules)
    except KeyboardInterrupt:
        _log_failure(home, stamp, told, "interrupted")
        raise ListError(
            "the update was interrupted.",
            why=damage or f"The list published {before.published} stays in force.",
            do="Run it again.",
        ) from None
    except ListError as error:
        _log_failure(home, stamp, told, f"failed: {error.message}")
        checked = f", last checked {before.checked_at}" if before.checked_at else ""
        stays = damage or f"The list published {before.published}{checked} stays in force."
        raise ListError(
            error.what,
            where=error.where,
            why=" ".join(filter(None, [error.why, stays])),
            do=error.do,
        ) from error
    outcome = "unchanged" if done.same else "in force" if done.in_force else "kept, not in force"
    log_check(home, at=stamp, source=done.snapshot.source, outcome=outcome, digest=done.snapshot.digest)
    return done


def _log_failure(home: Path | None, stamp: str, source: str, outcome: str) -> None:
    with contextlib.suppress(ListError):  # the failure itself is what the person must hear of
        log_check(home, at=stamp, source=source, outcome=outcome, digest="")


def _update(sources: Sequence[str], home: Path | None, stamp: str, before: ListSnapshot, rules: UpdateRules) -> Update:
    by_hand = "://" not in sources[0]
    with tempfile.TemporaryDirectory(prefix="cmic-list-") as folder:
        if by_hand:
            path, origin = Path(sources[0]), Path(sources[0]).name
        else:
            path, origin = _download(sources, Path(folder), rules)
        _check_digest(path, rules)
        if by_hand and is_snapshot(path):  # built on another machine and carried in
            snapshot = read_snapshot(path)
        else:
            built = build_snapshot(
                path, retrieved_at=stamp, published=rules.published, accept_truncated=rules.accept_truncated
            )
            snapshot = replace(built, source=origin)
    changes = diff(before, snapshot)
    older = snapshot.published < before.published
    _check_plausible(snapshot, changes, stamp, rules, older=older, by_hand=by_hand)
    if not older:
        snapshot = with_removed(snapshot, before)
    keep(snapshot, home)
    if older:
        return Update(snapshot=snapshot, changes=changes, in_force=False, same=False)
    set_current(snapshot.digest, stamp, home)
    same = snapshot.sha256 == before.sha256
    return Update(snapshot=replace(snapshot, checked_at=stamp), changes=changes, in_force=True, same=same)


def _download(sources: Sequence[str], folder: Path, rules: UpdateRules) -> tuple[Path, str]:
    got = fetch_first(sources, rules.fetch)
    path = folder / got.name
    path.write_bytes(got.data)
    if legacy_csv.is_member(got.name):  # the csv set is four files: fetch the sisters from beside the first
        base = got.url.removesuffix(got.name)
        for role in legacy_csv.COLUMNS:
            sister = legacy_csv.sister_name(got.name, role)
            if sister != got.name:
                (folder / sister).write_bytes(fetch_first([base + sister], rules.fetch).data)
    return path, got.url


def _check_digest(path: Path, rules: UpdateRules) -> None:
    expected = rules.expect_sha256.strip().lower()
    if not expected:
        return
    contents = open_contents(path)
    if expected not in {contents.sha256, contents.packed_sha256}:
        raise ListError(
            f"SHA-256 is {contents.sha256}, not the expected {expected}.",
            where=path.name,
            why="The file is not the one that hash was published for: it was altered, cut or is of another day.",
            do="Fetch file and hash again from OFAC.",
        )


def _check_plausible(
    snapshot: ListSnapshot, changes: ListDiff, stamp: str, rules: UpdateRules, *, older: bool, by_hand: bool
) -> None:
    before = changes.before
    if snapshot.published > date.fromisoformat(stamp[:10]) + timedelta(days=1):
        raise ListError(
            f"says it was published on {snapshot.published}, which is in the future.",
            where=snapshot.source, do="Check this machine's date, and the file.",
        )  # fmt: skip
    if older and not by_hand:
        raise ListError(
            f"was published {snapshot.published}, before the list in force.", where=snapshot.source,
            why="A mirror or cache served an old file.", do="Try another address.",
        )  # fmt: skip
    if older or rules.accept_shrink:
        return
    if changes.removed:
        names = "; ".join(f"{e.uid} {e.name}" for e in changes.removed[:5])
        raise ListError(
            f"lacks {len(changes.removed)} of the companies on the list in force: {names}.",
            where=snapshot.source,
            why="A list that shrinks may be an incomplete file.",
            do="If OFAC announced the removals, repeat with --accept-shrink.",
        )
    if snapshot.format == before.format and snapshot.records < SHRINK * before.records:
        raise ListError(
            f"holds {snapshot.records} records of all lists; the one in force held {before.records}.",
            where=snapshot.source,
            why="A file that shrinks this much may be incomplete.",
            do="If OFAC announced it, or the file holds this list alone, repeat with --accept-shrink.",
        )
