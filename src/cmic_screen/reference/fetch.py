"""Downloads one list file whole, or fails saying why; it knows hosts, redirects and limits, and nothing of lists.

Only named hosts are followed, over https (plain http only on this machine or when asked for by hand); a proxy in the
environment is honoured; what stalls, breaks off or answers with an error is tried again, then refused.
OFAC's service answers with a redirect to time-limited storage, so both hosts are named.
"""

from __future__ import annotations

import re
import time
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

import urllib3
from urllib3.exceptions import HTTPError

from cmic_screen import __version__
from cmic_screen.errors import ListError
from cmic_screen.reference.container import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Sequence

OFAC_URLS = (
    "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/CONS_ENHANCED.XML",
    "https://sanctionslistservice.ofac.treas.gov/api/download/CONS_ENHANCED.XML",
    "https://sanctionslist.ofac.treas.gov/api/download/CONS_ENHANCED.XML",
)
OFAC_HOSTS = (
    "sanctionslistservice.ofac.treas.gov",
    "sanctionslist.ofac.treas.gov",
    "wc2h-sls-prod-public-published.s3.us-gov-west-1.amazonaws.com",
    "www.treasury.gov",
    "ofac.treasury.gov",
)
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_AGAIN = frozenset({429, 500, 502, 503, 504})
_CHUNK = 1 << 16
_UNSAFE = re.compile(r"[^\w.-]")


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRules:
    """How a download is done. `seconds` is the longest wait for a connection and for the next bytes, `total_seconds`
    for the whole file, all attempts together; `pause` the first wait in seconds before trying again, doubled each time.
    """

    hosts: tuple[str, ...] = OFAC_HOSTS
    attempts: int = 3
    seconds: float = 15.0
    total_seconds: float = 300.0
    pause: float = 1.0
    max_redirects: int = 5
    max_bytes: int = MAX_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A file as it came. `name` is the last part of the address asked for; `url` the one asked for, without query."""

    url: str
    name: str
    data: bytes


def fetch_first(urls: Sequence[str], rules: FetchRules) -> Fetched:
    """The file from the first address that gives it whole. ListError that names what went wrong at each of them."""
    faults: list[str] = []
    for url in urls:
        try:
            return fetch(url, rules)
        except ListError as error:
            faults.append(error.message)
    raise ListError(
        "the list could not be downloaded. " + " / ".join(faults),
        do="Check the network and the proxy, or carry the file in by hand: `cmic-screen list update --from FILE`.",
    )


def fetch(url: str, rules: FetchRules) -> Fetched:
    """One address, tried `attempts` times. ListError where it does not give the whole file."""
    shown = without_secrets(url)
    host = urlsplit(shown).hostname
    if not host:
        raise ListError("the address names no host.", where=shown, do="Give an https address or a file.")
    hosts = {*rules.hosts, host}
    fault, attempt = "", 0
    end = time.monotonic() + rules.total_seconds
    while attempt < rules.attempts and time.monotonic() < end:
        if attempt:
            time.sleep(rules.pause * 2 ** (attempt - 1))
        attempt += 1
        try:
            data = _follow(url, rules, hosts, end)
        except _TryAgainError as error:
            fault = str(error)
        else:
            return Fetched(url=shown, name=file_name(url), data=data)
    raise ListError(f"{fault} ({attempt} attempt{'s' if attempt > 1 else ''}).", where=shown)


def file_name(url: str) -> str:
    """A name for the file of an address: its last part, without anything that could lead out of a folder."""
    return _UNSAFE.sub("_", unquote(urlsplit(url).path).rpartition("/")[2]).strip(".") or "list"


class _TryAgainError(Exception):
    """Something that may pass: a stall, a break, a server's error."""


def _follow(url: str, rules: FetchRules, hosts: set[str], end: float) -> bytes:
    for _ in range(rules.max_redirects + 1):
        _check_address(url, hosts)
        response = _open(url, rules)
        try:
            if response.status in _REDIRECTS:
                target = urljoin(url, response.headers.get("Location", ""))
                if urlsplit(url).scheme == "https" and urlsplit(target).scheme != "https":
                    raise ListError("redirects from https to an open connection.", where=without_secrets(url))
                url = target
                continue
            if response.status in _AGAIN:
                raise _TryAgainError(f"the server answered {response.status}")
            if response.status != 200:
                raise ListError(f"the server answered {response.status}.", where=without_secrets(url))
            return _body(response, rules, end, url)
        finally:
            response.close()
    raise ListError(f"more than {rules.max_redirects} redirects.", where=without_secrets(url))


def _check_address(url: str, hosts: set[str]) -> None:
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme not in {"https", "http"} or (parts.scheme == "http" and host not in _LOOPBACK):
        raise ListError(
            f"{parts.scheme or 'no'} address; a list is fetched over https only.", where=without_secrets(url),
            why="A list that can be altered on its way may lack a company.",
            do="Give an https address, or download the file and use `--from FILE`.",
        )  # fmt: skip
    if host not in hosts:
        raise ListError(
            f"leads to {host}, which is not a host the list may come from.",
            where=without_secrets(url),
            do=f"If it is right, allow it: `--allow-host {host}`, or set list_hosts.",
        )


def _open(url: str, rules: FetchRules) -> urllib3.BaseHTTPResponse:
    timeout = urllib3.Timeout(connect=rules.seconds, read=rules.seconds)
    login = _login(url)
    headers = {"User-Agent": f"cmic-screen/{__version__}", "Accept-Encoding": "identity"}
    headers |= urllib3.make_headers(basic_auth=login) if login else {}
    try:
        return _manager(url).request(
            "GET", url, headers=headers, timeout=timeout, retries=False, redirect=False, preload_content=False
        )
    except HTTPError as error:
        raise _TryAgainError(_words(error)) from error


def _manager(url: str) -> urllib3.PoolManager:
    parts = urlsplit(url)
    proxy = urllib.request.getproxies().get(parts.scheme, "")
    if not proxy or urllib.request.proxy_bypass(parts.netloc):
        return urllib3.PoolManager()
    there = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
    address = f"{there.scheme}://{there.netloc.rpartition('@')[2]}"
    return urllib3.ProxyManager(address, proxy_headers=urllib3.make_headers(proxy_basic_auth=_login(there.geturl())))


def _login(url: str) -> str | None:
    """`user:password` of an address that has them."""
    parts = urlsplit(url)
    return f"{unquote(parts.username)}:{unquote(parts.password or '')}" if parts.username else None


def _body(response: urllib3.BaseHTTPResponse, rules: FetchRules, end: float, url: str) -> bytes:
    data = bytearray()
    try:
        while chunk := response.read1(_CHUNK):  # what is there now: a server that drips must not hold us in one read
            data += chunk
            if len(data) > rules.max_bytes:
                raise ListError(f"sends more than {rules.max_bytes} bytes.", where=without_secrets(url))
            if time.monotonic() > end:
                raise _TryAgainError(f"not done within {rules.total_seconds:g} seconds")
    except HTTPError as error:
        raise _TryAgainError(f"broke off after {len(data)} bytes: {_words(error)}") from error
    if not data:
        raise _TryAgainError("the server sent an empty file")
    return bytes(data)


def _words(error: HTTPError) -> str:
    name = type(error).__name__
    if "Timeout" in name:
        return "no answer in time"
    if "IncompleteRead" in str(error):
        return "the file is shorter than announced"
    return f"no connection ({name})"


def without_secrets(url: str) -> str:
    """An address without user, password and query: those can hold secrets."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "an address that cannot be read"
    return f"{parts.scheme}://{parts.hostname or ''}{port}{parts.path}"
