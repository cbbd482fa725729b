"""Which groups are behind, beyond luck."""

from dashboards.views.lineup.rates import GroupRates

__all__ = ["GroupRates"]
