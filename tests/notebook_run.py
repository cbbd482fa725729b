"""Runs the notebooks named one after another in this one process, and says of each what it showed, as JSON.

A kernel for each would cost its start and every import anew. What a cell shows is made as a notebook makes it.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

import panel as pn
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output


def ran(path: Path) -> dict[str, Any]:
    """What a notebook showed: markup, printed text, seconds, and the first error, empty without one."""
    shell = InteractiveShell.instance()
    shell.reset()
    cells = [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    shown, printed, began = [], [], time.perf_counter()
    for cell in cells:
        with capture_output() as captured:
            result = shell.run_cell("".join(cell["source"]))
        printed.append(captured.stdout)
        if result.result is not None:
            shown.append(shell.display_formatter.format(result.result)[0].get("text/html", ""))
        if not result.success:
            error = result.error_in_exec or result.error_before_exec
            return {"markup": "", "printed": "", "error": f"{''.join(cell['source'])}\n{error!r}", "seconds": 0.0}
    seconds = time.perf_counter() - began
    return {"markup": " ".join(shown), "printed": "\n".join(printed), "error": "", "seconds": seconds}


if __name__ == "__main__":
    InteractiveShell.instance()
    with capture_output():
        pn.extension(inline=True)  # what `dashboards.notebook.prepare` does in a kernel
    print(json.dumps({Path(name).stem: ran(Path(name)) for name in sys.argv[1:]}))
