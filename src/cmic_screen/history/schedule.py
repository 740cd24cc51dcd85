"""The lines that make the system run a month by itself: a crontab line, or a systemd service with its timer; text only.

There is no daemon: what runs is the system's own scheduler (crontab(5), systemd.timer(5)). The fourth day of a month
leaves custodians time; who needs another edits the line.
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_CRON = """# cmic-screen: once a month, on the {day}th at {hour:02d}:15 (crontab -e)
{environment}{minute} {hour} {day} * * {command}
"""
_SYSTEMD = """# ~/.config/systemd/user/cmic-screen-{job}.service
[Unit]
Description=NS-CMIC screening of {job}

[Service]
Type=oneshot
{environment}ExecStart={command}
UMask=0077
# 10, 11 and 12 are verdicts, not failures; the heartbeat file holds the code.
SuccessExitStatus=10 11 12

# ~/.config/systemd/user/cmic-screen-{job}.timer
[Unit]
Description=Monthly NS-CMIC screening of {job}

[Timer]
OnCalendar=*-*-{day:02d} {hour:02d}:15:00
Persistent=true

[Install]
WantedBy=timers.target

# systemctl --user enable --now cmic-screen-{job}.timer
"""
_DAY, _HOUR, _MINUTE = 4, 6, 15


def cron(program: Sequence[str], config: Path, environment: Mapping[str, str]) -> str:
    """A crontab line. A percent sign ends a crontab command, so it is escaped; `environment` goes in front."""
    lines = "".join(f"{name}={value}\n" for name, value in sorted(environment.items()))
    command = shlex.join([*program, "monthly", str(config)]).replace("%", r"\%")
    return _CRON.format(minute=_MINUTE, hour=_HOUR, day=_DAY, command=command, environment=lines)


def systemd(program: Sequence[str], config: Path, job: str, environment: Mapping[str, str]) -> str:
    """A service and its timer, to be saved as two files. Percent signs are doubled, as systemd wants."""
    lines = "".join(f"Environment={_quoted(f'{name}={value}')}\n" for name, value in sorted(environment.items()))
    command = " ".join(_quoted(part) for part in (*program, "monthly", str(config)))
    return _SYSTEMD.format(hour=_HOUR, day=_DAY, command=command, job=job, environment=lines)


def _quoted(text: str) -> str:
    escaped = text.replace("%", "%%").replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"' if any(c in text for c in " \t\"'\\") else escaped
