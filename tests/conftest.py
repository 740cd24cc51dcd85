"""What every test may ask for; it imports the program only where tests run, not in the process that deals them out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cmic_screen.model import ListSnapshot, MasterRow
    from cmic_screen.resolve import Resolver

ROOT = Path(__file__).resolve().parent.parent

# No deadline: the first example may read law and list, and a machine may be busy; neither is a fault of what is tested.
settings.register_profile("whole", deadline=None, derandomize=True, database=None)
settings.register_profile("quick", deadline=None, max_examples=25)


def pytest_configure(config: pytest.Config) -> None:
    """Properties are tried on the same examples at each whole run, so that an auditor's rerun says what ours said.

    Where a developer reruns what is not slow (`make quick`) it is a quarter as many, drawn anew each time.
    """
    settings.load_profile("quick" if "not slow" in config.option.markexpr else "whole")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The team's shared data (CMIC_SHARED); the test is reported as not run where it is missing."""
    folder = Path(os.environ.get("CMIC_SHARED", ROOT.parent / "shared")).resolve()
    if not (folder / "data").is_dir():
        pytest.skip(f"CMIC_SHARED: no data in {folder}")
    return folder / "data"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A CMIC_HOME of this test's own, so that no test sees the user's list or ledger."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("CMIC_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def resolver() -> Resolver:
    """One resolver of the shipped list and master for all tests that ask it something."""
    from cmic_screen.reference import embedded_snapshot
    from cmic_screen.reference.securities import load_master
    from cmic_screen.resolve import Resolver

    return Resolver(embedded_snapshot(), load_master().rows)


@pytest.fixture(scope="session", autouse=True)
def _resolvers_at_hand() -> Iterator[None]:
    """What names are searched in is built once for all tests that screen with one list, as in a serving process.

    Building it takes longer than screening a small book. That the answer is the same without it is what
    tests/web/test_at_hand.py shows; its own resolvers, and those a test builds by name, are not these.
    """
    from cmic_screen import impact, screening
    from cmic_screen.athand import Resolvers
    from cmic_screen.reference.securities import Master

    kept = Resolvers()

    def at_hand(snapshot: ListSnapshot, rows: tuple[MasterRow, ...]) -> Resolver:
        return kept.of(snapshot, Master(rows, ""))

    with pytest.MonkeyPatch.context() as patch:
        for user in (screening, impact):
            patch.setattr(user, "Resolver", at_hand)
        yield
