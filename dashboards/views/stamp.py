"""What is looked at, in the page's header: the snapshot's day and week, and whether it is the newest."""

from typing import Any

from dashboards.formats import day
from dashboards.views.base import View


class Stamp(View):
    """Known-on day, campaign week, newest or not; synthetic data is always named as such."""

    view = "stamp"

    def answer(self) -> dict[str, Any]:
        """The snapshot's day, week, whether it is the newest and whether it is synthetic."""
        source = self.store.source
        return {
            "known_on": source.known_on,
            "week": (source.known_on - source.launched_on).days // 7 + 1,
            "newest": source.known_on == self.store.sources.newest_on,
            "synthetic": self.store.synthetic,
        }

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Two quiet labels."""
        words = [
            self.say("stamp.known_on", day=f"<b>{day(answer['known_on'], self.look.language)}</b>"),
            self.say("stamp.week", week=answer["week"]),
            *([self.say("newest")] if answer["newest"] else []),
        ]
        demo = f'<span class="pill">{self.say("demo")}</span>' if answer["synthetic"] else ""
        return {"html": f'{demo}<span class="pill">{" · ".join(words)}</span>'}
