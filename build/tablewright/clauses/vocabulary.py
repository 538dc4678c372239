"""Lists of words that more than one module needs, and how such a list is written."""

from __future__ import annotations


def words(listed: str) -> frozenset[str]:
    """The words of a line, parted by spaces: a list that stays readable in code."""
    return frozenset(listed.split())


GATHERINGS = words(
    "summit meeting conference talk session dialogue forum assembly congress ceremony gathering election poll vote "
    "referendum hearing exercise visit trip tour launch anniversary round deadline expiry tournament runoff ballot "
    "inauguration"
)
"""What people meet for: it is spoken of before it happens, and dates what is done at it."""
