"""What a notebook needs before a page can be shown in a cell: the browser's part, taken from this machine alone."""

import sys

_cells: dict[str, int] = {}


def prepare() -> None:
    """Load the browser's part into the notebook, asking no other host; outside a notebook nothing happens.

    It is loaded once per run of a cell: after the browser page was opened anew, running the cell again is enough.
    """
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is None or not hasattr(shell, "kernel") or _cells.get("last") == shell.execution_count:
        return
    import panel as pn

    _cells["last"] = shell.execution_count
    pn.extension._loaded = False
    pn.extension(inline=True)
