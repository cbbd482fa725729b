"""The groups' own work plans, and what was done beyond what is prescribed."""

from dashboards.views.plan.adopted import PlansAdopted
from dashboards.views.plan.aspects import PlanAspects
from dashboards.views.plan.carriers import Carriers
from dashboards.views.plan.items import PlanItems
from dashboards.views.plan.optional import OptionalActions
from dashboards.views.plan.progress import PlanVerdict
from dashboards.views.plan.qingming import Qingming

__all__ = ["Carriers", "OptionalActions", "PlanAspects", "PlanItems", "PlanVerdict", "PlansAdopted", "Qingming"]
