"""Writes a file of reference vectors: their origin and the cases, one JSON document that the tests read."""
import json
import pathlib
import platform

import numpy
import scipy

ROOT = pathlib.Path(__file__).resolve().parents[2]


def write(target: str, name: str, script: str, cases) -> None:
    """Writes Tests/<target>/Fixtures/<name>.json."""
    origin = (f"Tools/reference/{pathlib.Path(script).name}, scipy {scipy.__version__}, numpy {numpy.__version__}, "
              f"Python {platform.python_version()}")
    path = ROOT / "Tests" / target / "Fixtures" / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"origin": origin, "cases": cases}, indent=1, sort_keys=True) + "\n")
    print(path.relative_to(ROOT), len(cases))
