"""Days on the command line."""

import argparse
from datetime import date


def day(text: str) -> date:
    """An ISO day; anything else is refused with the form that is accepted."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day: give it as 2014-04-13") from None
