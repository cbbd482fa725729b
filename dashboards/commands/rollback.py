"""Serve an older snapshot again; nothing is deleted, and the next refresh builds on it."""

import argparse

from dashboards.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The snapshot, the reason for the log, and where snapshots live."""
    parser.add_argument("--to", metavar="ID", required=True, help="a snapshot; `campaign snapshots` lists them")
    parser.add_argument("--because", metavar="TEXT", required=True, help="the reason, as the log will have it")
    parser.add_argument("--data", metavar="DIR", help="folder of the snapshots (CAMPAIGN_DATA)")


def run(arguments: argparse.Namespace) -> int:
    """Roll back and say what is served."""
    settings = Settings.read(data=arguments.data)

    from dashboards.commands.reading import tell
    from data.publishing import rollback

    snapshot = rollback(settings.data, arguments.to, arguments.because)
    print(f"served is {snapshot.id}, known on {snapshot.known_on}; the next refresh builds on it")
    tell(snapshot.notes)
    return 0
