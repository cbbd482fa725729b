"""The reasons that the log and the manifests keep: short, and never about a person."""

from __future__ import annotations

from typing import Final

from data.prepared import PublishingError
from data.rules.persons import names_a_person

LONGEST_REASON: Final = 300
"""How many characters a reason may have."""


def proper(reason: str) -> str:
    """The reason on one line. PublishingError when it is too long or looks as if it named a person (V30)."""
    plain = " ".join(reason.split())
    if len(plain) > LONGEST_REASON:
        raise PublishingError(f"A reason has {len(plain)} characters: give at most {LONGEST_REASON}.")
    if names_a_person(plain):
        raise PublishingError(
            "A reason looks as if it named a person. Write about the matter instead, and who by role."
        )
    return plain
