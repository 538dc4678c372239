"""The Python API: `tw.load("dist")` gives every table of a dataset as a DataFrame, and the joins people need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tablewright.arrowtable import to_frame
from tablewright.datasetfiles import read_descriptor
from tablewright.errors import BuildError
from tablewright.package import schemas_of
from tablewright.tablefiles import Format, read_table

if TYPE_CHECKING:
    import pandas as pd


class Tables:
    """The tables of a dataset: `tables.events`, or `tables["events"]`, is a DataFrame; iterating gives the names."""

    def __init__(self, frames: Mapping[str, pd.DataFrame]) -> None:
        self._frames = dict(frames)

    def __getattr__(self, name: str) -> pd.DataFrame:
        # Python asks for attributes of an object before __init__ ran, when it is copied.
        frames: Mapping[str, pd.DataFrame] = self.__dict__.get("_frames", {})
        if name in frames:
            return frames[name]
        raise AttributeError(f"there is no table {name!r}; the tables are {', '.join(frames)}")

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self._frames[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._frames)

    def __len__(self) -> int:
        return len(self._frames)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._frames]

    def __repr__(self) -> str:
        return f"Tables({', '.join(f'{name}: {len(frame):,} rows' for name, frame in self._frames.items())})"

    def events_with_participants(self) -> pd.DataFrame:
        """A row for each participant of each event: the event, and `actor_id`, `role` and who the actor is.

        An event none of whose participants is known keeps one row, with nulls.
        """
        joined = self.events.merge(self.participants, on="event_id", how="left", validate="one_to_many")
        return self._with_actor(joined, "actor_id", ("name", "kind", "country_code"))

    def quotations_with_speakers(self) -> pd.DataFrame:
        """The quotations, with `speaker_name`, `speaker_kind` and `speaker_country_code`."""
        return self._with_actor(self.quotations, "speaker_id", ("name", "kind", "country_code"))

    def aid_with_names(self) -> pd.DataFrame:
        """The aid figures, with `donor_name` and `recipient_name`."""
        return self._with_actor(self._with_actor(self.aid_figures, "donor_id"), "recipient_id")

    def with_sentence(self, table: str | pd.DataFrame) -> pd.DataFrame:
        """The rows of a table with the sentence that each stands in: its text, place and section.

        `table` is a table's name or a frame that has a `sentence_id` or, like participants, an `event_id`. The new
        columns are `section`, `paragraph`, `position`, `sentence_start`, `sentence_end` and `sentence_text`.
        """
        frame = self[table] if isinstance(table, str) else table
        if "sentence_id" not in frame and "event_id" in frame:
            frame = frame.merge(self.events[["event_id", "sentence_id"]], on="event_id", how="left")
        if "sentence_id" not in frame:
            raise ValueError("the rows of this table do not stand in a sentence: it has no sentence_id")
        names = {"start": "sentence_start", "end": "sentence_end", "text": "sentence_text"}
        sentences = self.sentences.rename(columns=names).drop(columns="document_id")
        if isinstance(table, str) and table == "sentences":
            return self.sentences.rename(columns=names)
        return frame.merge(sentences, on="sentence_id", how="left", validate="many_to_one")

    def _with_actor(self, frame: pd.DataFrame, key: str, columns: tuple[str, ...] = ("name",)) -> pd.DataFrame:
        """`frame` with columns of the actor that `key` refers to, right after `key`, named after its first part."""
        new = {column: f"{key.removesuffix('_id')}_{column}" for column in columns}
        actors = self.actors[["actor_id", *columns]].rename(columns={"actor_id": key, **new})
        order = list(frame.columns)
        at = order.index(key) + 1
        joined = frame.merge(actors, on=key, how="left", validate="many_to_one")
        return joined[[*order[:at], *new.values(), *order[at:]]]


def load(folder: str | Path, format: Format = "parquet") -> Tables:  # noqa: A002 (the word that pandas and others use)
    """Reads the dataset in `folder`, a project's `dist/` or a release, from its Parquet or its CSV files.

    Both give equal frames: str, Int64, boolean, `date32[day][pyarrow]`, and categoricals with all their categories.
    Raises `ProjectError` for a folder without a dataset and `BuildError` for files that do not hold what the
    dataset's own schemas say.
    """
    place = Path(folder)
    if format not in ("parquet", "csv"):
        raise ValueError(f'format is "parquet" or "csv", not {format!r}')
    frames: dict[str, pd.DataFrame] = {}
    for name, schema in schemas_of(read_descriptor(place)).items():
        path = place / f"{name}.{format}"
        try:
            table, findings = read_table(schema, path, format)
        except FileNotFoundError as error:
            raise BuildError(f"{path.name} is missing", file=place.name, remedy="build the dataset again") from error
        if findings:
            more = f" (and {len(findings) - 1} more findings)" if len(findings) > 1 else ""
            raise BuildError(findings[0].message + more, file=path.name, remedy="build again, or get a whole copy")
        frames[name] = to_frame(schema, table)
    return Tables(frames)
