"""Whether a PDF may be read in this process: PDFium cannot be stopped, and a small file may hold days of work.

Fast, and for every file: streams that are neither pictures nor fonts are unpacked within bounds, and what they call is
counted. A file with more work in it than honest ones have, or with streams that cannot be judged, is read apart.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

_DICTIONARY = 600
"""Bytes before a stream in which its dictionary starts."""
_FONT = re.compile(rb"/Length[123]\b|/Type1C\b|/CIDFontType0C\b|/OpenType\b|/XRef\b")
_FILTER = re.compile(rb"/Filter\s*(\[[^\]]*\]|/\w+)")
_FLATE = re.compile(rb"\[?\s*/(?:FlateDecode|Fl)\s*\]?")
_DO = re.compile(rb"Do(?<=\sDo)\b")
_MAX_UNPACKED = 16_000_000
"""Bytes of one stream; a page of a newspaper has 500,000."""
_MAX_TOTAL = 300_000_000
"""Bytes of all streams."""
_NO_BOMB = 64_000
"""Bytes that are packed: they unpack to a thousand times as many at most."""
_MAX_FONT = 5 * _NO_BOMB
_MAX_NESTED = 4
"""Forms that call other forms; a logo in a frame in a figure has two."""
_MAX_CALLS = 2_000
"""Forms that a stream calls."""


def is_safe(data: bytes) -> bool:
    """Whether PDFium can read `data` in time and memory that are in proportion to its size."""
    if b"/Encrypt" in data:
        return False
    streams = []
    for place in _streams(data):
        before = data[max(place - _DICTIONARY, 0) : place]
        before = before[before.rfind(b" obj") + 1 :]
        if b"/Image" in before:
            continue
        packed = _FILTER.search(before)
        if packed and not _FLATE.fullmatch(packed[1]):
            return False
        start = place + (8 if data[place + 6 : place + 8] == b"\r\n" else 7)
        end = data.find(b"endstream", start)
        end = end if end > 0 else len(data)
        if not (_FONT.search(before) and end - start < _MAX_FONT):
            streams.append((start, end, packed is not None, b"/Form" in before))
    forms = any(form for *_, form in streams)
    if not forms and sum(end - start for start, end, packed, _ in streams if packed) < _NO_BOMB:
        return True
    return _is_little_work(data, streams)


def _streams(data: bytes) -> Iterator[int]:
    """Where the word "stream" stands that starts one."""
    place = data.find(b"stream")
    while place >= 0:
        if data[place - 3 : place] != b"end":
            yield place
        place = data.find(b"stream", place + 6)


def _is_little_work(data: bytes, streams: list[tuple[int, int, bool, bool]]) -> bool:
    total = nested = 0
    for start, end, packed, form in streams:
        unpacked = _unpack(data[start:end]) if packed else data[start:end]
        if unpacked is None or len(unpacked) > _MAX_UNPACKED:
            return False
        total += len(unpacked)
        calls = len(_DO.findall(unpacked))
        nested += calls > 0 and form
        if calls > _MAX_CALLS or nested > _MAX_NESTED or total > _MAX_TOTAL:
            return False
    return True


def _unpack(raw: bytes) -> bytes | None:
    try:
        return zlib.decompressobj().decompress(raw, _MAX_UNPACKED + 1)
    except zlib.error:
        return None
