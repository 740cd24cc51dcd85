"""Who may talk to the page: tokens drawn at start, sessions, CSRF; it authenticates a browser, never a person.

A token stands in the printed address, is exchanged for an HttpOnly, SameSite=Strict cookie, and serves the API as a
Bearer (interfaces §5). Comparisons are constant-time. Sessions live in memory and end with the process.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field

COOKIE = "cmic_session"
SESSIONS = 200
"""Sessions at one time; the oldest ends when one more is opened."""
FIELD = "csrf"


@dataclass(slots=True, kw_only=True)
class Visitor:
    """A browser session or an API caller: the reviewer its token was printed for ("" for the adviser's own).

    `named` is the name a person typed last, for the next form; it proves nothing and is used for nothing else.
    """

    reviewer: str
    session: str
    csrf: str
    named: str = ""

    def call(self, name: str) -> None:
        """Remember a name that was typed, where one was."""
        self.named = name.strip()[:80] or self.named


@dataclass(slots=True)
class Access:
    """The tokens of a server run: one for the adviser, one for each named reviewer."""

    tokens: dict[str, str]
    password: str = ""
    cookie: str = COOKIE
    _sessions: dict[str, Visitor] = field(default_factory=dict)

    @classmethod
    def drawn(cls, reviewers: tuple[str, ...] = (), *, password: str = "", port: int = 0) -> Access:
        """Fresh tokens: `tokens[name]`, the adviser's under "". `password` is asked for besides, where one is set.

        The cookie is named by the port: browsers hand cookies to every port of a machine, and two pages must not end
        each other's sessions.
        """
        tokens = {name: secrets.token_urlsafe(24) for name in ("", *dict.fromkeys(reviewers))}
        return cls(tokens, password, f"{COOKIE}_{port}" if port else COOKIE)

    def password_holds(self, given: str) -> bool:
        """Whether the password is right, or none is set."""
        return hmac.compare_digest(self.password.encode(), given.encode())

    def holder(self, token: str) -> str | None:
        """Whose token it is; None where it is nobody's. Looks at every token, whatever matches."""
        found = [name for name, known in self.tokens.items() if hmac.compare_digest(known.encode(), token.encode())]
        return found[0] if found else None

    def open_session(self, reviewer: str) -> Visitor:
        """A new session for the holder of a token."""
        visitor = Visitor(reviewer=reviewer, session=secrets.token_urlsafe(24), csrf=secrets.token_urlsafe(24))
        self._sessions[visitor.session] = visitor
        while len(self._sessions) > SESSIONS:
            self.close_session(next(iter(self._sessions)))
        return visitor

    def close_session(self, session: str) -> None:
        """End a session; nothing where it has ended already."""
        self._sessions.pop(session, None)

    def visitor(self, cookie: str, bearer: str) -> Visitor | None:
        """Who a request comes from, by cookie or Bearer token; None where neither is good."""
        if bearer:
            holder = self.holder(bearer)
            return None if holder is None else Visitor(reviewer=holder, session=f"bearer:{holder}", csrf="")
        return self._sessions.get(cookie)


def csrf_holds(visitor: Visitor, given: str) -> bool:
    """Whether a change carries its session's CSRF token; a Bearer needs none, since no browser adds it by itself."""
    return not visitor.csrf or hmac.compare_digest(visitor.csrf.encode(), given.encode())
