"""One HTML file with all that it needs: style, scripts, charts and data. Nothing is loaded, and nothing can be.

The policy in its head allows the scripts and the style by their hashes and nothing else; data is JSON that no browser
executes. The same values give the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from functools import cache
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

from tablewright.files import dumps
from tablewright.reportmark import BUILT

_MAIN = "report.js"
_STYLES = ("theme.css", "report.css")
_IMPORT = re.compile(r"^import (\{[^}]*\}) from \"\./([\w.-]+)\";$", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) (\w+))", re.MULTILINE)


def make_page(index: dict[str, Any], documents: Iterable[dict[str, Any]], specs: dict[str, Any]) -> bytes:
    """The page that shows `index` and, each when it is asked for, `documents`; `specs` are its charts."""
    style = "\n".join(_asset(name) for name in _STYLES)
    renderer, program = _renderer(), _program()
    told = "\n".join(_data(f"document-{at}", each) for at, each in enumerate(documents))
    page = Template(_asset("report.html")).substitute(
        policy=_policy([renderer, program], [style]),
        built=escape(index["built"]),
        meta=BUILT,
        title=escape(index["title"]),
        style=style,
        renderer=renderer,
        program=program,
        data="\n".join((_data("index", index), _data("charts", specs), told)),
    )
    return page.encode()


@cache
def _asset(name: str) -> str:
    return (files("tablewright") / "pages" / name).read_text(encoding="utf-8")


@cache
def _renderer() -> str:
    """Vega with Vega-Lite, once for all charts."""
    import vl_convert

    bundle: str = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
    return bundle.replace("</script", r"<\/script")


def _program() -> str:
    """The page's modules as one, each in a scope of its own and after those that it imports."""
    modules: dict[str, str] = {}

    def add(name: str) -> None:
        text = _asset(name)
        for _, imported in _IMPORT.findall(text):
            if imported not in modules:
                add(imported)
        modules[name] = _module(name, text)

    add(_MAIN)
    return "const modules = {};\n" + "".join(modules.values())


def _module(name: str, text: str) -> str:
    exports = ", ".join(_EXPORT.findall(text))
    body = _EXPORT.sub("", _IMPORT.sub(lambda found: f'const {found[1]} = modules["{found[2]}"];', text))
    return f'modules["{name}"] = (() => {{\n{body}return {{ {exports} }};\n}})();\n'


def _policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    def allowed(texts: Iterable[str]) -> str:
        return " ".join(
            f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in texts
        )

    parts = (
        "default-src 'none'",
        f"script-src {allowed(scripts)}",
        f"style-src {allowed(styles)}",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return "; ".join(parts)


def _data(name: str, value: Any) -> str:
    # "<" is all that could end the element or begin a comment in it.
    text = dumps(value).replace("<", "\\u003c")
    return f'<script type="application/json" id="{name}">{text}</script>'
