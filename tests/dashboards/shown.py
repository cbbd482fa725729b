"""What views show, read as the browser does."""

import json
import re
from typing import Any

from dashboards.apps import PAGES
from dashboards.surface import Surface
from dashboards.view import View

VIEWS = list(dict.fromkeys(kind for page in PAGES.values() for kind in page.kinds if not isinstance(kind, str)))
"""Every view of the pages for everybody."""


def patch(view: View) -> dict[str, Any]:
    """What one view shows of its store's selection now."""
    return view.patch(view.answer())


def words(markup: str) -> set[str]:
    """The words of a piece of markup as they are read."""
    return set(re.findall(r"\w+", re.sub(r"<[^>]+>", " ", markup)))


def html(view: View) -> str:
    """The markup of one view."""
    return str(patch(view)["html"])


def sheet(surface: Surface) -> dict[str, Any]:
    """What was last sent to a surface: selection, query, and by view what it shows."""
    return dict(json.loads(surface.patch))
