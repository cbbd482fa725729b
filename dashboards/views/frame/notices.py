"""What a link asked for and did not get, said where it cannot be overlooked."""

from datetime import date
from typing import Any

from dashboards.formats import day, esc
from dashboards.markup import click
from dashboards.view import View


class Notices(View):
    """One line per notice; empty when every wish was met."""

    view = "notices"
    shape = "plain wide"

    def answer(self) -> list[Any]:
        """The store's notices."""
        return list(self.store.notices)

    def patch(self, answer: list[Any]) -> dict[str, Any]:
        """An alert, or nothing."""
        if not answer:
            return {"html": "", "empty": True}
        lines = "".join(f"<p>{self._words(notice)}</p>" for notice in answer)
        close = f'<button {click({"do": "dismiss"})} aria-label="{esc(self.say("notice.close"))}">\u2715</button>'
        return {"html": f'<div class="notice" role="alert"><div>{lines}</div>{close}</div>'}

    def _words(self, notice: Any) -> str:
        values = {
            name: day(value, self.look.language) if isinstance(value, date) else esc(value)
            for name, value in notice.values.items()
        }
        return self.say(notice.key, **values)
