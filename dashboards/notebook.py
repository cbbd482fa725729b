"""What a notebook needs before a page can be shown in a cell: the browser's part, taken from this machine alone."""

import asyncio
import inspect
import sys
import threading
from typing import Any

PATIENCE = 30.0
"""Seconds a message of the browser waits for the running cells, until its comm is open."""

_cells: dict[str, int] = {}
_loading: set[str] = set()
"""The cells that loaded it."""


def prepare(*, again: bool = True) -> None:
    """Load the browser's part into the notebook, asking no other host; outside a notebook nothing happens.

    It is loaded once per run of a cell: after the browser page was opened anew, running the cell again is enough.
    Unless it is to be loaded again, what another cell loaded is enough; the cell that loaded it first does it again.
    """
    _keep_fonts_here()
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is not None and "holoviews" in sys.modules:
        show_charts()
    if shell is None or not hasattr(shell, "kernel") or _cells.get("last") == shell.execution_count:
        return
    cell = _cell(shell.kernel)
    if not again and "last" in _cells and cell not in _loading:
        return
    import panel as pn

    _cells["last"] = shell.execution_count
    if cell:
        _loading.add(cell)
    _hear_every_click(shell.kernel)
    pn.extension._loaded = False
    pn.extension(inline=True)


def show_charts() -> None:
    """Let elements of HoloViews show themselves in a cell, unless `hv.extension` was called, which asks other hosts."""
    import holoviews as hv
    import holoviews.plotting.bokeh
    from holoviews.core.dimension import LabelledData

    hv.Store.set_current_backend("bokeh")
    hv.Store._display_hooks.setdefault("html+js", {LabelledData: _shown})


def _shown(drawn: Any) -> tuple[dict[str, str], dict[str, str]]:
    """An element as Bokeh alone shows it: Panel would name style sheets on another host."""
    import holoviews as hv
    from bokeh.embed import components

    script, place = components(hv.render(drawn, backend="bokeh"))
    return {"text/html": place + script}, {}


def _cell(kernel: Any) -> str:
    """The id of the cell that runs; empty where the notebook does not tell it."""
    parent = kernel.get_parent() if hasattr(kernel, "get_parent") else {}
    return str((parent or {}).get("metadata", {}).get("cellId") or "")


def _keep_fonts_here() -> None:
    """Panel's own page around a notebook (its preview, `panel serve`) asks a font of another host: not with us."""
    from panel.template.editable import EditableTemplate

    EditableTemplate._resources["css"].pop("lato", None)


def _hear_every_click(kernel: Any) -> None:
    """JupyterLab sends messages past the running cells: one that overtakes the opening of its comm waits for it."""
    handlers, manager = getattr(kernel, "shell_handlers", {}), getattr(kernel, "comm_manager", None)
    handle = handlers.get("comm_msg")
    if handle is None or manager is None or getattr(handle, "waits", False):
        return

    async def wait_for_comm(stream: Any, identity: Any, message: Any) -> None:
        left = PATIENCE if threading.current_thread() is not threading.main_thread() else 0.0
        while left > 0 and message["content"]["comm_id"] not in manager.comms:
            await asyncio.sleep(0.05)
            left -= 0.05
        answer = handle(stream, identity, message)
        if inspect.isawaitable(answer):
            await answer

    wait_for_comm.waits = True  # type: ignore[attr-defined]
    handlers["comm_msg"] = wait_for_comm
