"""Row ids and slugs: derived from what a row is about, never from a running number over the dataset."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_NOT_SLUG = re.compile(r"[^a-z0-9]+")
# Letters that NFKD does not take apart.
_PLAIN = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "’": "", "'": ""}
)


def slug(text: str) -> str:
    """`text` in lower case ASCII with hyphens: "Côte d'Ivoire" gives "cote-divoire"; "" if nothing is left."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_PLAIN))
    return _NOT_SLUG.sub("-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-")


class RowIds:
    """Gives the ids of one document's rows of one table.

    An id is the document's, a letter for the table and ten hex digits of the hash of the row's wording (the sentence,
    the words) and its order among rows with equal wording. So adding a document, or a paragraph elsewhere, changes no
    other row's id.
    """

    def __init__(self, document_id: str, letter: str) -> None:
        self._stem = f"{document_id}-{letter}"
        self._seen: dict[str, int] = {}

    def next(self, *wording: str) -> str:
        """The id of the next row, in the order of the text, that is about `wording`."""
        key = "\x1f".join(wording)
        order = self._seen[key] = self._seen.get(key, 0) + 1
        digest = hashlib.sha256(f"{self._stem}\x1f{key}\x1f{order}".encode()).hexdigest()
        return f"{self._stem}{digest[:10]}"
