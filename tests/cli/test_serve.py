"""Where the page may be bound: never open to others without a password, never under every name at once."""

from __future__ import annotations

import socket

import pytest
from typer.testing import CliRunner

from cmic_screen.cli import serve
from cmic_screen.errors import UsageError


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1"])
def test_this_machines_own_address_needs_no_password(host):
    assert str(serve.own_address(host, guarded=False)) == host


@pytest.mark.parametrize("host", ["192.0.2.7", "10.0.0.1", "0.0.0.0", "::", "2001:db8::1"])
def test_an_address_that_others_reach_needs_one(host):
    with pytest.raises(UsageError, match="is not this machine's own address") as caught:
        serve.own_address(host, guarded=False)
    assert "CMIC_PAGE_PASSWORD" in caught.value.do


def test_with_a_password_one_named_address_is_bound_and_no_wildcard():
    assert str(serve.own_address("192.0.2.7", guarded=True)) == "192.0.2.7"
    for host in ("0.0.0.0", "::"):
        with pytest.raises(UsageError, match="stands for every address"):
            serve.own_address(host, guarded=True)


@pytest.mark.parametrize("host", ["localhost", "", "example.com", "127.0.0.1:80"])
def test_a_name_is_no_address(host):
    with pytest.raises(UsageError, match="is no IP address"):
        serve.own_address(host, guarded=True)


def test_a_port_that_is_taken_is_said():
    with socket.socket() as first, socket.socket() as second:
        serve.listen(first, "127.0.0.1", 0)
        port = first.getsockname()[1]
        with pytest.raises(UsageError, match=f"port {port} is taken"):
            serve.listen(second, "127.0.0.1", port)


def test_the_command_refuses_before_it_listens(monkeypatch):
    from cmic_screen.cli import app

    monkeypatch.delenv("CMIC_PAGE_PASSWORD", raising=False)
    monkeypatch.setattr(serve, "listen", lambda *_: pytest.fail("it listened"))
    left = CliRunner().invoke(app, ["serve", "--host", "0.0.0.0", "--port", "0"])
    assert isinstance(left.exception, UsageError)
    assert left.exception.exit_code == 2
