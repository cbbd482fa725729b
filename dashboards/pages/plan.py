"""The groups' own work plans and what was done beyond what is prescribed."""

from dashboards.pages.base import Page
from dashboards.views.plan import Adopted, Aspects, Carriers, Items, Optional, Progress, Qingming


class Plan(Page):
    """What of the plans is done, by aspect and item by item; then optional actions, Qingming, carriers."""

    name_key = "page.plan"
    kinds = (Progress, Aspects, Adopted, Items, "plan.optional", Optional, Qingming, Carriers)
