"""The open pages that are to show themselves once more when something changes outside of their own selection."""

import weakref
from typing import Any, Protocol


class Renewed(Protocol):
    """What shows a page: a store."""

    def renew(self) -> None:
        """Show everything once more."""


class Audience:
    """Open pages, by the document in which each is shown; one that is closed is forgotten by itself."""

    def __init__(self) -> None:
        self._pages: weakref.WeakKeyDictionary[Any, weakref.ref[Renewed]] = weakref.WeakKeyDictionary()

    def join(self, document: Any, page: Renewed) -> None:
        """Tell this page of whatever changes from now on."""
        self._pages[document] = weakref.ref(page)

    def tell(self) -> None:
        """Let every page show itself once more, each in its own session; this may be called from any thread."""
        for document, held in list(self._pages.items()):
            page = held()
            if page is not None and document.session_context is not None:
                document.add_next_tick_callback(page.renew)
