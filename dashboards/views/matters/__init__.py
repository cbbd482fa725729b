"""What is stuck where."""

from dashboards.views.matters.at_risk import HoldersAtRisk
from dashboards.views.matters.cascade import LevelCascade
from dashboards.views.matters.holders import StallHolders
from dashboards.views.matters.ladder import EscalationLadder
from dashboards.views.matters.levels import StallLevels
from dashboards.views.matters.lights import MatterLights
from dashboards.views.matters.listed import MatterList
from dashboards.views.matters.open_share import OpenShare
from dashboards.views.matters.passed_on import PassedOn
from dashboards.views.matters.shares import MatterShares
from dashboards.views.matters.verdict import MattersVerdict

__all__ = [
    "EscalationLadder",
    "HoldersAtRisk",
    "LevelCascade",
    "MatterLights",
    "MatterList",
    "MatterShares",
    "MattersVerdict",
    "OpenShare",
    "PassedOn",
    "StallHolders",
    "StallLevels",
]
