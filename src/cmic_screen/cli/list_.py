"""`list …`: which list, published when, fetched how, what changed; nothing here judges a holding but `impact`."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from cmic_screen.cli.common import Format, FormatOption, FundsOption, day, digest_given, emit, quiet, say
from cmic_screen.errors import UsageError

EXITS = "Exits: 0 done, 2 wrong usage, 21 the list is missing, malformed or altered, or the update failed."
WHICH = "a path, `embedded`, `current`, a publication date, or the start of a digest"
OUT = Annotated[Path | None, typer.Option("--out", help="Write here instead of to the terminal.")]
PUBLISHED = Annotated[
    str | None, typer.Option("--published", help="Publication date (ISO) of a file that does not carry one.")
]
TIMEOUT = Annotated[float, typer.Option("--timeout", help="Seconds to wait for an answer or for the next bytes.")]
TRUNCATED = Annotated[
    bool, typer.Option("--accept-truncated", help="Use a csv that breaks off, at the risk of a company missing.")
]


def register(app: typer.Typer) -> None:
    """Add the command group to the program."""
    group = typer.Typer(help="The list: entities, dates, provenance, age, updates, what changed.", no_args_is_help=True)
    example = "Example: cmic-screen list"
    group.command("show", epilog=f"{example} show 33111")(show)
    group.command("status", epilog=f"{example} status --format json. Exits 0 also where the list is stale.")(status)
    group.command("update", epilog=f"{example} update --from CONS_ENHANCED.XML. {EXITS}")(update)
    group.command("build", epilog=f"{example} build CONS_ENHANCED.XML --out list.json. {EXITS}")(build)
    group.command("diff", epilog=f"{example} diff embedded current. {EXITS}")(diff)
    group.command(
        "impact", epilog=f"{example} impact current NEXT.XML holdings.xlsx. Exits 12 where a row is touched."
    )(impact)
    group.command("history", epilog=f"{example} history. {EXITS}")(history)
    group.command("verify", epilog=f"{example} verify. {EXITS}")(verify)
    group.command("export", epilog=f"{example} export --restricted --out restricted.csv. {EXITS}")(export)
    app.add_typer(group, name="list")


def show(
    entity: Annotated[str, typer.Argument(help="OFAC's uid, or a name or part of one; default: all.")] = "",
    list_: Annotated[str, typer.Option("--list", help=f"Which list: {WHICH}.")] = "",
    as_of: Annotated[str | None, typer.Option("--as-of", help="ISO day: the list in force then.")] = None,
    fmt: FormatOption = Format.TEXT,
) -> None:
    """Print the list, or everything known of one company: why it is listed, names, identifiers, tickers, dates."""
    from cmic_screen.reference import words
    from cmic_screen.reference.snapshot import entity_dict

    snapshot, _ = _chosen(list_, as_of)
    if not entity:
        data = [entity_dict(e) for e in snapshot.entities]
        emit({"list": words.head_dict(snapshot), "entities": data}, words.table(snapshot), fmt)
        return
    found = words.find_entities(snapshot, entity)
    if not found:
        raise UsageError(
            f"no company on the list has uid or name {entity!r}.",
            why="Not being on the list under this name says nothing of a security: use `cmic-screen check`.",
            do="Give OFAC's number or part of a name.",
        )
    text = "\n\n".join(words.entity_text(e) for e in found)
    emit({"list": words.head_dict(snapshot), "entities": [entity_dict(e) for e in found]}, text, fmt)


def status(fmt: FormatOption = Format.TEXT) -> None:
    """Say which list applies, when it was published and last checked, how old it is and whether that is too old."""
    from cmic_screen import moment
    from cmic_screen.reference import words
    from cmic_screen.reference.age import list_state
    from cmic_screen.reference.store import checks

    snapshot, settings = _chosen("", None)
    limit = settings.number("max_list_age")
    age, stale = list_state(snapshot, moment.today(), limit)
    log = checks(settings.home)
    last = log[-1] if log else None
    data = words.head_dict(snapshot) | {"age_days": age, "stale": stale, "max_age_days": limit, "last_attempt": last}
    emit(data, words.status_text(snapshot, age=age, stale=stale, limit=limit, last=last), fmt)


def update(
    source: Annotated[str, typer.Option("--from", help="File, folder or address; default: OFAC, or list_url.")] = "",
    accept_shrink: Annotated[bool, typer.Option("--accept-shrink", help="Accept a list with companies gone.")] = False,
    expect_sha256: Annotated[
        str | None, typer.Option("--expect-sha256", help="The hash OFAC publishes for the file.")
    ] = None,
    allow_host: Annotated[
        list[str] | None, typer.Option("--allow-host", help="A further host the list may come from; repeatable.")
    ] = None,
    timeout: TIMEOUT = 15.0,
    published: PUBLISHED = None,
    accept_truncated: TRUNCATED = False,
    fmt: FormatOption = Format.TEXT,
) -> None:
    """Fetch the newest list, check it, and put it in force; a failed update leaves the old one in force and says so."""
    from cmic_screen import moment
    from cmic_screen.reference import compare, fetch, words
    from cmic_screen.reference.update import UpdateRules
    from cmic_screen.reference.update import update as run_update
    from cmic_screen.settings import load_settings

    settings = load_settings()
    sources = [source] if source else settings.text("list_url").split() or list(fetch.OFAC_URLS)
    hosts = (*fetch.OFAC_HOSTS, *settings.text("list_hosts").replace(",", " ").split(), *(allow_host or ()))
    rules = UpdateRules(
        accept_shrink=accept_shrink,
        accept_truncated=accept_truncated,
        expect_sha256=digest_given(expect_sha256, "--expect-sha256"),
        published=day(published, "--published"),
        fetch=fetch.FetchRules(hosts=hosts, seconds=timeout),
    )
    _say_what_is_not_read(sources[0])
    with _waiting("fetching and checking the list"):
        done = run_update(sources, settings.home, moment.stamp(), rules)
    data = words.head_dict(done.snapshot) | {
        "in_force": done.in_force,
        "unchanged": done.same,
        "changes": compare.to_dict(done.changes),
    }
    emit(data, words.update_text(done), fmt)


def _say_what_is_not_read(source: str) -> None:
    """Of a folder its csv set is read, whatever else lies there: which of the two is newer stands in no name."""
    folder = Path(source)
    if "://" not in source and folder.is_dir():
        others = sorted(f.name for f in folder.iterdir() if f.name.upper().endswith((".XML", ".XML.GZ")))
        if others:
            say(f"note: {folder}: the csv set is read, not {', '.join(others)}; give that file itself if it is meant")


def build(
    file: Annotated[Path, typer.Argument(help="OFAC's ENHANCED_XML, its csv set or folder, or trade.gov's csv.")],
    out: OUT = None,
    published: PUBLISHED = None,
    accept_truncated: TRUNCATED = False,
    fmt: FormatOption = Format.TEXT,
) -> None:
    """Turn a publication into a snapshot of our own schema: --out or --format json; else say what is in it."""
    from cmic_screen import moment
    from cmic_screen.reference import build_snapshot, words, write_snapshot
    from cmic_screen.reference.snapshot import dumps

    stated = day(published, "--published")
    if stated is not None and stated > moment.today() + timedelta(days=1):  # two zones' calendars may differ by a day
        raise UsageError(
            f"--published {stated} is in the future.", why="A list dated ahead would pass for current until then.",
            do="Give the day on which OFAC published the file.",
        )  # fmt: skip
    _say_what_is_not_read(str(file))
    snapshot = build_snapshot(file, retrieved_at=moment.stamp(), published=stated, accept_truncated=accept_truncated)
    for note in snapshot.notes:
        say(f"note: {note}")
    if out is not None:
        write_snapshot(snapshot, out)
        say(f"written: {out}")
    if fmt is Format.JSON:  # the snapshot itself, as --out would write it
        typer.echo(dumps(snapshot), nl=False)
    else:
        emit(None, words.head_text(snapshot), fmt)


def diff(
    before: Annotated[str, typer.Argument(metavar="A", help=f"The earlier list: {WHICH}.")],
    after: Annotated[str, typer.Argument(metavar="B", help="The later list, likewise.")],
    fmt: FormatOption = Format.TEXT,
) -> None:
    """Say what changed between two lists: companies added, removed, renamed; names, identifiers and dates changed."""
    from cmic_screen.reference import compare
    from cmic_screen.reference.store import find
    from cmic_screen.settings import load_settings

    home = load_settings().home
    found = compare.diff(find(before, home), find(after, home))
    emit(compare.to_dict(found), compare.to_text(found), fmt)


def impact(
    before: Annotated[str, typer.Argument(metavar="A", help=f"The list as it is: {WHICH}.")],
    after: Annotated[str, typer.Argument(metavar="B", help="The list as it will be, likewise.")],
    files: Annotated[list[Path], typer.Argument(metavar="HOLDINGS...", help="Holdings files or folders.")],
    as_of: Annotated[str | None, typer.Option("--as-of", help="ISO day to begin with; default: today.")] = None,
    funds: FundsOption = None,
    fmt: FormatOption = Format.TEXT,
) -> None:
    """Say which positions a change of the list would touch, on which days and how, before it takes effect."""
    from cmic_screen import impact as core
    from cmic_screen import moment, service
    from cmic_screen.errors import ExitCode
    from cmic_screen.fundfiles import load_funds
    from cmic_screen.programme import load_programme
    from cmic_screen.reference.securities import load_master
    from cmic_screen.reference.store import find
    from cmic_screen.settings import load_settings

    settings = load_settings({"funds": str(funds) if funds else None})
    home, folder = settings.home, settings.text("funds")
    result = core.impact(
        service.read(service.Request(files=tuple(files))),
        find(before, home),
        find(after, home),
        programme=load_programme(home),
        master=load_master(home),
        on=day(as_of, "--as-of") or moment.today(),
        funds=load_funds(Path(folder), settings.number("fund_max_age")) if folder else None,
    )
    emit(core.to_dict(result), core.to_text(result), fmt)
    if result.rows:
        raise typer.Exit(int(ExitCode.REVIEW))


def history(fmt: FormatOption = Format.TEXT) -> None:
    """List every list at hand with its publication date, digest, source and what changed, and every check made."""
    from cmic_screen.reference import words
    from cmic_screen.reference.store import checks, kept, load_snapshot
    from cmic_screen.settings import load_settings

    home = load_settings().home
    at_hand, log = kept(home), checks(home)
    in_force = load_snapshot(None, home).digest
    lists = [
        words.head_dict(s) | {"in_force": s.digest == in_force, "changes": changes}
        for s, changes in zip(at_hand, words.changes_of(at_hand), strict=True)
    ]
    data = {"lists": lists, "checks": log}
    emit(data, words.history_text(at_hand, log, in_force), fmt)


def verify(fmt: FormatOption = Format.TEXT) -> None:
    """Compute the digests of every list at hand again; exit 21 where one does not agree."""
    from cmic_screen.errors import ExitCode
    from cmic_screen.reference.store import verify as run_verify
    from cmic_screen.settings import load_settings

    results = run_verify(load_settings().home)
    text = "\n".join(f"{'altered' if fault else 'ok     '}  {name}  {fault}".rstrip() for name, fault in results)
    emit([{"file": name, "ok": not fault, "fault": fault} for name, fault in results], text, fmt)
    if any(fault for _, fault in results):
        raise typer.Exit(int(ExitCode.LIST))


def export(
    restricted: Annotated[bool, typer.Option("--restricted", help="As a restricted list for an order system.")] = False,
    out: OUT = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="ISO day the phases are told for; default: today.")
    ] = None,
    list_: Annotated[str, typer.Option("--list", help=f"Which list: {WHICH}.")] = "",
    fmt: FormatOption = Format.TEXT,
) -> None:
    """Write every known identifier of every listed company as csv (or json), headed `not exhaustive`."""
    from cmic_screen import moment
    from cmic_screen.reference.snapshot import write_whole
    from cmic_screen.report.restricted import as_csv, restricted_rows

    if not restricted:
        raise UsageError("say what to export.", do="`cmic-screen list export --restricted` is the one there is.")
    snapshot, settings = _chosen(list_, as_of)
    found = restricted_rows(snapshot, settings.home, day(as_of, "--as-of") or moment.today())
    text = as_csv(found)
    if out is not None:
        write_whole(text, out)
        say(f"written: {out}")
    if fmt is Format.JSON:
        emit(found, text, fmt)
    elif out is None:
        typer.echo(text, nl=False)


def _chosen(stated: str, as_of: str | None) -> tuple[Any, Any]:
    """The list to speak of, and the settings."""
    from cmic_screen import moment
    from cmic_screen.reference.store import choose
    from cmic_screen.settings import load_settings

    settings = load_settings({"list": stated or None})
    on = day(as_of, "--as-of") or moment.today()
    return choose(settings.text("list"), settings.home, on), settings


def _waiting(what: str) -> AbstractContextManager[object]:
    """A spinner on a terminal; nothing where output is piped or `--quiet`."""
    if quiet() or not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console

    return Console(stderr=True).status(f"{what} …")
