"""How long the analyst's interface takes to import and to answer first, beside what it would take to import Panel.

    .venv/bin/python tests/benchmarks/bench.py --data DIR [--runs 9]

Every run is a process of its own, the kinds in turn, the files of all of them read once before. What is timed begins
in the started interpreter: its own start is left out. The medians go to tests/benchmarks/bench.md; a limit that is not
kept makes the program end with 1.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

KINDS: Final = {
    "import the interface": "from dashboards import compare, open_data",
    "… and the first figures": "from dashboards import open_data; open_data().indicators.on_time_rate(by='group')",
    "… shown in a cell": "from dashboards import open_data; open_data().indicators.on_time_rate('group')._repr_html_()",
    "… and a HoloViews chart": "from dashboards import open_data; open_data().indicators.on_time_rate('group').chart()",
    "import panel, holoviews": "import panel, holoviews",
}
LIMIT: Final = 1.5
"""Seconds the import may take."""
RESULT: Final = Path(__file__).parent / "bench.md"


def main(argv: Sequence[str] | None = None) -> int:
    """Measure every kind and write the table; 1 when the import takes too long."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True)
    parser.add_argument("--runs", type=int, default=9)
    arguments = parser.parse_args(argv)
    times: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for run in range(arguments.runs + 1):
        for kind, code in KINDS.items():
            seconds = timed(code, arguments.data)
            if run:
                times[kind].append(seconds)
    medians = {kind: statistics.median(each) for kind, each in times.items()}
    table = written(medians, arguments.runs)
    RESULT.write_text(table, encoding="utf-8")
    print(table)
    return 0 if medians["import the interface"] <= LIMIT else 1


def timed(code: str, data: str) -> float:
    """Seconds a piece of code takes in a new process."""
    program = f"import time; start = time.perf_counter()\n{code}\nprint(time.perf_counter() - start)"
    environment = os.environ | {"CAMPAIGN_DATA": data}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment)
    return float(done.stdout)


def written(medians: dict[str, float], runs: int) -> str:
    """The table, each kind beside the import of Panel and HoloViews."""
    measure = medians["import panel, holoviews"]
    lines = [f"| {kind} | {each:.2f} | {each / measure:.2f} |" for kind, each in medians.items()]
    head = [
        "# The analyst's interface, from a new process",
        "",
        f"- median of {runs} runs, seconds; cores {os.cpu_count()}, Python {sys.version.split()[0]}",
        f"- limit of the import: {LIMIT} s",
        "",
        "|  | s | beside `import panel, holoviews` |",
        "| --- | ---: | ---: |",
    ]
    return "\n".join([*head, *lines, ""])


if __name__ == "__main__":
    sys.exit(main())
