"""Packed bytes as a stream of what they pack: gzip, bzip2, xz and zstandard, told by how they begin.

However much a file grows, no more of it is in memory than is asked for.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, BinaryIO, Protocol

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

CHUNK = 1 << 16
SUFFIXES = (".gz", ".bz2", ".xz", ".zst")
_CLOSED = (EOFError, zlib.error, lzma.LZMAError)
"""What the modules raise, besides OSError, for bytes that are damaged or break off."""


class Damaged(Exception):
    """Packed bytes break off or are not what they should be. What was read before that is right."""


class Unpacker(Protocol):
    """A file of one of the modules that unpack."""

    def read1(self, size: int, /) -> bytes: ...


def _zstandard(stream: BinaryIO) -> BinaryIO:
    from backports.zstd import ZstdError, ZstdFile  # the module of Python 3.14; it notices where a file breaks off

    return io.BufferedReader(_Unpacking(ZstdFile(stream), (*_CLOSED, ZstdError)), CHUNK)


def _with(unpack: Callable[[BinaryIO], Unpacker]) -> Callable[[BinaryIO], BinaryIO]:
    return lambda stream: io.BufferedReader(_Unpacking(unpack(stream), _CLOSED), CHUNK)


FORMATS: Mapping[bytes, Callable[[BinaryIO], BinaryIO]] = {
    b"\x1f\x8b": _with(lambda stream: gzip.GzipFile(fileobj=stream)),
    b"BZh": _with(bz2.BZ2File),
    b"\xfd7zXZ\x00": _with(lzma.LZMAFile),
    b"\x28\xb5\x2f\xfd": _zstandard,
}
"""How what begins with these bytes is unpacked."""


def is_packed(head: bytes) -> bool:
    """Whether a stream that begins with `head` is packed."""
    return head.startswith(tuple(FORMATS))


def unpacked(stream: BinaryIO, head: bytes) -> BinaryIO:
    """What the stream packs, or itself where `head`, its first bytes, is not of a packed one.

    Reading from it raises Damaged. Raises ModuleNotFoundError for zstandard without `backports.zstd`.
    """
    unpack = next((unpack for magic, unpack in FORMATS.items() if head.startswith(magic)), None)
    return unpack(stream) if unpack else stream


class _Unpacking(io.RawIOBase):
    """A file of one of the modules, whose many errors become one. The stream that it reads from stays open."""

    def __init__(self, file: Unpacker, closed: tuple[type[Exception], ...]) -> None:
        self._file, self._closed = file, closed

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        room = memoryview(buffer).cast("B")
        try:
            part = self._file.read1(len(room))
        except self._closed as error:
            raise Damaged(str(error)) from error
        except OSError as error:
            if error.errno is not None:  # the disk's, not the module's
                raise
            raise Damaged(str(error)) from error
        room[: len(part)] = part
        return len(part)
