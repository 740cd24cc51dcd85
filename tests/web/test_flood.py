"""More connections than the page takes: the next one is told to come back, and once they are gone it is answered."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

from cmic_screen.cli.serve import CONNECTIONS

pytestmark = pytest.mark.slow


@pytest.fixture
def served(home):
    command = [sys.executable, "-m", "cmic_screen", "serve", "--port", "0"]
    env = {**os.environ, "CMIC_HOME": str(home)}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=quiet, text=True, env=env) as process:
        address = re.search(r":(\d+)/\?token=(\S+)", process.stdout.readline())
        yield int(address[1]), address[2]
        process.terminate()
        process.wait(30)


def ask(port, token):
    request = urllib.request.Request(f"http://127.0.0.1:{port}/api/list", headers={"Authorization": f"Bearer {token}"})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as refused:
        return refused.code


def test_idle_connections_do_not_use_the_machine_up(served):
    assert ask(*served) == 200
    held = [socket.create_connection(("127.0.0.1", served[0])) for _ in range(CONNECTIONS)]
    for one in held:
        one.sendall(b"GET / HTTP/1.1\r\n")
    assert ask(*served) == 503
    for one in held:
        one.shutdown(socket.SHUT_WR)
        while one.recv(4096):  # until the server has closed it too
            pass
        one.close()
    assert ask(*served) == 200
