"""The pages of analysts in the served application: in the frame of every page, under a heading of their own."""

import logging
from typing import Any

import panel as pn

from dashboards.reviewed import Reviewed, Words
from dashboards.store import Store
from dashboards.text import say
from dashboards.views.frame import Stamp

_WORDS = {"color": "var(--ink)", "font-family": "var(--font)"}
_PLAIN = [
    ":host { font-size: 14px; } :host code { color: inherit; background: none; } table { border-collapse: collapse; }"
    "td, th { border: 1px solid var(--line); padding: 2px 8px; }"
]


class Shared:
    """One viewer's page of a reviewed file: its header as everywhere, below what its cells show from top to bottom.

    When a cell fails, what came before it stays, followed by the error; the server goes on.
    """

    def __init__(self, store: Store, reviewed: Reviewed) -> None:
        self.stamp = Stamp(store)
        self.filters = pn.Column()
        self._document = pn.state.curdoc
        self._parts: list[Any] = []
        failed = ""
        try:
            reviewed.run(self._show)
        except Exception as error:
            logging.getLogger(__name__).exception("shared file %s failed", reviewed.name)
            words = say(store.look.language, "shared.failed", name=reviewed.name)
            failed = f"{words} {type(error).__name__}: {error}"
        self._take_servable()
        if failed:
            self._parts.append(pn.pane.Str(failed, styles=_WORDS))

    def main(self) -> pn.Column:
        """What the cells have shown."""
        return pn.Column(*self._parts, sizing_mode="stretch_width")

    def _show(self, shown: Any) -> None:
        if isinstance(shown, Words):
            self._parts.append(
                pn.pane.Markdown(shown.markdown, styles=_WORDS, stylesheets=_PLAIN, sizing_mode="stretch_width")
            )
        elif not any(part is shown for part in self._parts):
            self._parts.append(
                shown if isinstance(shown, pn.viewable.Viewer) else pn.panel(shown, styles=_WORDS, stylesheets=_PLAIN)
            )

    def _take_servable(self) -> None:
        """What the file has marked as `.servable()` stands on our page too, not beside it."""
        for root in list(self._document.roots) if self._document else ():
            viewable, *_ = pn.state._views.get(root.ref["id"], (None,))
            self._document.remove_root(root)
            if viewable is not None:
                self._show(viewable)
