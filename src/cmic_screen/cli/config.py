"""`config show`: each setting as it applies, and where its value came from."""

from __future__ import annotations

import typer

from cmic_screen.cli.common import Format, FormatOption, emit


def register(app: typer.Typer) -> None:
    """Add the command group to the program."""
    group = typer.Typer(help="What applies, and where each value came from.", no_args_is_help=True)
    group.command("show", epilog="Example: cmic-screen config show --format json")(show)
    app.add_typer(group, name="config")


def show(fmt: FormatOption = Format.TEXT) -> None:
    """Print every setting with its value and origin: flag, variable, file or default."""
    from cmic_screen.settings import KNOWN, load_settings, strangers

    settings = load_settings()
    ignored = strangers()
    rows = [
        {"name": s.name, "value": s.value, "origin": s.origin, "meaning": KNOWN[s.name].meaning}
        for s in settings.by_name.values()
    ]
    home = str(settings.home)
    text = "\n".join(f"{r['name']:<20} {r['value']!s:<24} {r['origin']:<28} {r['meaning']}" for r in rows)
    text += f"\n\nfolder in use: {home}"
    text += f"\nno setting, and ignored: {', '.join(ignored)}" if ignored else ""
    emit({"settings": rows, "home": home, "ignored": list(ignored)}, text, fmt)
