"""The snapshots that were published: which one is served, what was signed off, and the way back."""

from typing import Any

from dashboards.formats import count, day, esc
from dashboards.markup import card, submit, table
from dashboards.text import known
from dashboards.view import DeskView
from data.history import Held
from data.reasons import LONGEST_REASON

COLUMNS = ("week", "known_on", "published", "rows", "state", "warnings", "back")
SHOWN = 12


class Ledger(DeskView):
    """One row per snapshot, the newest first; each but the served one can be rolled back to, with a reason."""

    view = "ledger"

    def answer(self) -> list[Held]:
        """Every snapshot, the newest first."""
        return self.desk.history()

    def patch(self, answer: list[Held]) -> dict[str, Any]:
        """The newest ones in a table, the others to open."""
        heads = "".join(f"<th>{self.say(f'ledger.{name}')}</th>" for name in COLUMNS)
        lines = [self._line(held) for held in answer]
        head = card(self.say("ledger.title"), self.say("ledger.say", n=len(answer)), self.say("ledger.legend"))
        html = head + table(heads, "".join(lines[:SHOWN]))
        if len(lines) > SHOWN:
            words = self.say("ledger.older", n=len(lines) - SHOWN)
            html += (
                f'<details data-key="older"><summary>{words}</summary>{table(heads, "".join(lines[SHOWN:]))}</details>'
            )
        return {"html": html}

    def heard(self, message: dict[str, Any]) -> None:
        """A form: roll back, with the reason."""
        fields = message.get("fields")
        if message.get("do") == "rollback" and isinstance(fields, dict):
            reasons = [str(value) for name, value in fields.items() if name.startswith("because ")]
            self.desk.roll_back(str(message.get("to")), " ".join(reasons))
        else:
            super().heard(message)

    def _line(self, held: Held) -> str:
        language = self.look.language
        week = (held.known_on - self.store.source.launched_on).days // 7 + 1
        warnings = "; ".join(
            self.say("ledger.warning", rule=one.rule, n=one.count, because=one.because) for one in held.warnings
        )
        cells = [
            f'<span title="{esc(held.id)}">{week}</span>',
            day(held.known_on, language),
            f"{esc(held.published_at[:16].replace('T', ' '))} {esc(known(language, f'role.{held.by}') or held.by)}",
            count(held.rows),
            self._state(held),
        ]
        return (
            "<tr>"
            + "".join(f"<td>{cell}</td>" for cell in cells)
            + f"<td class=wrap>{esc(warnings)}</td><td>{self._back(held)}</td></tr>"
        )

    def _state(self, held: Held) -> str:
        states = []
        if held.is_served:
            states.append(f"<b>{self.say('ledger.served')}</b>")
        if held.is_rolled_back:
            key = "ledger.rolled_back" if held.because else "ledger.off_line"
            states.append(f'<span class="state-late">{self.say(key, because=esc(held.because))}</span>')
        if held.is_pinned:
            states.append(self.say("ledger.pinned"))
        if held.fault:
            states.append(f'<span class="state-overdue" title="{esc(held.fault)}">{self.say("ledger.damaged")}</span>')
        return " · ".join(states)

    def _back(self, held: Held) -> str:
        if held.is_served or held.fault:
            return ""
        off = " disabled" if self.desk.work.doing else ""
        return (
            f'<details data-key="back-{esc(held.id)}"><summary>{self.say("ledger.roll_back")}</summary>'
            f'<form class="tools" {submit({"do": "rollback", "to": held.id})}>'
            f'<label class="reason">{self.say("ledger.because")}'
            f'<input type="text" name="because {esc(held.id)}" required maxlength="{LONGEST_REASON}">'
            f'</label><button class="press" data-press="back-{esc(held.id)}"{off}>{self.say("ledger.do")}</button>'
            "</form></details>"
        )
