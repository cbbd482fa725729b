"""Open JupyterLab on the notebooks, with the data folder set; it asks no other machine for anything."""

import argparse
import os
from importlib.util import find_spec
from typing import Any

from dashboards.settings import PREFIX, Settings, SettingsError

WANTED = ("jupyterlab", "ipykernel")
OFFLINE = (
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
)
"""No news, no look for a newer version, no catalogue of extensions."""
LIVE = "application/vnd.holoviews_load.v0+json"
"""The kind under which Panel puts the browser's part, 6 MB of it, into a notebook."""
LARGE = 100_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Folders and port; what comes after -- is handed to JupyterLab."""
    parser.add_argument("--data", metavar="DIR", help="folder of the snapshots (CAMPAIGN_DATA)")
    parser.add_argument("--notebooks", metavar="DIR", help="folder of the notebooks (CAMPAIGN_NOTEBOOKS)")
    parser.add_argument("--port", type=int, help="port, 8888 or the next free one by default; 0 takes a free one")
    parser.add_argument("--no-browser", action="store_true", help="only print the address")
    parser.add_argument("options", nargs="*", metavar="-- OPTIONS", help="further options of JupyterLab")


def run(arguments: argparse.Namespace) -> int:
    """Run JupyterLab until interrupted."""
    settings = Settings.read(data=arguments.data, notebooks=arguments.notebooks)
    if missing := [name for name in WANTED if find_spec(name) is None]:
        raise SettingsError(
            f"{missing[0]} is not installed: run pip install -c constraints.txt '.[lab]' in the folder of this README"
        )
    if not settings.notebooks.is_dir():
        raise SettingsError(f"there is no folder {settings.notebooks}: name that of the notebooks with --notebooks")

    from data.line import CURRENT, numbered

    if not numbered(settings.data) and not (settings.data / CURRENT).exists():
        raise SettingsError(f"there is no snapshot in {settings.data} yet: campaign demo {settings.data} makes some")

    from jupyterlab.labapp import LabApp

    os.environ[f"{PREFIX}DATA"] = str(settings.data.resolve())
    os.environ[f"{PREFIX}NOTEBOOKS"] = str(settings.notebooks.resolve())
    server = LabApp.initialize_server(argv=options(arguments, settings))
    server.contents_manager.register_pre_save_hook(leave_out_live_part)
    server.start()
    return 0


def options(arguments: argparse.Namespace, settings: Settings) -> list[str]:
    """What JupyterLab is called with."""
    port = [] if arguments.port is None else [f"--port={arguments.port}"]
    browser = ["--no-browser"] if arguments.no_browser else []
    root = f"--ServerApp.root_dir={settings.notebooks.resolve()}"
    return [root, *OFFLINE, *port, *browser, *arguments.options]


def leave_out_live_part(model: dict[str, Any], **_where: Any) -> None:
    """Before a notebook is saved: take the browser's part out of its outputs, which the next run brings anew."""
    if model.get("type") != "notebook" or not isinstance(model.get("content"), dict):
        return
    for cell in model["content"].get("cells", ()):
        if "outputs" in cell:
            cell["outputs"] = [output for output in cell["outputs"] if not _is_live_part(output)]


def _is_live_part(output: dict[str, Any]) -> bool:
    data = output.get("data", {})
    script = data.get("application/javascript", "")
    return LIVE in data or len("".join(script)) > LARGE
