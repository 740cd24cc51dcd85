"""The API under schemathesis: whatever is sent, the answer is one of those described, and never a fault of ours."""

from __future__ import annotations

import json

import pytest

schemathesis = pytest.importorskip("schemathesis")
from hypothesis import HealthCheck, Phase, given, settings  # noqa: E402 - after the check that schemathesis is there
from hypothesis import strategies as st  # noqa: E402

pytestmark = pytest.mark.slow  # whole commands or pages, one after the other

LOOK = [("GET", "/api/check"), ("GET", "/api/runs"), ("GET", "/api/runs/{run_id}"), ("GET", "/api/version")]
FEW = settings(
    max_examples=12, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@pytest.fixture(scope="module")
def described(server):
    """The API's own description, as schemathesis reads it."""
    answer = server.client.get("/api/openapi.json", headers=server.bearer())
    return schemathesis.openapi.from_dict(json.loads(answer.text))


@pytest.mark.parametrize(("method", "path"), LOOK)
def test_no_question_is_answered_with_a_fault(server, described, method, path):
    operation = described[path][method]

    @FEW
    @given(case=operation.as_strategy())
    def ask(case):
        sent = case.as_transport_kwargs(base_url="http://127.0.0.1:8599")
        answer = server.client.request(
            method, sent["url"], params=sent.get("params"),
            headers={k: v for k, v in (sent.get("headers") or {}).items() if k.isascii()} | server.bearer(),
        )  # fmt: skip
        assert answer.status_code < 500, (sent, answer.text)
        assert str(answer.status_code) in operation.definition.raw["responses"] or answer.status_code == 404, (
            answer.text
        )

    server.client.cookies.clear()
    ask()


def test_no_upload_is_answered_with_a_fault(server):
    @FEW
    @given(
        data=st.one_of(st.binary(max_size=400), st.text(max_size=200).map(str.encode)),
        name=st.text(st.characters(codec="utf-8", exclude_characters='\r\n"'), max_size=40),
        fields=st.dictionaries(
            st.sampled_from(["as_of", "kind", "run_id"]), st.text(st.characters(codec="utf-8"), max_size=20)
        ),
    )
    def send(data, name, fields):
        answer = server.client.post("/api/screen", files={"files": (name, data)}, data=fields, headers=server.bearer())
        assert answer.status_code in {200, 400, 413, 422}, (data, name, fields, answer.text)
        assert "Traceback" not in answer.text

    server.client.cookies.clear()
    send()
