"""What can be set from outside: one frozen object, read once at the edge."""

import difflib
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

PREFIX = "CAMPAIGN_"
LANGUAGES = ("auto", "zh", "en")
ROLES = ("viewer", "steward")
NOTEBOOKS = Path(__file__).parents[1] / "notebooks"


class SettingsError(ValueError):
    """A setting has a value that cannot be used; the message names the setting, the value and what is accepted."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of one process. Every field is read from `CAMPAIGN_<FIELD>`, and an argument wins over it."""

    data: Path = field(metadata={"doc": "folder that holds the snapshots"})
    port: int = field(default=5006, metadata={"doc": "port of the server; 0 takes a free one"})
    address: str = field(default="127.0.0.1", metadata={"doc": "address the server listens on"})
    language: str = field(default="auto", metadata={"doc": "`zh`, `en`, or `auto` for the browser's own"})
    origins: tuple[str, ...] = field(
        default=(),
        metadata={"doc": "host names under which browsers reach the server, separated by commas"},
    )

    role: str = field(
        default="viewer",
        metadata={"doc": "`steward` also serves the Refresh page, to everybody who reaches the server; else `viewer`"},
    )
    keep: int = field(
        default=60, metadata={"doc": "how many snapshots are kept; older ones are deleted, pinned ones never"}
    )
    inbox: Path | None = field(default=None, metadata={"doc": "folder that the week's workbooks come in"})
    notebooks: Path = field(
        default=NOTEBOOKS, metadata={"doc": "folder of the notebooks; those of this checkout without one"}
    )
    shared: tuple[str, ...] = field(
        default=(),
        metadata={"doc": "files of `shared` in it that are served as pages, separated by commas; see below"},
    )
    indicators: Path | None = field(
        default=None, metadata={"doc": "folder of indicators of your own, beside those that come with the application"}
    )

    def __post_init__(self) -> None:
        if not 0 <= self.port <= 65535:
            raise SettingsError(f"port {self.port} is out of range: give a number from 0 to 65535")
        if self.keep < 1:
            raise SettingsError(f"keep {self.keep} is too few: the served snapshot is kept, give 1 or more")
        for name, value, known in (("language", self.language, LANGUAGES), ("role", self.role, ROLES)):
            if value not in known:
                close = difflib.get_close_matches(value, known, n=1)
                hint = f"did you mean {close[0]!r}?" if close else f"give one of {', '.join(known)}"
                raise SettingsError(f"{name} {value!r} is not known: {hint}")

    @classmethod
    def read(cls, environ: Mapping[str, str] | None = None, **arguments: object) -> "Settings":
        """Settings from the environment, overruled by the arguments that are not None.

        Raises SettingsError for a value that cannot be used.
        """
        environ = os.environ if environ is None else environ
        names = [one.name for one in fields(cls)]
        given = {name: environ[PREFIX + name.upper()] for name in names if environ.get(PREFIX + name.upper())}
        given |= {name: str(value) for name, value in arguments.items() if value is not None}
        return cls(
            data=Path(given["data"]).expanduser() if "data" in given else user_data_folder(environ),
            port=_whole("port", given.get("port", "5006"), "give one from 0 to 65535"),
            address=given.get("address", "127.0.0.1"),
            language=given.get("language", "auto"),
            origins=_listed(given.get("origins", "")),
            role=given.get("role", "viewer"),
            keep=_whole("keep", given.get("keep", "60"), "give one from 1 up"),
            inbox=Path(given["inbox"]).expanduser() if "inbox" in given else None,
            notebooks=Path(given["notebooks"]).expanduser() if "notebooks" in given else NOTEBOOKS,
            shared=_listed(given.get("shared", "")),
            indicators=Path(given["indicators"]).expanduser() if "indicators" in given else None,
        )


def _whole(name: str, text: str, advice: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise SettingsError(f"{name} {text!r} is not a number: {advice}") from None


def _listed(text: str) -> tuple[str, ...]:
    """The parts between commas, without blanks around them."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def user_data_folder(environ: Mapping[str, str], platform: str = sys.platform) -> Path:
    """The folder of this user's own data by the habit of the platform; never the checkout."""
    home = Path(environ.get("HOME") or environ.get("USERPROFILE") or Path.home())
    if platform == "win32":
        base = Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        base = Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return base / "campaign-dashboards"
