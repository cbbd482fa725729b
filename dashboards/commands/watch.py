"""Watch an inbox on a schedule: publish a week that nothing stands against, leave anything else to the steward."""

import argparse
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from dashboards.commands.days import day
from dashboards.settings import Settings

if TYPE_CHECKING:
    from data.watch import Outcome

MINUTES = 15.0
PAUSE_SECONDS = 5.0
"""Between two looks at the inbox before it is read: what grows meanwhile is still being written."""
EXIT_HELD = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The inbox, the rhythm, the known-on day, and where snapshots live."""
    parser.add_argument("inbox", metavar="INBOX", type=Path, help="folder that the week's workbooks come in")
    parser.add_argument(
        "--every", metavar="MINUTES", type=_minutes, default=MINUTES, help=f"rhythm, {MINUTES:g} minutes by default"
    )
    parser.add_argument("--once", action="store_true", help="look once and leave: 0, or 1 when the steward is needed")
    parser.add_argument("--known-on", metavar="DATE", type=day, help="day of the state; the last Sunday that is over")
    parser.add_argument(
        "--wait", metavar="DAYS", type=_days, help="days after that Sunday to wait for missing groups, 1 by default"
    )
    parser.add_argument("--keep", metavar="N", help="how many snapshots are kept (CAMPAIGN_KEEP)")
    parser.add_argument("--data", metavar="DIR", help="folder of the snapshots (CAMPAIGN_DATA)")


def run(arguments: argparse.Namespace) -> int:
    """Look until interrupted, or once; a line for each look that came to something else than the one before."""
    settings = Settings.read(data=arguments.data, keep=arguments.keep)
    if arguments.once:
        outcome = _look(arguments, settings)
        _say(f"{outcome.did}: {outcome.words}")
        return EXIT_HELD if outcome.did == "held back" else 0
    from data.exceptions import DataError

    said = ""
    while True:
        try:
            outcome = _look(arguments, settings)
            words = f"{outcome.did}: {outcome.words}"
        except (DataError, OSError) as error:
            words = f"failed: {error}"
        if words != said:
            _say(words)
        said = words
        time.sleep(arguments.every * 60)


def _look(arguments: argparse.Namespace, settings: Settings) -> "Outcome":
    from data.watch import WAIT_DAYS, watch_once

    wait_days = WAIT_DAYS if arguments.wait is None else arguments.wait
    now = datetime.now().astimezone()
    return watch_once(
        arguments.inbox,
        settings.data,
        now,
        known_on=arguments.known_on,
        wait_days=wait_days,
        pause=lambda: time.sleep(PAUSE_SECONDS),
        keep=settings.keep,
    )


def _say(words: str) -> None:
    print(f"{datetime.now().astimezone().isoformat(timespec='seconds')} {words}", flush=True)


def _minutes(text: str) -> float:
    try:
        minutes = float(text)
    except ValueError:
        minutes = 0.0
    if not 0.1 <= minutes <= 10_080:
        raise argparse.ArgumentTypeError(f"{text!r}: give minutes, from 0.1 to 10080")
    return minutes


def _days(text: str) -> int:
    if not text.isdecimal() or int(text) > 30:
        raise argparse.ArgumentTypeError(f"{text!r}: give whole days, from 0 to 30")
    return int(text)
