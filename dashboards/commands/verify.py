"""Check that every snapshot, the log and the pointer are as they were published."""

import argparse

from dashboards.settings import Settings

EXIT_FAULTY = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where snapshots live."""
    parser.add_argument("--data", metavar="DIR", help="folder of the snapshots (CAMPAIGN_DATA)")


def run(arguments: argparse.Namespace) -> int:
    """Read every file again; name what is wrong and return 1, or say that nothing is."""
    settings = Settings.read(data=arguments.data)

    from dashboards.commands.progress import progress_bar
    from data.history import Fault, verify_all, verify_steps

    total = verify_steps(settings.data)
    faults: list[Fault] = []
    with progress_bar("Verifying") as report:
        report(0, total, "")
        for done, (what, found) in enumerate(verify_all(settings.data), start=1):
            faults += found
            report(done, max(done, total), what)
    for fault in faults:
        print(f"{fault.where}: {fault.what}")
    if faults:
        return EXIT_FAULTY
    print(f"{total - 2} snapshots, the log and CURRENT are as they were published")
    return 0
