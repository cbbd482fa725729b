"""The command `campaign`. Importing this module stays cheap: every command imports what it needs when it runs."""

import argparse
import difflib
import io
import os
import sys
from collections.abc import Sequence

from dashboards.commands import (
    appraise,
    calendar,
    demo,
    import_log,
    indicators,
    lab,
    new_indicator,
    query,
    refresh,
    rollback,
    serve,
    snapshots,
    templates,
    verify,
    watch,
)

COMMANDS = {
    "serve": serve,
    "demo": demo,
    "import-log": import_log,
    "templates": templates,
    "refresh": refresh,
    "watch": watch,
    "rollback": rollback,
    "snapshots": snapshots,
    "verify": verify,
    "query": query,
    "appraise": appraise,
    "calendar": calendar,
    "indicators": indicators,
    "lab": lab,
    "new-indicator": new_indicator,
}
OWN_INDICATORS = ("serve", "query", "indicators", "new-indicator")
"""The commands that take a folder of own indicators as an argument; the setting holds for all."""
EXIT_REFUSED = 1
EXIT_MISTAKE = 2


def build_parser() -> argparse.ArgumentParser:
    """The parser of all commands; each parsed line carries the command's `run`."""
    parser = argparse.ArgumentParser(
        prog="campaign",
        description="Weekly files of a supervision campaign, as checked snapshots, answers and a served dashboard.",
        epilog="`campaign COMMAND --help` tells more about one command.",
    )
    parser.add_argument("--version", action="store_true", help="print the version and leave")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, module in COMMANDS.items():
        summary = (module.__doc__ or "").strip().splitlines()[0]
        command = commands.add_parser(name, help=summary, description=summary)
        module.add_arguments(command)
        if name in OWN_INDICATORS:
            command.add_argument("--indicators", metavar="DIR", help="folder of own indicators (CAMPAIGN_INDICATORS)")
        command.set_defaults(run=module.run)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 input refused, 2 something to mend in the call."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    words = list(sys.argv[1:] if argv is None else argv)
    parser = build_parser()
    if words and not words[0].startswith("-") and words[0] not in COMMANDS:
        return _complain(f"there is no command {words[0]!r}{_suggestion(words[0])}")
    arguments = parser.parse_args(words)
    if arguments.version:
        print(f"campaign-dashboards {_version()}")
        return 0
    if arguments.command is None:
        parser.print_help()
        return EXIT_MISTAKE
    try:
        _take_in_own(getattr(arguments, "indicators", None))
        return int(arguments.run(arguments))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_REFUSED
    except _expected_errors() as error:
        return _complain(str(error))


def _take_in_own(folder: str | None) -> None:
    """Let the catalogue have the own indicators, where a folder of them is set."""
    from dashboards.settings import PREFIX, Settings

    if folder or os.environ.get(f"{PREFIX}INDICATORS"):
        from queries.own import take_in

        take_in(Settings.read(indicators=folder).indicators)


def _complain(message: str) -> int:
    print(f"campaign: {message}", file=sys.stderr)
    return EXIT_MISTAKE


def _suggestion(word: str) -> str:
    close = difflib.get_close_matches(word, COMMANDS, n=1)
    return f": did you mean {close[0]!r}?" if close else f": choose from {', '.join(COMMANDS)}"


def _expected_errors() -> tuple[type[Exception], ...]:
    """The errors a person can mend, imported only once something has gone wrong."""
    from dashboards.settings import SettingsError
    from data.exceptions import DataError
    from queries.exceptions import QueryError

    return DataError, QueryError, SettingsError, OSError


def _version() -> str:
    from importlib.metadata import version

    return version("campaign-dashboards")


if __name__ == "__main__":
    sys.exit(main())
