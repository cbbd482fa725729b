"""Who is late, and is it late work or late news."""

from dashboards.views.reporting.lag import ReportingLag

__all__ = ["ReportingLag"]
