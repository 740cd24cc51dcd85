"""The page in one process, as a browser's session or a program sees it; one server for all tests that only look."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from cmic_screen.settings import load_settings
from cmic_screen.web.access import Access
from cmic_screen.web.app import create_app

if TYPE_CHECKING:
    from pathlib import Path

    from cmic_screen.web.app import Desk

HOST = "127.0.0.1:8599"
BOOK = b"Name,ISIN,Quantity\nCHINA MOBILE LTD,HK0941009539,100\nNESTLE SA,CH0038863350,5\n"


@dataclass
class Page:
    client: TestClient
    access: Access
    home: Path
    desk: Desk

    def csrf(self) -> str:
        return re.search(r'name="csrf" value="([^"]+)"', self.client.get("/").text)[1]

    def bearer(self, name: str = "") -> dict[str, str]:
        return {"authorization": f"Bearer {self.access.tokens[name]}"}

    def visit(self, name: str = "") -> None:
        self.client.cookies.clear()
        assert self.client.get("/", params={"token": self.access.tokens[name]}).status_code == 200

    def upload(self, data: bytes = BOOK, name: str = "book.csv", **fields: str):
        form = {"csrf": self.csrf(), **fields}
        return self.client.post("/upload", data=form, files={"files": (name, data)})

    def screened(self, answer) -> str:
        """Start the screening of an upload that was just read, wait for its end, and give the run's id."""
        job = str(answer.url).split("/")[-2]
        csrf = self.csrf()
        self.client.post(f"/jobs/{job}/start", data={"csrf": csrf}, follow_redirects=False)
        assert self.desk.jobs.get(job).ended.wait(60)
        state = self.client.get(f"/jobs/{job}/state").json()
        assert state["state"] == "done", state
        return state["next"].rpartition("/")[2]


def serve(home: Path, **more):
    """A page of its own under `home`, as a context."""
    home.mkdir(mode=0o700, exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CMIC_HOME", str(home))
        settings = load_settings()
    access = Access.drawn(("ana", "bo"), **more)
    app = create_app(settings, access, frozenset({HOST}), limit=2_000_000)
    client = TestClient(app, base_url=f"http://{HOST}")
    return client, Page(client, access, home, app.app.state.desk)


@pytest.fixture
def serving():
    return serve


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    client, page = serve(tmp_path_factory.mktemp("page") / "home")
    with client:
        yield page


@pytest.fixture
def page(server):
    """The shared page, nobody logged in: for tests that neither count runs nor break anything."""
    server.client.cookies.clear()
    return server


@pytest.fixture
def fresh(tmp_path):
    """A page with an empty home of its own."""
    client, page = serve(tmp_path / "own")
    with client:
        yield page


@pytest.fixture(scope="session")
def sample_run(server) -> str:
    """The sample book, screened once."""
    server.visit("ana")
    answer = server.client.post("/sample", data={"csrf": server.csrf()})
    assert "What we read" in answer.text
    return server.screened(answer)
