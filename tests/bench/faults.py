"""Which faults planted in a release are found: by `tablewright verify`, and by frictionless on its datapackage.json.

    python tests/bench/faults.py [-v]

The faults are those of tests/releasefaults.py; all of them have to be found by ours, which tests/test_verify.py holds.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from frictionless import Package, system
from frictionless.exception import FrictionlessException

sys.path.insert(0, str(Path(__file__).parents[1]))

from releasefaults import FAULTS, plant
from releaseproject import built_project, decide, released
from tablewright.verify import verify


def main(*, verbose: bool) -> None:
    with tempfile.TemporaryDirectory() as place:
        project = built_project(Path(place) / "project")
        decide(project)
        made = released(project)
        assert made.folder is not None
        print(f"{'fault':<78}{'tablewright':>12}{'frictionless':>14}")
        print(f"{'(none)':<78}{shown(found(made.folder)):>12}{shown(frictionless(made.folder)):>14}")
        ours, theirs = 0, 0
        for number, fault in enumerate(FAULTS):
            folder = Path(shutil.copytree(made.folder, Path(place) / f"fault{number}" / "release"))
            plant(fault, folder)
            mine, other = found(folder), frictionless(folder)
            ours, theirs = ours + bool(mine), theirs + bool(other)
            print(f"{fault.name:<78}{shown(mine):>12}{shown(other):>14}")
            if verbose:
                print(
                    "".join(
                        f"    {line[:180]}\n" for line in [*mine[:3], *(f"[frictionless] {each}" for each in other[:1])]
                    ),
                    end="",
                )
        print(f"{f'found of {len(FAULTS)}':<78}{ours:>12}{theirs:>14}")


def shown(problems: list[str]) -> str:
    return "found" if problems else "-"


def found(folder: Path) -> list[str]:
    return [f"{each.code} {each.file or ''} {each.message}" for each in verify(folder).findings]


def frictionless(folder: Path) -> list[str]:
    """What frictionless says of the package: its own errors, or that it gives up."""
    try:
        with system.use_context(trusted=True):
            report = Package(str(folder / "datapackage.json")).validate()
    except (FrictionlessException, ValueError, TypeError, OSError) as error:
        return [f"gives up: {error}"]
    return [f"{row}" for row in report.flatten(["type", "message"])]


if __name__ == "__main__":
    main(verbose="-v" in sys.argv[1:])
