"""Tablewright makes datasets from documents: every row anchored to the characters that say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Tables", "__version__", "load"]

if TYPE_CHECKING:
    from tablewright.loading import Tables, load


def __getattr__(name: str) -> Any:
    # pandas comes with `load`; a bare `import tablewright` (the command line's `--help`) must not pay for it.
    if name in ("Tables", "load"):
        from tablewright import loading

        return getattr(loading, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
