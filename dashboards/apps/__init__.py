"""What is served: one page an address. A new page is one more line in `PAGES`."""

from dashboards.pages import Overview, Unit
from dashboards.pages.base import Page

PAGES: dict[str, type[Page]] = {"/": Overview, "/unit": Unit}
"""Address → page, in the order of the menu."""
