"""The browser side of views: markup and figures that are patched in place, never rebuilt."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import param
from panel.custom import JSComponent

ASSETS = Path(__file__).parent / "assets"


class Surface(JSComponent):
    """What one or several views show. The figures are set once; every later change is one `patch` for all of them."""

    parts = param.String(default="{}", doc="JSON: by view, its shape, and for a figure the Bokeh JSON item drawn once.")
    patch = param.String(default="{}", doc="JSON: the selection's stamp and query; by view, what it shows.")
    ready = param.Boolean(default=False, doc="Set once the page is shown; see `dashboards.server`.")
    addressed = param.Boolean(default=False, doc="Whether the page's address follows the selection.")

    _bundle = ASSETS / "view.js"

    def __init__(self, *, told: Callable[[dict[str, Any]], None], **params: Any) -> None:
        self._told = told
        super().__init__(**params)

    def _update_properties(self, *events: Any, doc: Any) -> dict[str, Any]:
        """A patch is sent as it is; Panel would work out the design of the whole component again for it."""
        if all(event.name in ("patch", "ready") for event in events):
            return {event.name: event.new for event in events}
        return super()._update_properties(*events, doc=doc)

    def _handle_msg(self, msg: Any) -> None:
        if isinstance(msg, dict):
            self._told(msg)
