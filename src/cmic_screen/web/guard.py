"""The gate before the page, as ASGI middleware: host, origin, size, headers; it sees every byte before the app does.

Against: DNS rebinding (Host), other sites' forms (Origin), floods (size counted while streaming, pains C3), framing,
caching on a shared desk, and scripts from anywhere (Content-Security-Policy without inline script).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

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
    """Wraps the app. `hosts` are the Host header values served (name:port), `limit` the bytes of a request body."""

    app: Callable[[Message, Receive, Send], Awaitable[None]]
    hosts: frozenset[str]
    limit: int

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Let a request through, or answer 400, 403 or 413 in plain words."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {k.lower(): v.decode("latin-1") for k, v in scope["headers"]}
        refusal = self._refusal(scope["method"], headers)
        if refusal:
            await _plain(send, *refusal)
            return
        counted = 0

        async def count() -> Message:
            nonlocal counted
            message = await receive()
            counted += len(message.get("body", b""))
            if counted > self.limit:
                raise HTTPException(413, self.words())
            return message

        async def harden(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [(k, v) for k, v in message["headers"] if k.lower() not in {h for h, _ in HEADERS}]
                message = {**message, "headers": [*kept, *HEADERS]}
            await send(message)

        await self.app(scope, count, harden)

    def words(self) -> str:
        """What a person is told of a request that is too large."""
        size = self.limit // 1_000_000
        return f"The upload is larger than {size} MB, the limit of this page. Use the command line for larger files."

    def _refusal(self, method: str, headers: dict[bytes, str]) -> tuple[int, str] | None:
        host = headers.get(b"host", "")
        if host not in self.hosts:
            return 400, "This page answers only under the address that was printed when it started."
        origin = headers.get(b"origin", "")
        if method not in {"GET", "HEAD"} and origin and origin not in {f"http://{h}" for h in self.hosts}:
            return 403, "Refused: the request comes from another site."
        length = headers.get(b"content-length", "")
        if length.isdigit() and int(length) > self.limit:
            return 413, self.words()
        return None


async def _plain(send: Send, status: int, text: str) -> None:
    """A refusal: plain text, hardened headers, nothing of the request repeated."""
    body = f"{text}\n".encode()
    head = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode()), *HEADERS]
    await send({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": body})
