"""What is served: one page an address. A new page is one more line in `PAGES`."""

from dashboards.pages import (
    Appraisal,
    Conference,
    Group,
    LineUp,
    Matter,
    Matters,
    Overview,
    Plan,
    Problems,
    Refresh,
    Reporting,
    Standards,
    Unit,
    Visits,
)
from dashboards.pages.base import Page

PAGES: dict[str, type[Page]] = {
    "/": Overview,
    "/lineup": LineUp,
    "/standards": Standards,
    "/visits": Visits,
    "/reporting": Reporting,
    "/problems": Problems,
    "/matters": Matters,
    "/matter": Matter,
    "/conference": Conference,
    "/appraisal": Appraisal,
    "/plan": Plan,
    "/group": Group,
    "/unit": Unit,
}
"""Address → page, in the order of the menu, for everybody."""

STEWARD_PAGES: dict[str, type[Page]] = {"/refresh": Refresh}
"""What only the data steward's role has; for any other role these addresses do not exist."""


def pages(role: str) -> dict[str, type[Page]]:
    """The pages of a role; an unknown one has those of everybody."""
    return PAGES | STEWARD_PAGES if role == "steward" else PAGES
