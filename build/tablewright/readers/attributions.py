"""Lines under a quotation that say whose it is: "— Mélanie Joly, Minister of Foreign Affairs"."""

from __future__ import annotations

from tablewright.readers.names import is_name
from tablewright.readers.pieces import PROSE, Piece
from tablewright.readers.prose import ends_with_stop, one_line

_DASHES = "—–―-"
_CLOSING = "”\"»“’'"
_LONGEST = 20
"""Words; a name with a long office and its country."""


def is_attribution(piece: Piece, above: Piece | None, below: Piece | None) -> bool:
    """Whether a piece names the speaker of the quotation that ends the piece `above`.

    A dash opens it; a list item, whose dash the markup has taken, stands alone and begins with a person's name.
    """
    if above is None or above.markup not in PROSE or piece.markup not in PROSE:
        return False
    text = one_line(piece.text)
    if not text or text.count(" ") >= _LONGEST or one_line(above.text).rstrip(" *_")[-1:] not in set(_CLOSING):
        return False
    if text[0] in _DASHES:
        words = text.strip("—–―- ")
        return words[:1].isupper() and not ends_with_stop(text)
    if piece.markup != "list_item" or above.markup == "list_item" or (below and below.markup == "list_item"):
        return False
    return is_name(text.split(",")[0])
