"""Statistics over frames of counts."""

from queries.statistics.intervals import control_limits, wilson

__all__ = ["control_limits", "wilson"]
