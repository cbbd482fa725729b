"""The groups' own work plans and what was done beyond what is prescribed."""

from dashboards.pages.base import Page
from dashboards.views.plan import Carriers, OptionalActions, PlanAspects, PlanItems, PlansAdopted, PlanVerdict, Qingming


class Plan(Page):
    """What of the plans is done, by aspect and item by item; then optional actions, Qingming, carriers."""

    name_key = "page.plan"
    kinds = (PlanVerdict, PlanAspects, PlansAdopted, PlanItems, "plan.optional", OptionalActions, Qingming, Carriers)
