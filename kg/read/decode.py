"""Bytes to text: Unicode with or without a mark, a declared charset, Windows-1252; what isn't text is refused."""

from __future__ import annotations

import codecs
import re

from kg.errors import ReadError

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SIGNATURES = (
    (b"%PDF-", "a PDF", "turn it into text first, e.g. with pdftotext"),
    (b"PK\x03\x04", "a ZIP or Office file", "save the article as text or HTML"),
    (b"\xd0\xcf\x11\xe0", "an old Office file", "save the article as text or HTML"),
    (b"\x1f\x8b", "gzip-compressed", "unpack it first"),
    (b"BZh", "bzip2-compressed", "unpack it first"),
    (b"\xfd7zXZ", "xz-compressed", "unpack it first"),
    (b"\x89PNG", "an image", "give the article as text or HTML"),
    (b"\xff\xd8\xff", "an image", "give the article as text or HTML"),
    (b"GIF8", "an image", "give the article as text or HTML"),
    (b"{\\rtf", "an RTF file", "save the article as text or HTML"),
)
CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\x0b\x0c\x1b")
# What the web calls by these names is Windows-1252 (WHATWG Encoding, section 4.2).
WEB_LATIN = frozenset({"iso8859-1", "ascii", "cp1252"})
MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def decode(raw: bytes, *, where: str, declared: str = "") -> str:
    """The text that `raw` encodes, without a byte order mark.

    Tried in turn: a byte order mark, UTF-8, UTF-16 without a mark, the `declared` charset, Windows-1252 for mostly
    ASCII text, and what charset-normalizer finds. UTF-8 stands before the declaration because text that decodes as
    UTF-8 nearly always is, while pages often declare a charset that they don't use.

    Raises ReadError where `raw` is empty, binary or of no known encoding.
    """
    if not raw.strip():
        raise ReadError("the file is empty", where=where, remedy="give it some text or leave it out")
    for signature, what, remedy in SIGNATURES:
        if raw.startswith(signature):
            raise ReadError(f"this is {what}, not text", where=where, remedy=remedy)
    for mark, encoding in MARKS:
        if raw.startswith(mark):
            return _marked(raw[len(mark) :], encoding, where=where)
    if (wide := _wide(raw)) is not None:
        return wide
    if sum(raw.count(code) for code in CONTROLS) * 100 > len(raw) or b"\0" in raw:
        raise ReadError("binary, not text", where=where, remedy="give text, HTML or JSON Lines")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return _older(raw, error, where=where, declared=declared)


def _marked(raw: bytes, encoding: str, *, where: str) -> str:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        problem = f"marked as {encoding.upper()}, but broken at byte {error.start}"
        raise ReadError(problem, where=where, remedy="save it again as UTF-8") from None
    if not text.strip():
        raise ReadError("the file is empty", where=where, remedy="give it some text or leave it out")
    return text


def _wide(raw: bytes) -> str | None:
    """UTF-16 text that lacks its mark: nearly every other byte is zero."""
    if len(raw) % 2 or len(raw) < 8:
        return None
    for odd, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if raw[odd::2].count(0) * 10 >= len(raw) // 2 * 9 and raw[1 - odd :: 2].count(0) == 0:
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                return None
    return None


def _older(raw: bytes, error: UnicodeDecodeError, *, where: str, declared: str) -> str:
    if declared and (text := _declared(raw, declared)) is not None:
        return text
    # Several whole UTF-8 characters do not come about by chance: the file is UTF-8 with damage.
    if len(MULTIBYTE.findall(raw)) > 2:
        line = raw.count(b"\n", 0, error.start) + 1
        problem = f"mostly UTF-8, but byte {error.start} in line {line} is not"
        raise ReadError(problem, where=where, remedy="save it again as UTF-8")
    high = sum(byte > 127 for byte in raw)
    if high * 8 < len(raw):
        try:
            return raw.decode("cp1252")
        except UnicodeDecodeError:
            pass
    from charset_normalizer import from_bytes

    best = from_bytes(raw).best()
    if best is None:
        raise ReadError("neither UTF-8 nor any encoding known", where=where, remedy="save it as UTF-8")
    return str(best)


def _declared(raw: bytes, charset: str) -> str | None:
    try:
        name = codecs.lookup(charset).name
        return raw.decode("cp1252" if name in WEB_LATIN else name)
    except (LookupError, UnicodeDecodeError, ValueError):
        return None
