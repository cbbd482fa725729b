"""Write the calendar of inspections, and what could be merged, as an .ics file for calendar programs."""

import argparse
from pathlib import Path

from dashboards.commands.query import add_selection, selected
from dashboards.settings import Settings
from dashboards.theme import LANGUAGES


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, the selection and the language."""
    parser.add_argument("--out", metavar="FILE", type=Path, required=True, help="the .ics file to write")
    parser.add_argument("--language", choices=LANGUAGES, default="zh", help="language of the events (zh)")
    add_selection(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the file; without --from and --to it has all that is still to come."""
    settings = Settings.read(data=arguments.data)

    from dashboards.calendars import calendar_file
    from dashboards.commands import output
    from dashboards.commands.reading import opened

    source = opened(settings.data, arguments.known_on)
    selection = selected(arguments, source, to_come=True)
    text = calendar_file(source, selection, arguments.language)
    output.write(arguments.out, lambda path: path.write_bytes(text.encode("utf-8")))
    print(f"{text.count('BEGIN:VEVENT')} events in {arguments.out}")
    return 0
