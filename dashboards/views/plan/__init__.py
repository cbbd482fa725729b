"""The groups' own work plans, and what was done beyond what is prescribed."""

from dashboards.views.plan.adopted import Adopted
from dashboards.views.plan.aspects import Aspects
from dashboards.views.plan.carriers import Carriers
from dashboards.views.plan.items import Items
from dashboards.views.plan.optional import Optional
from dashboards.views.plan.progress import Progress
from dashboards.views.plan.qingming import Qingming

__all__ = ["Adopted", "Aspects", "Carriers", "Items", "Optional", "Progress", "Qingming"]
