"""Is this week's data fit to publish: the steward's page."""

from dashboards.desk import Desk
from dashboards.pages.base import Page
from dashboards.store import Store
from dashboards.view import View
from dashboards.views.desk import Difference, Gate, Inbox, Ledger, Moves, Week
from dashboards.views.frame import Footer


class Refresh(Page):
    """The inbox, what the rules say of it, what it changes, sign-off, publication, and the way back."""

    name_key = "page.refresh"
    turned = False
    has_filters = False
    below = (Footer,)
    desk_kinds = (Week, Inbox, Gate, Difference, Moves, Ledger)

    def __init__(self, store: Store, desk: Desk) -> None:
        self.desk = desk
        super().__init__(store)

    def own_views(self) -> list[View]:
        """The views of the desk."""
        return [kind(self.store, self.desk) for kind in self.desk_kinds]
