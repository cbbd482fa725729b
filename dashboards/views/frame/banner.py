"""What a reader has to know before any figure: a newer week, no news, damage, or that it all comes from a log."""

from datetime import date
from typing import Any

from dashboards.formats import count, day, esc
from dashboards.markup import click
from dashboards.sources import Served
from dashboards.view import View
from data.logs import IMPORTED


class Banner(View):
    """One line for each; empty when the snapshot that is served is whole, fresh, and the one on show."""

    view = "banner"
    shape = "plain wide"

    def answer(self) -> Served:
        """What is served now."""
        served: Served = self.store.sources.served()
        return served

    def patch(self, answer: Served) -> dict[str, Any]:
        """Alerts, the gravest first."""
        language = self.look.language
        told = {"week": self._week(answer.known_on), "day": day(answer.known_on, language)}
        lines = []
        if answer.notes:
            notes = "".join(f"<p>{esc(note)}</p>" for note in answer.notes)
            details = f"<details><summary>{self.say('banner.details')}</summary>{notes}</details>"
            lines.append(_line("bad", "alert", f"<p>{self.say('banner.damaged', **told)}</p>{details}"))
        if answer.is_stale:
            words = self.say("banner.stale", n=answer.days_old, days=count(answer.days_old), **told)
            lines.append(_line("bad", "alert", f"<p>{words}</p>"))
        if answer.id != self.store.source.snapshot_id:
            shown = self.store.source.known_on
            seen = {"seen": self._week(shown), "seen_day": day(shown, language)}
            words = f"<p>{self.say(self._offered(answer), **told, **seen)}</p>"
            button = f'<button class="press" {click({"do": "switch"})}>{self.say("banner.switch", **told)}</button>'
            lines.append(_line("news", "status", words + button))
        if self.store.campaign["campaign_id"] == IMPORTED:
            lines.append(_line("news", "note", f"<p>{esc(self.store.campaign[f'name_{language}'])}</p>"))
        return {"html": "".join(lines), "empty": not lines}

    def _week(self, known_on: date) -> int:
        return (known_on - self.store.source.launched_on).days // 7 + 1

    def _offered(self, served: Served) -> str:
        """Which sentence: the viewer came for an older week, or another one is served since he came."""
        pinned = self.store.pinned.known_on
        if served.id == self.store.pinned.snapshot_id:
            return "banner.older"
        if served.known_on == pinned:
            return "banner.anew"
        return "banner.newer" if served.known_on > pinned else "banner.taken_back"


def _line(tone: str, role: str, words: str) -> str:
    exception = " data-exception" if tone == "bad" else ""
    return f'<div class="banner-line {tone}" role="{role}"{exception}>{words}</div>'
