"""What stands around the views of every page."""

from dashboards.views.frame.banner import Banner
from dashboards.views.frame.filters import Filters
from dashboards.views.frame.footer import Footer
from dashboards.views.frame.notices import Notices
from dashboards.views.frame.section import Section
from dashboards.views.frame.stamp import Stamp
from dashboards.views.frame.why import Why

__all__ = ["Banner", "Filters", "Footer", "Notices", "Section", "Stamp", "Why"]
