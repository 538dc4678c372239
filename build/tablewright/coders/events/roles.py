"""Who takes part in an act, as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Roles:
    """Who acts and at, with or for whom; `counterpart` whether the text names the other side, be it as a class."""

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    counterpart: bool = False
