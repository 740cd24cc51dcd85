"""The scheduler's own lines: quoted so that a path with a space or a percent sign stays one word."""

from __future__ import annotations

import configparser
from pathlib import PurePosixPath

from cmic_screen.history import schedule

CONFIG = PurePosixPath("/home/ana/my books/100%.toml")


def test_the_crontab_line():
    text = schedule.cron(["/opt/cmic screen"], CONFIG, {"CMIC_HOME": "/data"})
    assert text.splitlines()[1:] == [
        "CMIC_HOME=/data",
        "15 6 4 * * '/opt/cmic screen' monthly '/home/ana/my books/100\\%.toml'",
    ]


def test_the_systemd_units():
    text = schedule.systemd(["/opt/cmic-screen"], CONFIG, "advisory", {"CMIC_HOME": "/my data"})
    service, timer = text.split("# ~/.config/systemd/user/cmic-screen-advisory.timer")
    units = [configparser.ConfigParser(strict=True, interpolation=None) for _ in range(2)]
    for parser, unit in zip(units, (service, timer), strict=True):
        parser.optionxform = str
        parser.read_string(unit)
    assert units[0]["Service"]["ExecStart"] == '/opt/cmic-screen monthly "/home/ana/my books/100%%.toml"'
    assert units[0]["Service"]["Environment"] == '"CMIC_HOME=/my data"'
    assert units[0]["Service"]["SuccessExitStatus"] == "10 11 12"
    assert units[1]["Timer"]["OnCalendar"] == "*-*-04 06:15:00"
    assert units[1]["Timer"]["Persistent"] == "true"


def test_a_program_of_several_words_stays_several_words():
    python = ["/opt/my venv/bin/python", "-m", "cmic_screen"]
    assert "'/opt/my venv/bin/python' -m cmic_screen monthly" in schedule.cron(python, CONFIG, {})
    assert '"/opt/my venv/bin/python" -m cmic_screen monthly' in schedule.systemd(python, CONFIG, "advisory", {})
