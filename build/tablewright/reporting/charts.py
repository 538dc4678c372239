"""The report's charts: what each looks like, in altair. The page fills in the rows that its filters leave.

Colours are the page's own (CSS variables), so that a chart follows it into the dark and onto paper; what a colour
tells, a place, a shape or a word tells too. What people settled is filled, what the machine alone says is hollow with
a broken outline. Times come as milliseconds in UTC: a time zone must not move a day.
"""

from __future__ import annotations

from functools import cache
from typing import Any

QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
_BY = ("people", "machine")
# Vega measures text by it, so it must be a real list and the one of theme.css.
_FONT = 'system-ui, "Segoe UI", "Helvetica Neue", Arial, "Noto Sans", sans-serif'
_STATES = ("machine", "confirmed", "amended", "added", "rejected")
# 7,100,000,000 is "7.1 bn" to readers, not "7.1G".
_SUMS = "replace(replace(replace(replace(format(datum.value, '~s'), 'T', ' tn'), 'G', ' bn'), 'M', ' m'), 'k', ' k')"


@cache
def chart_specs() -> dict[str, dict[str, Any]]:
    """The Vega-Lite specification of each chart, by name.

    The page puts the rows into `datasets` and sets heights.
    """
    charts = {
        "timeline": _timeline(),
        "matrix": _matrix(),
        "aid": _aid(),
        "speakers": _speakers(),
        "quoted": _quoted(),
        "coding": _coding(),
    }
    return {name: _themed(chart) for name, chart in charts.items()}


def _themed(chart: Any) -> dict[str, Any]:
    inks = {"labelColor": "var(--ink)", "titleColor": "var(--quiet)"}
    size = {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal"}
    lines = {"domainColor": "var(--rule)", "tickColor": "var(--rule)", "gridColor": "var(--rule)"}
    themed = chart.configure(
        aria=False,
        background="transparent",
        axis={**inks, **size, **lines, "labelLimit": 230, "labelPadding": 6, "gridOpacity": 0.55},
        view={"stroke": "transparent"},
        text={"color": "var(--ink)", "fontSize": 12},
        font=_FONT,
    )
    spec: dict[str, Any] = themed.to_dict()
    # An address that the page has no use for.
    del spec["$schema"]
    return spec


def _on(data: str) -> Any:
    import altair as alt

    return alt.Chart(alt.NamedData(name=data))


def _quad_scale() -> Any:
    import altair as alt

    return alt.Scale(domain=list(QUADS), range=[f"var(--{name})" for name in QUADS])


def _filled() -> dict[str, Any]:
    """The look that tells the machine's rows from people's."""
    import altair as alt

    return {
        "fillOpacity": alt.ExprRef("datum.by == 'machine' ? datum.outline === 0 ? 0.4 : 0.12 : 0.9"),
        "strokeDash": alt.ExprRef("datum.by == 'machine' ? [3, 2] : [1, 0]"),
        "strokeWidth": 1,
        "cursor": "pointer",
    }


def _quad_colours() -> dict[str, Any]:
    import altair as alt

    return {
        "fill": alt.Fill("quad:N", scale=_quad_scale(), legend=None),
        "stroke": alt.Stroke("quad:N", scale=_quad_scale(), legend=None),
    }


def _timeline() -> Any:
    """Bars as long as the dates are wide, in a band for each precision."""
    import altair as alt

    span = alt.Scale(type="utc", nice=False, padding=8)
    # labelOverlap keeps years readable on a narrow page.
    axis = alt.Axis(title=None, orient="top", labelOverlap=True, tickCount=8)
    lanes = alt.Y("low:Q", scale=alt.Scale(reverse=True, nice=False, zero=True), axis=None)
    bars = (
        _on("bars")
        .mark_rect(**{**_filled(), "strokeWidth": alt.ExprRef("datum.outline")})
        .encode(x=alt.X("start:T", scale=span, axis=axis), x2="stop:T", y=lanes, y2="high:Q", **_quad_colours())
    )
    labels = (
        _on("labels")
        .mark_text(
            align=alt.ExprRef("datum.side"),
            baseline="middle",
            dx=alt.ExprRef("datum.side == 'left' ? 6 : -6"),
            limit=alt.ExprRef("datum.side == 'left' ? width - scale('x', datum.at) : scale('x', datum.at) - 8"),
            cursor="pointer",
        )
        .encode(x=alt.X("at:T", title=None), y=alt.Y("middle:Q", axis=None), text="label:N")
    )
    bands = (
        _on("bands")
        .mark_text(align="left", baseline="top", fontSize=11, fontWeight=600, color="var(--quiet)", dy=4)
        .encode(x=alt.value(0), y=alt.Y("low:Q", axis=None), text="label:N")
    )
    rules = (
        _on("bands")
        .mark_rule(color="var(--rule)")
        .encode(x=alt.value(0), x2=alt.value("width"), y=alt.Y("low:Q", axis=None))
    )
    return alt.layer(rules, bars, labels, bands).properties(width="container")


def _pairs(row: str, column: str, heads: tuple[str, str], more: dict[str, Any]) -> Any:
    """Squares as large as the number of rows for each pair of actors: the outline all rows, the filling people's."""
    import altair as alt

    axis: dict[str, Any] = {
        "grid": True,
        "ticks": False,
        "domain": False,
        "titlePadding": 10,
        "tickBand": "extent",
        "labelLimit": 170,
    }
    base = {
        "x": alt.X(f"{column}:N", sort=None, axis=alt.Axis(title=heads[1], orient="top", labelAngle=-50, **axis)),
        "y": alt.Y(f"{row}:N", sort=None, axis=alt.Axis(title=heads[0], **axis)),
        **more,
    }
    # A broken line around a very small square is a blot.
    broken = alt.ExprRef("datum.all / most * area > 80 ? [2, 2] : [1, 0]")
    only_machine = alt.ExprRef("datum.all == datum.people ? 0 : 1")
    largest = alt.Scale(domain=[0, alt.ExprRef("most")], range=[0, alt.ExprRef("area")])
    outline = (
        _on("pairs")
        .mark_square(fillOpacity=0.08, strokeWidth=1, strokeDash=broken, strokeOpacity=only_machine, cursor="pointer")
        .encode(size=alt.Size("all:Q", scale=largest, legend=None), **base)
    )
    filling = (
        _on("pairs")
        .mark_square(fillOpacity=0.9, strokeOpacity=0, cursor="pointer")
        .encode(size=alt.Size("people:Q", scale=largest, legend=None), **base)
    )
    layered = alt.layer(outline, filling)
    return layered.add_params(alt.param(name="most", value=1), alt.param(name="area", value=200))


def _matrix() -> Any:
    """Who acts with and against whom: the four classes in the four corners of each pair's cell."""
    import altair as alt

    corners = {
        "xOffset": alt.XOffset("kind:N", sort=["words", "deeds"], scale=alt.Scale(domain=["words", "deeds"])),
        "yOffset": alt.YOffset("mood:N", scale=alt.Scale(domain=["cooperation", "conflict"])),
    }
    chart = _pairs("source", "target", ("who acts", "with, for or against whom"), {**corners, **_quad_colours()})
    return chart.properties(width=alt.Step(30, **{"for": "position"}), height=alt.Step(30, **{"for": "position"}))


def _quoted() -> Any:
    """Whom speakers mention in the words that are quoted."""
    import altair as alt

    colour = {"fill": alt.value("var(--quotations)"), "stroke": alt.value("var(--quotations)")}
    chart = _pairs("speaker", "mentioned", ("who is quoted", "whom the quoted words mention"), colour)
    return chart.properties(width=alt.Step(26), height=alt.Step(26))


def _speakers() -> Any:
    """How often each speaker is quoted."""
    import altair as alt

    bars = (
        _on("speakers")
        .mark_bar(fill="var(--quotations)", stroke="var(--quotations)", height={"band": 0.7}, **_filled())
        .encode(
            x=alt.X("low:Q", axis=alt.Axis(title="quotations", tickMinStep=1, format="d", grid=True)),
            x2="high:Q",
            y=alt.Y("speaker:N", sort=None, axis=alt.Axis(title=None, ticks=False, domain=False)),
        )
    )
    return bars.properties(width="container", height=alt.Step(24))


def _aid() -> Any:
    """Each figure where its amount is, with what the text leaves open: an arrow up or down, a line over a range."""
    import altair as alt

    amount = alt.Scale(type="log", nice=True)
    axis = alt.Axis(title=None, orient="top", labelExpr=_SUMS, values=alt.ExprRef("ticks"), grid=True)
    row = alt.Y("row:N", sort=None, axis=alt.Axis(title=None, ticks=False, domain=False, labelLimit=260))
    colour = "var(--aid_figures)"
    ranges = (
        _on("figures")
        .mark_rule(color=colour, strokeWidth=3)
        .encode(x=alt.X("low:Q", scale=amount, axis=axis), x2="high:Q", y=row)
    )
    arrows = (
        _on("arrows")
        .mark_text(color=colour, fontSize=15, baseline="middle", align="center")
        .encode(x=alt.X("at:Q", title=None), y=row, text="arrow:N")
    )
    points = (
        _on("figures")
        .mark_circle(size=90, stroke=colour, fill=colour, **_filled())
        .encode(x=alt.X("amount:Q", title=None), y=row)
    )
    labels = (
        _on("labels")
        .mark_text(
            align=alt.ExprRef("datum.side"),
            baseline="middle",
            dx=alt.ExprRef("datum.side == 'left' ? 22 : -22"),
            cursor="pointer",
        )
        .encode(x=alt.X("at:Q", title=None), y=row, text="label:N")
    )
    chart = alt.layer(ranges, arrows, points, labels).properties(width="container", height=alt.Step(26))
    return chart.add_params(alt.param(name="ticks", value=[]))


def _coding() -> Any:
    """The share of each table's rows by how they came to be."""
    import altair as alt

    base = {"y": alt.Y("table:N", sort=None, axis=alt.Axis(title=None, ticks=False, domain=False))}
    states = list(_STATES)
    bars = (
        _on("shares")
        .mark_bar(
            stroke="var(--ink)",
            strokeWidth=1,
            strokeDash=alt.ExprRef("datum.state == 'machine' || datum.state == 'rejected' ? [3, 2] : [1, 0]"),
            height={"band": 0.75},
        )
        .encode(
            x=alt.X(
                "low:Q", axis=alt.Axis(title=None, format="%", grid=False, tickCount=5), scale=alt.Scale(domain=[0, 1])
            ),
            x2="high:Q",
            fill=alt.Fill("state:N", legend=None, scale=alt.Scale(domain=states, range=_FILLS)),
            **base,
        )
    )
    words = (
        _on("words")
        .mark_text(baseline="middle", fontSize=11)
        .encode(
            x="middle:Q",
            text="label:N",
            color=alt.Color("state:N", legend=None, scale=alt.Scale(domain=states, range=_INKS)),
            **base,
        )
    )
    return alt.layer(bars, words).resolve_scale(color="independent").properties(width="container", height=alt.Step(30))


_FILLS = ["transparent", "var(--settled)", "var(--amended)", "var(--added)", "transparent"]
_INKS = ["var(--ink)", "var(--paper)", "var(--paper)", "var(--ink)", "var(--quiet)"]
