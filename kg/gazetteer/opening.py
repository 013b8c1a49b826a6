"""Files of open data as they are distributed, packed or not, read line by line."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import lzma
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from kg.errors import GazetteerError

CHUNK = 1 << 20
SAMPLE = 4 << 20
"""Bytes of a packed file that are unpacked to see how much it grows."""

WHOLE = 1 << 30
"""Bytes up to which a file is hashed whole; of a larger one the two ends are."""

END = 16 << 20
_MAGIC: dict[bytes, Callable[..., object]] = {b"\x1f\x8b": gzip.open, b"BZh": bz2.open, b"\xfd7zXZ\x00": lzma.open}
_ZIP = b"PK\x03\x04"
_DAMAGED = (EOFError, gzip.BadGzipFile, lzma.LZMAError, zlib.error, zipfile.BadZipFile, OSError)
_BESIDE = ("readme", "iso-languagecodes")
"""How the names of files begin that GeoNames packs beside the table itself."""

OnBad = Callable[[str], None]
"""Is told of what can't be used in a source: "file:line: problem"."""


class Line(NamedTuple):
    """A line without its end: its number from 1, the unpacked bytes up to its end, and what it says."""

    number: int
    end: int
    text: bytes


def lines(path: Path, *, start: int = 0) -> Iterator[Line]:
    """The lines that begin at `start` unpacked bytes or behind it.

    A packed file is unpacked from its beginning again to come to `start`; no line before that is looked at.
    Raises GazetteerError for a file that can't be read or is cut off.
    """
    number, end = 0, 0
    with closing(opened(path)) as file:
        try:
            while end < start and (chunk := file.read(min(CHUNK, start - end))):
                end += len(chunk)
                number += chunk.count(b"\n")
            for text in file:
                number += 1
                end += len(text)
                yield Line(number, end, text.rstrip(b"\r\n"))
        except _DAMAGED as error:
            raise GazetteerError(
                f"the file is damaged or cut off: {error}", where=f"{path}:{number + 1}", remedy="fetch it again"
            ) from error


def opened(path: Path) -> BinaryIO:
    """The unpacked bytes of a plain, .gz, .bz2, .xz or .zip file, told by its content. Raises GazetteerError."""
    head = _head(path)
    if head.startswith(_ZIP):
        archive = _archive(path)
        return cast(BinaryIO, archive.open(_table(archive, path)))
    unpack = next((unpack for magic, unpack in _MAGIC.items() if head.startswith(magic)), None)
    return cast(BinaryIO, unpack(path, "rb")) if unpack else path.open("rb", buffering=CHUNK)


def size(path: Path) -> int | None:
    """The bytes of a file when unpacked: exact for plain and .zip files, else guessed from how its beginning grows."""
    head, packed = _head(path), path.stat().st_size
    if head.startswith(_ZIP):
        with _archive(path) as archive:
            return _table(archive, path).file_size
    with path.open("rb") as file:
        sample = file.read(SAMPLE)
    packing: zlib._Decompress | bz2.BZ2Decompressor | lzma.LZMADecompressor
    if head.startswith(b"\x1f\x8b"):
        packing = zlib.decompressobj(wbits=31)
    elif head.startswith(b"BZh"):
        packing = bz2.BZ2Decompressor()
    elif head.startswith(b"\xfd7zXZ\x00"):
        packing = lzma.LZMADecompressor()
    else:
        return packed
    try:
        grown = len(packing.decompress(sample))
    except _DAMAGED:
        return None
    # A file packed in several streams is one after the other to the decompressor.
    used = len(sample) - len(packing.unused_data)
    return grown * packed // used if used else None


def revision(path: Path) -> str:
    """What tells this file from its other versions: its digest, and the day it was written.

    The digest is of the whole file up to 1 GiB; of a larger one it is of its length and its first and last 16 MiB.
    """
    written = datetime.fromtimestamp(path.stat().st_mtime, UTC).date().isoformat()
    length = path.stat().st_size
    with path.open("rb") as file:
        if length <= WHOLE:
            digest = hashlib.file_digest(file, "sha256")
        else:
            digest = hashlib.sha256(str(length).encode() + file.read(END))
            file.seek(-END, os.SEEK_END)
            digest.update(file.read())
    return f"{digest.hexdigest()[:12]} of {written}"


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(6)
    except OSError as error:
        problem = error.strerror or str(error)
        raise GazetteerError(problem, where=str(path), remedy="give a file that can be read") from error


def _archive(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise GazetteerError(f"the archive is damaged: {error}", where=str(path), remedy="fetch it again") from error


def _table(archive: zipfile.ZipFile, path: Path) -> zipfile.ZipInfo:
    members = [
        member for member in archive.infolist()
        if not member.is_dir() and not Path(member.filename).name.lower().startswith(_BESIDE)
    ]  # fmt: skip
    if len(members) != 1:
        found = ", ".join(member.filename for member in members) or "none"
        raise GazetteerError(
            f"the archive should hold one table; it holds {found}",
            where=str(path),
            remedy="unpack it, give the file",
        )
    return members[0]
