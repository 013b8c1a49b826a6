"""Addresses as streams, asked for politely: robots.txt and the host's pace are kept, and nothing is sent twice."""

from __future__ import annotations

import io
import ipaddress
import socket
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import httpx

from kg.errors import ReadError
from kg.read import files
from kg.read.document import Web
from kg.read.fetched import Fetched
from kg.read.manners import PRODUCT, manners
from kg.web.asking import PATIENCE, TIMEOUT, Busy, Patience, agent, busy

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

HOPS = 10
LONGEST = 4 << 30
"""Bytes of one answer, unpacked."""

GRACE, SLOWEST = 60.0, 1000.0
"""Seconds after which an answer must have brought so many bytes a second."""

ROBOTS = 512 * 1024
"""Bytes of a robots.txt that are read (RFC 9309, 2.5)."""

KINDS = {
    "text/html": ".html", "application/xhtml+xml": ".html", "application/rss+xml": ".rss", "text/csv": ".csv",
    "application/atom+xml": ".atom", "application/rdf+xml": ".rss", "application/xml": ".xml", "text/xml": ".xml",
    "text/tab-separated-values": ".tsv", "application/x-ndjson": ".jsonl", "application/jsonl": ".jsonl",
    "application/warc": ".warc",
}  # fmt: skip
"""The suffix of a file that has a media type."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address gave: where it was in the end, its bytes, the suffix of files that hold such, its charset."""

    url: str
    stream: BinaryIO
    kind: str
    charset: str


class Fetcher:
    """Fetches what one source needs. Every method raises ReadError, with the address."""

    def __init__(self, web: Web, source: str) -> None:
        self._home = _host(source)
        self._manners, self._patience = manners(web.pace), Patience()
        headers = {"User-Agent": agent(web.contact)}
        self._client = httpx.Client(headers=headers, timeout=TIMEOUT)
        self.fetched = Fetched(web.cache, source)

    def close(self) -> None:
        self._client.close()
        self.fetched.close()

    @contextmanager
    def opened(self, url: str) -> Iterator[Answer | None]:
        """What is at the address, to be read within the block; None where it is as it was when it was fetched last."""
        place, response = self._found(urldefrag(url).url)
        with closing(response):
            if response.status_code == httpx.codes.NOT_MODIFIED:
                yield None
                return
            if not response.is_success:
                problem = f"answers {response.status_code} {response.reason_phrase}".strip()
                raise ReadError(problem, where=url, remedy="check the address")
            stream = io.BufferedReader(_Body(response, url), files.HEAD * 4)
            declared = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
            kind = _kind(place, declared, stream.peek(files.HEAD))
            yield Answer(place, stream, kind, response.charset_encoding or "")
            self.fetched.note(place, response)

    def _found(self, url: str) -> tuple[str, httpx.Response]:
        """Where all redirections end, and the answer there."""
        place = url
        for _ in range(HOPS):
            try:
                response = self._patience(self._asked, place)
            except Busy as error:
                raise ReadError(str(error), where=place, remedy="try again later") from error
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise ReadError(f"can't be asked for: {error}", where=place, remedy="check the address") from error
            if not response.has_redirect_location:
                return place, response
            response.close()
            place = urldefrag(urljoin(place, response.headers["Location"])).url
        raise ReadError("leads on and on to other addresses", where=url, remedy="give the last one")

    def _asked(self, url: str) -> httpx.Response:
        """The answer of one address."""
        self._check(url)
        rules = self._manners.rules(url, self._robots)
        if not rules.can_fetch(url, PRODUCT):
            raise ReadError("the site's robots.txt asks programs to leave it alone", where=url, remedy="ask the site")
        if (delay := self._manners.delay(rules)) > PATIENCE:
            problem = f"the site's robots.txt asks for {delay:,g} seconds between requests"
            raise ReadError(problem, where=url, remedy="ask the site")
        self._manners.wait(url, delay)
        return self._sent(url, self.fetched.validators(url))

    def _sent(self, url: str, headers: dict[str, str]) -> httpx.Response:
        try:
            response = self._client.send(self._client.build_request("GET", url, headers=headers), stream=True)
        except httpx.TransportError as error:
            raise Busy(f"does not answer: {str(error) or type(error).__name__}") from error
        finally:
            self._manners.answered(url)
        if trouble := busy(response):
            response.close()
            raise trouble
        return response

    def _robots(self, url: str) -> str:
        """The text of a robots.txt; '' where there is none."""
        for _ in range(HOPS // 2):
            self._check(url)
            self._manners.wait(url)
            try:
                response = self._sent(url, {})
            except Busy as error:
                raise Busy(f"has a robots.txt that {error}", error.after) from error
            with closing(response):
                if not response.has_redirect_location:
                    body = io.BufferedReader(_Body(response, url)) if response.is_success else io.BytesIO()
                    return body.read(ROBOTS).decode("utf-8", "replace")
            url = urljoin(url, response.headers["Location"])
        return ""

    def _check(self, url: str) -> None:
        """Nothing for an address of the web that this source may lead to."""
        try:
            parts = urlsplit(url)
            usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            usable = False
        if not usable or "@" in parts.netloc or not url.isprintable() or " " in url:
            raise ReadError("no http or https address", where=url, remedy="give one, without a name or password")
        if parts.hostname == self._home:
            return
        # A site must not send us to what only this machine can reach.
        try:
            found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
        except OSError:  # a proxy may know the name, else asking will tell
            return
        if not all(ipaddress.ip_address(str(where[0]).partition("%")[0]).is_global for *_, where in found):
            raise ReadError("a site leads to a private address", where=url, remedy="give that address itself")


def _host(source: str) -> str | None:
    try:
        return urlsplit(source).hostname
    except ValueError:
        return None


class _Body(io.RawIOBase):
    """An answer as a stream. Reading raises ReadError where it breaks off, has no end or comes too slowly."""

    def __init__(self, response: httpx.Response, where: str) -> None:
        self._parts, self._where = response.iter_bytes(), where
        self._rest, self._size, self._begun = b"", 0, time.monotonic()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        # Enough at a time for the first part to tell what it is.
        while len(self._rest) < files.HEAD and (part := self._next()):
            self._rest += part
        room = memoryview(buffer).cast("B")
        taken, self._rest = self._rest[: len(room)], self._rest[len(room) :]
        room[: len(taken)] = taken
        return len(taken)

    def _next(self) -> bytes:
        """Some more bytes; none at the end."""
        try:
            part = next(filter(None, self._parts), b"")
        except httpx.HTTPError as error:
            raise ReadError(f"breaks off: {error}", where=self._where, remedy="try again later") from error
        self._size += len(part)
        if self._size > LONGEST:
            raise ReadError(f"longer than {LONGEST:,} bytes", where=self._where, remedy="fetch it yourself")
        if (seconds := time.monotonic() - self._begun) > GRACE and self._size < seconds * SLOWEST:
            raise ReadError("comes too slowly", where=self._where, remedy="try again later")
        return part


def _kind(url: str, declared: str, head: bytes) -> str:
    """The suffix of files that hold what an address gave: servers call feeds pages, and files anything."""
    by_type = KINDS.get(declared, "")
    if by_type == ".html":
        return ".xml" if files.looks(head) == ".xml" else ".html"
    return files.kind(PurePosixPath(unquote(urlsplit(url).path))) or by_type
