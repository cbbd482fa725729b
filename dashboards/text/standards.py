"""Standards."""

from dashboards.text.pairs import Pairs

MESSAGES: Pairs = {}
