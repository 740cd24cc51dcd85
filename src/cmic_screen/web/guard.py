"""The gate before the page, as ASGI middleware: host, origin, visitor, size, pace, headers; it sees every byte first.

Against: DNS rebinding (Host), other sites' forms (Origin), uploads by strangers, floods and trickles (size and pauses
while streaming, pains C3), framing, caching on a shared desk, scripts from anywhere (Content-Security-Policy without
inline script), and faults whose text would carry a client's name into a log.
"""

from __future__ import annotations

import asyncio
import json
import logging
import traceback
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from starlette.exceptions import HTTPException

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_log = logging.getLogger(__name__)

LARGE: Final = frozenset({"/upload", "/api/screen"})
"""Where a body of `Guard.limit` bytes may go; a form anywhere else is bounded by `FORM`."""
FORM: Final = 2_000_000
LOGIN: Final = 10_000
"""Bytes of the one form that a stranger may send."""
PAUSE: Final = 30.0
"""Seconds without a byte after which an upload is given up."""
POLICY = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    b"form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY),
    (b"x-frame-options", b"DENY"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),  # with no-referrer a browser sends our own forms with Origin: null
    (b"cache-control", b"no-store"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)  # fmt: skip


@dataclass(slots=True)
class Guard:
    """Wraps the app. `hosts` are the Host header values served (name:port), `limit` the bytes of an upload; `knows`
    says of a request whether it comes from somebody let in, by its headers alone.
    """

    app: Callable[[Message, Receive, Send], Awaitable[None]]
    hosts: frozenset[str]
    limit: int
    knows: Callable[[Message], bool]

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Let a request through, or answer 400, 401, 403, 408 or 413 in plain words."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {k.lower(): v.decode("latin-1") for k, v in scope["headers"]}
        most = self._most(scope["path"])
        refusal = self._refusal(scope, headers, most)
        if refusal:
            await _plain(send, scope["path"], *refusal)
            return
        counted, more, begun = 0, True, False

        async def count() -> Message:
            nonlocal counted, more
            if not more:  # the body is whole: what comes now is the end of the connection, whenever that is
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), PAUSE)
            except TimeoutError as error:
                raise HTTPException(408, "The upload stopped coming, so it was given up. Try again.") from error
            counted += len(message.get("body", b""))
            more = bool(message.get("more_body"))
            if counted > most:
                raise HTTPException(413, self.words(most))
            return message

        async def harden(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                kept = [(k, v) for k, v in message["headers"] if k.lower() not in {h for h, _ in HEADERS}]
                message = {**message, "headers": [*kept, *HEADERS]}
            await send(message)

        try:
            await self.app(scope, count, harden)
        except Exception as error:  # noqa: BLE001 - its text may name a client, and a server prints what it is handed
            steps = traceback.extract_tb(error.__traceback__)[-3:]
            places = "; ".join(f"{Path(s.filename).name}:{s.lineno}" for s in steps)
            _log.error("fault in a page: %s at %s", type(error).__name__, places)
            if not begun:
                await _plain(send, scope["path"], 500, "A fault in the program. Nothing was decided; please report it.")

    def words(self, most: int) -> str:
        """What a person is told of a request that is too large."""
        size = f"{most // 1_000_000} MB" if most >= 1_000_000 else f"{most // 1000} KB"
        return f"The upload is larger than {size}, the limit of this page. Use the command line for larger files."

    def _most(self, path: str) -> int:
        """The bytes that may be sent there."""
        return LOGIN if path == "/login" else self.limit if path in LARGE else min(FORM, self.limit)

    def _refusal(self, scope: Message, headers: Mapping[bytes, str], most: int) -> tuple[int, str] | None:
        method, path = scope["method"], scope["path"]
        host = headers.get(b"host", "")
        if host not in self.hosts:
            return 400, "This page answers only under the address that was printed when it started."
        origin = headers.get(b"origin", "")
        if method not in {"GET", "HEAD"} and origin and origin not in {f"http://{h}" for h in self.hosts}:
            return 403, "Refused: the request comes from another site."
        if method not in {"GET", "HEAD"} and path != "/login" and not self.knows(scope):
            return 401, "Open the address that was printed when the page was started; it holds your token."
        length = headers.get(b"content-length", "")
        if length.isdecimal() and int(length) > most:
            return 413, self.words(most)
        return None


_PAGE: Final = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Refused · cmic-screen</title><link rel="stylesheet" href="/static/app.css"></head>
<body><main><h1>Not done</h1><div class="error" role="alert"><p>{text}</p></div>
<p><a class="button quiet" href="/">Back to the start</a></p></main></body></html>
"""


async def _plain(send: Send, path: str, status: int, text: str) -> None:
    """A refusal in our own words, for a person or a program: hardened headers, nothing of the request repeated."""
    program = path.startswith("/api")
    body = (json.dumps({"error": text}) if program else _PAGE.format(text=text)).encode()
    kind = b"application/json" if program else b"text/html; charset=utf-8"
    head = [(b"content-type", kind), (b"content-length", str(len(body)).encode()), *HEADERS]
    await send({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": body})
