"""The inbox: who has sent what, and the way to put a workbook in."""

from typing import Any

from dashboards.desk import File
from dashboards.formats import day, esc
from dashboards.markup import card
from dashboards.view import DeskView
from data.intake import Limits


class Inbox(DeskView):
    """One tile per sender, and one for each file that is no sender's."""

    view = "inbox"

    def answer(self) -> dict[str, Any]:
        """The files of the inbox and the senders; no files when there is no inbox."""
        return {"files": self.desk.files(), "senders": self.desk.senders, "looked": self.desk.work.listing}

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """The tiles and the upload."""
        files = answer["files"]
        if files is None:
            return {"html": card(self.say("inbox.title"), self.say("inbox.none")), "empty": True}
        by_sender = {file.sender: file for file in files if file.sender}
        missing = [sender for sender in answer["senders"] if sender not in by_sender]
        finding = self.say("inbox.missing", n=len(missing), senders=esc(", ".join(missing)))
        tiles = [self._tile(sender, by_sender.get(sender)) for sender in answer["senders"]]
        tiles += [self._tile("", file) for file in files if not file.sender]
        head = card(
            self.say("inbox.title"),
            self.say("inbox.complete") if not missing else finding,
            self.say("inbox.folder", folder=esc(self.desk.inbox)),
        )
        return {"html": f"{head}<ul class=senders>{''.join(tiles)}</ul>{self._upload()}"}

    def heard(self, message: dict[str, Any]) -> None:
        """A file was put in: every page of the desk shows it."""
        if message.get("do") == "uploaded":
            self.desk.audience.tell()
        else:
            super().heard(message)

    def _tile(self, sender: str, file: File | None) -> str:
        if file is None:
            words = f'<span class="state-late">{self.say("inbox.not_sent")}</span>'
            return f'<li class="missing"><b>{esc(sender)}</b>{words}</li>'
        arrived = f"{day(file.changed.date(), self.look.language, year=False)} {file.changed:%H:%M}"
        unknown = "" if sender else f'<span class="state-overdue">{self.say("inbox.unknown")}</span>'
        return f"<li><b>{esc(file.name)}</b>{unknown}<span class=legend>{_size(file.bytes)} · {arrived}</span></li>"

    def _upload(self) -> str:
        most = Limits().file_bytes // 1_000_000
        return (
            f'<div class="tools" data-uploads><label class="press plain">{self.say("inbox.upload")}'
            '<input type="file" multiple accept=".xlsx" data-upload="inbox/" data-key="upload"></label>'
            f'<span class="legend">{self.say("inbox.upload.say", most=most)}</span>'
            '<span role="status" class="state-overdue"></span></div>'
        )


def _size(bytes: int) -> str:
    return f"{bytes / 1_000_000:.1f} MB" if bytes >= 1_000_000 else f"{max(1, round(bytes / 1000))} kB"
