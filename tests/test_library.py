"""The four functions as the README shows them."""

from datetime import date
from pathlib import Path

import cmic_screen

SAMPLE = Path(__file__).resolve().parent.parent / "samples" / "second_custodian.csv"


def test_read_load_screen_write(home, tmp_path):
    from cmic_screen import load_list, read_holdings, screen, write_report

    intake = read_holdings(SAMPLE)
    run = screen(intake, load_list(), as_of=date(2026, 11, 20), run_id="L1")
    assert run.totals.prohibited == 3
    assert not run.compliance_record
    written = write_report(run, tmp_path / "report.xlsx")
    assert written.path.read_bytes()[:2] == b"PK"
    assert read_holdings([str(SAMPLE)]).inputs == intake.inputs


def test_the_package_names_what_it_has():
    assert set(cmic_screen.__all__) == {"__version__", "load_list", "read_holdings", "screen", "write_report"}
    assert not hasattr(cmic_screen, "no_such_thing")
