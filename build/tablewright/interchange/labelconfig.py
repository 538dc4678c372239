"""The labelling configuration of Label Studio that fits the tables: a label for each, and of each label its columns.

Tags and their parameters: Label Studio's documentation of `Labels`, `Choices`, `TextArea`, `Relations` and `Text`
(which says that spaces are trimmed unless the style keeps them).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree import ElementTree

from tablewright.decisioncells import Layout
from tablewright.interchange.intake import Wrong

TEXT = "text"
"""The tag that shows the text, and the key of `data` that holds it."""
LABELS = "label"
_PART = "__"
_COLOURS = ("#7fb3d5", "#f5b041", "#82c99b", "#c39bd3", "#e59866", "#a3b4bd")


@dataclass(frozen=True, slots=True)
class Control:
    """What asks for a column of a region; `choices` are its codes, empty where anything may be written."""

    table: str
    field: str
    title: str
    description: str
    choices: tuple[str, ...]
    required: bool

    @property
    def name(self) -> str:
        """The control's name, which results give as `from_name`."""
        return control(self.table, self.field)


def control(table: str, field: str) -> str:
    """The name of the control for a table's column."""
    return f"{table}{_PART}{field}"


def read_control(name: str) -> tuple[str, str]:
    """The table and the column of a control. Raises `Wrong`."""
    table, part, field = name.partition(_PART)
    if not part:
        raise Wrong(f"the control {name!r} is not of the configuration that was sent", "use that of `review export`")
    return table, field


def controls(layout: Layout) -> list[Control]:
    """The controls for a table's rows: one for each column that a person approves, besides the row's own words."""
    found = [
        Control(
            layout.table,
            field.name,
            field.title,
            field.description,
            ("true", "false") if field.type == "boolean" else field.values,
            field.required,
        )
        for field in layout.values
        if field.name != layout.text
    ]
    what = "Ids of the actors, joined by semicolons."
    return found + [Control(layout.table, role, role.capitalize(), what, (), False) for role in layout.roles]


def label_config(layouts: Iterable[Layout]) -> str:
    """The configuration as XML, to be pasted into a project's "Labeling Interface"."""
    tables = list(layouts)
    view = ElementTree.Element("View")
    ElementTree.SubElement(view, "Style").text = ".htx-text { white-space: pre-wrap; }"
    labels = ElementTree.SubElement(view, "Labels", name=LABELS, toName=TEXT)
    for number, layout in enumerate(tables):
        colour = _COLOURS[number % len(_COLOURS)]
        ElementTree.SubElement(labels, "Label", value=layout.table, background=colour, hint=layout.schema.title)
    ElementTree.SubElement(view, "Text", name=TEXT, value=f"${TEXT}", granularity="symbol")
    if any(layout.roles for layout in tables):
        relations = ElementTree.SubElement(view, "Relations")
        for role in dict.fromkeys(role for layout in tables for role in layout.roles):
            ElementTree.SubElement(relations, "Relation", value=role)
    for layout in tables:
        part = ElementTree.SubElement(
            view, "View", visibleWhen="region-selected", whenTagName=LABELS, whenLabelValue=layout.table
        )
        for each in controls(layout):
            _ask(part, each)
    ElementTree.indent(view)
    return ElementTree.tostring(view, encoding="unicode") + "\n"


def _ask(view: ElementTree.Element, asked: Control) -> None:
    needed = " (needed)" if asked.required else ""
    ElementTree.SubElement(view, "Header", value=f"{asked.title}{needed}", size="5")
    about = {"name": asked.name, "toName": TEXT, "perRegion": "true", "whenTagName": LABELS}
    about["whenLabelValue"] = asked.table
    if not asked.choices:
        ElementTree.SubElement(view, "TextArea", about, maxSubmissions="1", editable="true", rows="1")
        return
    choices = ElementTree.SubElement(view, "Choices", about, choice="single", showInline="true")
    for value in asked.choices:
        ElementTree.SubElement(choices, "Choice", value=value)
