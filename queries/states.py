"""States: what is known of a thing that was asked for, as one enumeration. None of them is ever counted as a zero."""

from __future__ import annotations

from typing import Final

NOTHING: Final = ("not_due", "not_applicable", "not_reported", "not_done", "withheld", "contradictory")
"""Six kinds of nothing.

not_due: its day is still to come. not_applicable: waived, or not asked of such a unit. not_reported: due, and nobody
has said anything. not_done: due, and confirmed as not done. withheld: reported, but sent back or withdrawn, so it does
not count. contradictory: two statements exclude one another.
"""

STATES: Final = ("done", "in_progress", *NOTHING)
"""The values of every column `state` in the rows behind an indicator."""
