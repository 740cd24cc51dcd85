"""`programme show` and `programme confirm`: the law as used, and a person's word that the emergency is in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cmic_screen.cli.common import Format, FormatOption, day, emit, say

if TYPE_CHECKING:
    from datetime import date

    from cmic_screen.confirmations import Confirmation
    from cmic_screen.programme import Programme

UNTIL = Annotated[str, typer.Option("--until", help="ISO day through which it is confirmed; a year at most.")]
SOURCE = Annotated[str, typer.Option("--source", help="Where it says so: address or Federal Register citation.")]
BY = Annotated[str, typer.Option("--by", help="Name of the person who confirms.")]


def register(app: typer.Typer) -> None:
    """Add the command group to the program."""
    group = typer.Typer(help="The law as used: version, clocks, confirmation, rulings.", no_args_is_help=True)
    group.command("show", epilog="Example: cmic-screen programme show --format json")(show)
    group.command(
        "confirm",
        epilog="Example: cmic-screen programme confirm --until 2027-11-12 --source "
        '"Notice of 5 November 2026, 91 FR 00000" --by "Ana Example"',
    )(confirm)
    app.add_typer(group, name="programme")


def show(fmt: FormatOption = Format.TEXT) -> None:
    """Print the programme's version, its confirmation as of today in New York, its clocks, and every ruling."""
    from cmic_screen import moment
    from cmic_screen.confirmations import confirmations
    from cmic_screen.programme import load_programme
    from cmic_screen.settings import load_settings

    home = load_settings().home
    data = _data(load_programme(home), confirmations(home), moment.today())
    emit(data, _text(data), fmt)


def confirm(until: UNTIL, source: SOURCE, by: BY, fmt: FormatOption = Format.TEXT) -> None:
    """Record that the national emergency is confirmed in force; earlier confirmations stay on record."""
    from cmic_screen import moment
    from cmic_screen.confirmations import Confirmation, record_confirmation
    from cmic_screen.errors import UsageError
    from cmic_screen.programme import load_programme
    from cmic_screen.settings import load_settings

    end = day(until, "--until")
    home = load_settings().home
    law = load_programme(home)
    limit = law.limits["confirmation_max_days"]
    if end is None or (end - moment.today()).days > limit:
        raise UsageError(
            f"{until} is more than {limit} days ahead.", where="--until",
            why="The emergency lapses on its anniversary unless it is continued (50 U.S.C. 1622(d)).",
            do="Give the day through which the notice continues it.",
        )  # fmt: skip
    if end < law.confirmed_through:
        raise UsageError(
            f"the emergency is confirmed through {law.confirmed_through} already.", where="--until",
            why=f"A confirmation through {until} would change nothing.",
            do="Give the day through which the latest notice continues it.",
        )  # fmt: skip
    path = record_confirmation(home, Confirmation(until=end, source=source, by=by, on=moment.stamp()))
    say(f"Kept as {path}")
    through = end.isoformat()
    emit({"confirmed_through": through, "file": str(path)}, f"Confirmed in force through {through}.", fmt)


def _data(law: Programme, recorded: tuple[Confirmation, ...], today: date) -> dict[str, Any]:
    """The programme as JSON prints it."""
    state = law.state_on(today)
    return {
        "version": state.version, "sha256": state.sha256, "scope": law.scope, "today": today.isoformat(),
        "in_force_confirmed": state.in_force, "confirmed_through": state.confirmed_through.isoformat(),
        "source": state.source, "qualification": law.unconfirmed(today),
        "model_start": law.model_start.isoformat(), "zone": law.zone.key, "hour": law.hour.isoformat(),
        "assumptions": [law.raw["clocks"]["holdings_assumption"], law.raw["clocks"]["trade_assumption"]],
        "confirmations": [
            {"until": c.until.isoformat(), "source": c.source, "by": c.by, "on": c.on} for c in recorded
        ],
        "rulings": [
            {
                "action": a.value, "phase": p.value, "ruling": c.ruling.value, "authority": c.authority,
                "citations": list(c.citations), "note": c.note,
            }
            for (a, p), c in law.table.items()
        ],
    }  # fmt: skip


def _text(data: dict[str, Any]) -> str:
    """The same for a person: state first, then one line a ruling."""
    head = [
        f"Programme {data['version']} (SHA-256 {data['sha256']})",
        data["scope"],
        f"Confirmed in force through {data['confirmed_through']}: {data['source']}",
        data["qualification"],
        f"Clocks: {data['hour']} {data['zone']}; nothing before {data['model_start']} is modelled.",
        *data["assumptions"],
    ]
    kept = [
        f"Confirmation through {c['until']} by {c['by']} on {c['on']}: {c['source']}" for c in data["confirmations"]
    ]
    rulings = [
        f"{r['action']:<24} {r['phase']:<14} {r['ruling']:<28} {r['authority']:<8} {'; '.join(r['citations'])}"
        for r in data["rulings"]
    ]
    return "\n".join([line for line in (*head, *kept) if line] + ["", *rulings])
