"""By what the groups are compared: a row of buttons, one of them pressed."""

from dashboards.markup import click
from dashboards.standing import compared
from dashboards.view import View
from queries.judging import JUDGED


class ShareButtons(View):
    """The shares that groups can be judged by; the one pressed decides what the whole page compares."""

    view = "shares"
    shape = "plain wide"

    def answer(self) -> str:
        """The share compared now."""
        return compared(self.store).name

    def patch(self, answer: str) -> dict[str, str]:
        """The buttons."""
        made = "".join(self._button(name, name == answer) for name in JUDGED)
        return {"html": f'<div class="toggles" role="group" aria-label="{self.say("lineup.by")}">{made}</div>'}

    def _button(self, name: str, pressed: bool) -> str:
        told = click({"pick": {"indicator": name}})
        return (
            f'<button class="toggle" {told} aria-pressed="{str(pressed).lower()}">{self.say(f"share.{name}")}</button>'
        )
