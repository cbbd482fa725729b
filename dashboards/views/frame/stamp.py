"""What is looked at, in the page's header: the snapshot's day and week, and whether it is the newest and fresh."""

from typing import Any

from dashboards.formats import count, day
from dashboards.sources import Served
from dashboards.view import View


class Stamp(View):
    """Known-on day, campaign week, newest or not; red when out of date; synthetic data is always named as such."""

    view = "stamp"
    shape = "plain"

    def answer(self) -> dict[str, Any]:
        """The snapshot's day and week, whether it is synthetic, and what is served now."""
        source = self.store.source
        return {
            "id": source.snapshot_id,
            "known_on": source.known_on,
            "week": (source.known_on - source.launched_on).days // 7 + 1,
            "synthetic": self.store.synthetic,
            "served": self.store.sources.served(),
        }

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Two quiet labels; one of them loud when the county's newest week is too old."""
        served: Served = answer["served"]
        words = [
            self.say("stamp.known_on", day=f"<b>{day(answer['known_on'], self.look.language)}</b>"),
            self.say("stamp.week", week=answer["week"]),
        ]
        if served.is_stale:
            words.insert(0, f"<b>{self.say('stamp.stale', n=served.days_old, days=count(served.days_old))}</b>")
        if served.id == answer["id"]:
            words.append(self.say("newest"))
        demo = f'<span class="pill">{self.say("demo")}</span>' if answer["synthetic"] else ""
        tone = " bad" if served.is_stale else ""
        return {"html": f'{demo}<span class="pill{tone}">{" · ".join(words)}</span>'}
