"""Reads the contract as people write it: schemas/*.yaml, Table Schema (Frictionless, version 2) in YAML, a file a table.

Stricter than the standard, because a codebook has to say what its columns mean: titles, descriptions, an example and
a primary key are required, and a foreign key has to refer to a key. Keys of the standard that would promise
something the tool does not do are unknown here. One property is our own: `anchors` says which columns quote which
stretch of a document's canonical text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from tablewright import yamlfile
from tablewright.errors import SchemaError
from tablewright.schema import Anchor, Field, ForeignKey, TableSchema, in_order
from tablewright.schemafields import read_field
from tablewright.schemasource import Source
from tablewright.yamlfile import KeyPath, YamlFile

_TABLE_KEYS = ("name", "title", "description", "fields", "primaryKey", "foreignKeys", "anchors")


def builtin_schemas_folder() -> Path:
    """The folder of the eight schemas that come with the tool, which `tablewright init` copies.

    An installed package holds a copy; a checkout has them in its own schemas/.
    """
    here = Path(__file__).resolve().parent
    packaged = here / "schemas"
    return packaged if packaged.is_dir() else here.parents[1] / "schemas"


def load_schemas(folder: Path, *, shown_as: str = "schemas") -> dict[str, TableSchema]:
    """The schemas of the tables in `folder`, by name, every table after the tables that its foreign keys refer to.

    `shown_as` names the folder in messages. Raises `SchemaError` with file, line and remedy for the first thing
    that is wrong in a file or between files.
    """
    if not folder.is_dir():
        raise SchemaError(f"there is no folder {shown_as}/", remedy="run `tablewright init` for the built-in tables")
    for path in sorted(folder.glob("*.yml")):
        raise SchemaError("schemas end in .yaml", file=f"{shown_as}/{path.name}", remedy=f"call it {path.stem}.yaml")
    readers = [read(path, f"{shown_as}/{path.name}") for path in sorted(folder.glob("*.yaml"))]
    if not readers:
        raise SchemaError(
            f"there is no schema in {shown_as}/",
            file=shown_as,
            remedy="put one YAML file a table there, or copy the built-in ones with `tablewright init`",
        )
    schemas = {reader.schema.name: reader.schema for reader in readers}
    for reader in readers:
        reader.check_foreign_keys(schemas)
    return in_order(schemas)


def read(path: Path, shown_as: str) -> SchemaFile:
    """The schema file at `path`, which messages call `shown_as`. Raises `SchemaError`."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise SchemaError("not UTF-8 text", file=shown_as, remedy="save the file as UTF-8") from error
    except OSError as error:
        raise SchemaError(f"cannot be read: {error.strerror}", file=shown_as, remedy="make it readable") from error
    source = Source(shown_as, yamlfile.load(text, shown_as, SchemaError))
    schema = _table(source)
    if schema.name != path.stem:
        raise source.wrong(f"the table {schema.name} is in {path.name}", ("name",), f"call the file {schema.name}.yaml")
    return SchemaFile(schema, source)


def from_resource(resource: Mapping[str, object], file: str) -> TableSchema:
    """The schema in a resource of `file`, a datapackage.json that the tool has written. Raises `SchemaError`."""
    # The descriptor holds what the standard wants said and a schema file leaves unsaid.
    said = {key: resource[key] for key in ("name", "title", "description") if key in resource}
    schema = resource.get("schema")
    described = dict(schema) if isinstance(schema, dict) else {}
    for key in ("$schema", "missingValues"):
        described.pop(key, None)
    return _table(Source(file, YamlFile(said | described, {})))


@dataclass(frozen=True, slots=True)
class SchemaFile:
    """A schema and the lines that it stands in, for what can only be checked beside the other tables."""

    schema: TableSchema
    source: Source

    def check_foreign_keys(self, schemas: Mapping[str, TableSchema]) -> None:
        """Raises `SchemaError` for a foreign key to no table, to no column, or to columns that are no key."""
        for number, key in enumerate(self.schema.foreign_keys):
            message = self._foreign_key_problem(key, schemas)
            if message:
                raise self.source.wrong(
                    message, ("foreignKeys", number, "reference"), "refer to the primary key of a table in schemas/"
                )

    def _foreign_key_problem(self, key: ForeignKey, schemas: Mapping[str, TableSchema]) -> str | None:
        other = schemas.get(key.resource)
        if other is None:
            return f"the foreign key refers to a table {key.resource} that is not there"
        for mine, theirs in zip(key.fields, key.reference_fields, strict=True):
            if theirs not in other.columns:
                return f"the foreign key refers to {key.resource}.{theirs}, a column that is not there"
            if self.schema.field(mine).type != other.field(theirs).type:
                return f"{mine} and {key.resource}.{theirs} are of different types"
        if key.reference_fields != other.primary_key and not (
            len(key.reference_fields) == 1 and other.field(key.reference_fields[0]).unique
        ):
            return f"{', '.join(key.reference_fields)} is no key of {key.resource}"
        return None


def _table(source: Source) -> TableSchema:
    top = source.mapping(source.yaml.value, (), _TABLE_KEYS)
    name, title = source.name(top, ()), source.title(top, ())
    description = source.text(top, "description", ())
    fields: list[Field] = []
    seen: set[str] = set()
    for number, item in enumerate(source.items(top.get("fields"), ("fields",))):
        column = read_field(source, item, ("fields", number))
        if column.name in seen:
            raise source.wrong(f"the column {column.name} stands twice", ("fields", number), "remove one of the two")
        seen.add(column.name)
        fields.append(column)
    columns = tuple(column.name for column in fields)
    if "primaryKey" not in top:
        raise source.wrong("primaryKey is missing", (), "name the columns that tell the rows apart")
    key = source.names(top["primaryKey"], ("primaryKey",), columns)
    return TableSchema(
        name=name,
        title=title,
        description=description,
        fields=tuple(_in_key(column, key) for column in fields),
        primary_key=key,
        foreign_keys=_foreign_keys(source, top, name, columns),
        anchors=_anchors(source, top, {column.name: column for column in fields}),
        file=source.file,
    )


def _in_key(column: Field, key: tuple[str, ...]) -> Field:
    """`column` with what being the primary key, or a part of it, implies by the standard."""
    if column.name not in key:
        return column
    return replace(column, required=True, unique=column.unique or len(key) == 1)


def _foreign_keys(
    source: Source, top: Mapping[str, object], table: str, columns: tuple[str, ...]
) -> tuple[ForeignKey, ...]:
    if "foreignKeys" not in top:
        return ()
    keys: list[ForeignKey] = []
    for number, item in enumerate(source.items(top["foreignKeys"], ("foreignKeys",))):
        path: KeyPath = ("foreignKeys", number)
        values = source.mapping(item, path, ("fields", "reference"))
        fields = source.names(values.get("fields"), (*path, "fields"), columns)
        within = (*path, "reference")
        reference = source.mapping(values.get("reference"), within, ("resource", "fields"))
        # By the standard a reference without a resource is to the table itself.
        resource = source.text(reference, "resource", within) if reference.get("resource") else table
        theirs = source.names(reference.get("fields"), (*within, "fields"), None)
        if len(theirs) != len(fields):
            raise source.wrong("a foreign key has as many columns as what it refers to", path, "name them in pairs")
        keys.append(ForeignKey(fields, resource, theirs))
    return tuple(keys)


def _anchors(source: Source, top: Mapping[str, object], fields: Mapping[str, Field]) -> tuple[Anchor, ...]:
    if "anchors" not in top:
        return ()
    anchors: list[Anchor] = []
    for number, item in enumerate(source.items(top["anchors"], ("anchors",))):
        path: KeyPath = ("anchors", number)
        values = {"document": "document_id"} | source.mapping(item, path, ("start", "end", "text", "document"))
        named: dict[str, str] = {}
        for key, kind in (("start", "integer"), ("end", "integer"), ("text", "string"), ("document", "string")):
            column = source.text(values, key, path)
            if column not in fields or fields[column].type != kind:
                raise source.wrong(f"{key} of an anchor must be a column of type {kind}", (*path, key), "name one")
            named[key] = column
        anchors.append(Anchor(**named))
    return tuple(anchors)
