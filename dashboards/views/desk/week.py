"""Where this week's refresh stands: the served week, the inbox, what is under way, and the button that looks at it."""

from datetime import date
from typing import Any

from dashboards.desk import Work
from dashboards.formats import count, day, esc
from dashboards.markup import submit
from dashboards.view import DeskView


class Week(DeskView):
    """One sentence, how fresh the county's figures are, and the form that holds the inbox against the rules."""

    view = "week"

    def answer(self) -> dict[str, Any]:
        """The work on the desk, the inbox now, who may send, what is served and the day proposed."""
        return {
            "work": self.desk.work,
            "files": self.desk.files(),
            "senders": self.desk.senders,
            "served": self.store.sources.served(),
            "proposed": self.desk.proposed(),
        }

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """A heading, a line, a form and, while something is under way, a bar."""
        work: Work = answer["work"]
        html = f"<h1>{self._state(answer)}</h1><p>{self._fresh(answer['served'])}</p>"
        if answer["files"]:
            html += self._form(work, answer["proposed"])
        if work.doing:
            html += self._progress(work)
        if work.fault:
            failed = self.say(f"week.failed.{work.failed}") if work.failed else self.say("week.pending")
            words = f'<p>{failed}</p><p lang="en">{esc(work.fault)}</p>'
            html += f'<div class="banner-line bad" role="alert">{words}</div>'
        return {"html": html}

    def heard(self, message: dict[str, Any]) -> None:
        """The form: look at the inbox as of a day."""
        if message.get("do") != "look":
            return super().heard(message)
        try:
            known_on = date.fromisoformat(str(message["fields"]["known_on"]))
        except (ValueError, KeyError, TypeError):
            known_on = self.desk.proposed()
        self.desk.look(known_on)

    def _state(self, answer: dict[str, Any]) -> str:
        work, files = answer["work"], answer["files"]
        if work.doing:
            return self.say(f"week.doing.{work.doing}")
        if work.published:
            return self.say("week.published", id=esc(work.published))
        if work.found is not None:
            if work.found.is_refused:
                n = work.found.failures.height
                return self.say("week.refused", n=n, cells=count(n))
            unsigned = len(work.found.unsigned({}))
            return self.say("week.unsigned", n=unsigned) if unsigned else self.say("week.clean")
        if self.desk.inbox is None:
            return self.say("week.no_inbox")
        if files is None:
            return self.say("week.no_folder", folder=esc(self.desk.inbox))
        if not files:
            return self.say("week.empty")
        sent = len({file.sender for file in files if file.sender})
        return self.say("week.waiting", sent=sent, senders=len(answer["senders"]))

    def _fresh(self, served: Any) -> str:
        shown = day(served.known_on, self.look.language)
        week = (served.known_on - self.store.source.launched_on).days // 7 + 1
        if self.store.synthetic:
            return self.say("week.served.invented", week=week, day=shown)
        return self.say("week.served", week=week, day=shown, days=count(served.days_old), n=served.days_old)

    def _form(self, work: Work, proposed: date) -> str:
        value = work.known_on if work.known_on is not None and not work.published else proposed
        off = " disabled" if work.doing else ""
        return (
            f'<form class="tools" {submit({"do": "look"})}><label>{self.say("week.known_on")} '
            f'<input type="date" name="known_on" required value="{value.isoformat()}"></label>'
            f'<button class="press" data-press="look"{off}>{self.say("week.look")}</button></form>'
        )

    def _progress(self, work: Work) -> str:
        share = 100 * work.done / work.total if work.total else 0
        what = self.say("week.reading", what=esc(work.what)) if work.what else self.say("week.working")
        return (
            f'<div class="progress" role="progressbar" aria-valuenow="{share:.0f}" '
            f'aria-label="{esc(self.say(f"week.doing.{work.doing}"))}"><i style="width:{share:.0f}%"></i></div>'
            f'<p class="legend" role="status">{what}</p>'
        )
