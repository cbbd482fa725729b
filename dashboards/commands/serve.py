"""Serve the dashboards; without any data yet, make the demonstration county first."""

import argparse
import errno
import os

from dashboards.settings import LANGUAGES, PREFIX, ROLES, Settings, SettingsError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The settings of the server; what is not given comes from the environment."""
    parser.add_argument("--data", metavar="DIR", help="folder of the snapshots (CAMPAIGN_DATA)")
    parser.add_argument("--port", type=int, help="port, 5006 by default; 0 takes a free one (CAMPAIGN_PORT)")
    parser.add_argument("--address", help="address to listen on, 127.0.0.1 by default (CAMPAIGN_ADDRESS)")
    parser.add_argument("--language", metavar="|".join(LANGUAGES), help="language of the pages (CAMPAIGN_LANGUAGE)")
    parser.add_argument("--origins", metavar="HOSTS", help="host names browsers use, by commas (CAMPAIGN_ORIGINS)")
    parser.add_argument("--role", metavar="|".join(ROLES), help="steward also serves the Refresh page (CAMPAIGN_ROLE)")
    parser.add_argument("--keep", metavar="N", help="how many snapshots are kept (CAMPAIGN_KEEP)")
    parser.add_argument("--inbox", metavar="DIR", help="folder that the week's workbooks come in (CAMPAIGN_INBOX)")
    parser.add_argument("--notebooks", metavar="DIR", help="folder of the notebooks (CAMPAIGN_NOTEBOOKS)")
    parser.add_argument(
        "--shared", metavar="FILES", help="files of its folder `shared` that are served as pages (CAMPAIGN_SHARED)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted."""
    settings = Settings.read(
        data=arguments.data,
        port=arguments.port,
        address=arguments.address,
        language=arguments.language,
        origins=arguments.origins,
        role=arguments.role,
        keep=arguments.keep,
        inbox=arguments.inbox,
        notebooks=arguments.notebooks,
        shared=arguments.shared,
    )
    if settings.shared:
        os.environ[f"{PREFIX}DATA"] = str(settings.data)

    from data.line import CURRENT, numbered

    if not numbered(settings.data) and not (settings.data / CURRENT).exists():
        from dashboards.commands import demo

        demo.make(settings.data)

    from dashboards import server

    try:
        server.serve(settings)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise SettingsError(f"port {settings.port} is taken: give another with --port, or 0 for a free one") from None
    return 0
