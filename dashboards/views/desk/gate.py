"""The gate: what every rule found, cell by cell and in words, the sign-off of warnings, and publication."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboards.desk import LEFT_OUT, Work
from dashboards.formats import count, esc
from dashboards.markup import card, submit, table
from dashboards.text.faults import in_words, place_in_words
from dashboards.view import DeskView
from data.checking import Finding
from data.reasons import LONGEST_REASON
from data.rules import RULES
from data.schemas import column_named

SHOWN = 50
"""Cells of one rule that the page shows; `campaign refresh --dry-run --format json` has them all."""

KINDS = ("file", "columns", "type", "owner", "withdrawal")
"""What a fault may be that no rule has found but the reader."""

COLUMNS = ("file", "place", "column", "value", "message")


class Gate(DeskView):
    """Errors first, then warnings with a reason for each, then the rules that found nothing."""

    view = "gate"

    def answer(self) -> dict[str, Any]:
        """The work on the desk, and whether the inbox is another one than was looked at."""
        work = self.desk.work
        return {"work": work, "is_changed": work.found is not None and self.desk.files() != work.listing}

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Nothing before the first look."""
        work: Work = answer["work"]
        found = work.found
        if found is None:
            return {"html": card(self.say("gate.title"), self.say("gate.none")), "empty": True}
        html = card(self.say("gate.title"), self._finding(work))
        if answer["is_changed"] and not work.published:
            html += f'<p class="state-late" role="alert">{self.say("gate.changed")}</p>'
        if not found.is_sunday:
            html += f'<p class="legend">{self.say("gate.no_sunday", day=found.known_on.isoformat())}</p>'
        for note in found.notes:
            html += f'<p class="state-overdue" role="alert" lang="en">{esc(note)}</p>'
        for (rule,), cells in found.failures.group_by("rule", maintain_order=True):
            html += self._rule(str(rule), cells, "error")
        warned = "".join(
            self._rule(each.rule.code, each.cells, "warning", self._before(each) + self._reason(each, work))
            for each in found.warnings
        )
        if found.is_refused:
            html += warned
        else:
            html += f"<form {submit({'do': 'publish'})}>{warned}{self._left_out(work)}{self._publish(work)}</form>"
        return {"html": html + self._passed(found.results())}

    def heard(self, message: dict[str, Any]) -> None:
        """The form: publish, with a reason for each warning."""
        if message.get("do") != "publish":
            return super().heard(message)
        fields = message.get("fields")
        known = {LEFT_OUT} | {rule.code for rule in RULES if rule.severity == "warning"}
        reasons = fields if isinstance(fields, Mapping) else {}
        self.desk.publish({str(rule): str(reason) for rule, reason in reasons.items() if rule in known})

    def _finding(self, work: Work) -> str:
        found = work.found
        assert found is not None
        if work.published:
            return self.say("gate.published", id=esc(work.published))
        took = f"{work.seconds:.1f}"
        if found.is_refused:
            return self.say("gate.refused", seconds=took)
        asked = len(found.unsigned({}))
        if found.warnings and not asked:
            return self.say("gate.accepted", n=len(found.warnings), seconds=took)
        return self.say("gate.warned" if asked else "gate.clean", n=asked, seconds=took)

    def _rule(self, code: str, cells: pl.DataFrame, severity: str, more: str = "") -> str:
        rule = next((rule for rule in RULES if rule.code == code), None)
        said = self.say(f"gate.kind.{code if code in KINDS else 'file'}")
        if rule is not None:
            said = rule.zh if self.look.language == "zh" else rule.en
        tone = "state-overdue" if severity == "error" else "state-late"
        label = f'<span class="{tone}">{self.say(f"gate.{severity}")} {esc(code if rule else "")}</span>'
        heads = "".join(f"<th>{self.say(f'gate.{name}')}</th>" for name in COLUMNS)
        lines = "".join(self._cell(row) for row in cells.head(SHOWN).iter_rows(named=True))
        left = self.say("gate.more", shown=SHOWN, n=cells.height) if cells.height > SHOWN else ""
        shown = self.say("gate.cells", n=cells.height, cells=count(cells.height))
        return (
            f'<section class="rule"><h3>{label} {esc(said)}</h3>{more}'
            f'<details data-key="rule-{esc(code)}"{" open" if severity == "error" else ""}><summary>{shown}</summary>'
            f"{table(heads, lines)}<p class=legend>{left}</p></details></section>"
        )

    def _cell(self, row: dict[str, Any]) -> str:
        column = column_named(row["column"]) if row["column"] else None
        named = row["column"] if column is None else column.zh if self.look.language == "zh" else column.en
        advice = in_words(row["message"], row["rule"], self.look.language)
        place = place_in_words(row["place"], self.look.language)
        return (
            f"<tr><td>{esc(row['file'])}</td><td>{esc(place)}</td><td>{esc(named)}</td>"
            f"<td><code>{esc(row['value'])}</code></td><td class=wrap>{esc(advice)}</td></tr>"
        )

    def _before(self, found: Finding) -> str:
        """How much of it was accepted before, and why."""
        if not found.because:
            return ""
        before = found.count - found.new
        words = self.say("gate.before", n=before, before=count(before), new=count(found.new), reason=esc(found.because))
        return f"<p class=legend>{words}</p>"

    def _reason(self, found: Finding, work: Work) -> str:
        code = found.rule.code
        signed = work.signed.get(code, "")
        if work.published:
            return f"<p>{self.say('gate.signed', reason=esc(signed or found.because))}</p>"
        if work.found is None or work.found.is_refused or not found.new:
            return ""
        return self._asked(code, self.say("gate.reason", rule=code), signed)

    def _left_out(self, work: Work) -> str:
        """The reason for which damaged snapshots are left out."""
        if work.found is None or work.published or not work.found.left_out or work.found.former is None:
            return ""
        names = {"former": esc(work.found.former.id), "left_out": esc(", ".join(work.found.left_out))}
        return self._asked(LEFT_OUT, self.say("gate.left_out", **names), work.signed.get(LEFT_OUT, ""))

    def _asked(self, name: str, words: str, value: str) -> str:
        return (
            f'<label class="reason">{words}'
            f'<input type="text" name="{name}" required maxlength="{LONGEST_REASON}" value="{esc(value)}" '
            f'autocomplete="off"></label>'
        )

    def _publish(self, work: Work) -> str:
        if work.published:
            return ""
        off = " disabled" if work.doing else ""
        assert work.known_on is not None
        return (
            f'<p class="tools"><button class="press" data-press="publish"{off}>'
            f"{self.say('gate.publish', day=work.known_on.isoformat())}</button>"
            f'<span class="legend">{self.say("gate.publish.say")}</span></p>'
        )

    def _passed(self, results: pl.DataFrame) -> str:
        quiet = results.filter(pl.col("count") == 0)
        name = "zh" if self.look.language == "zh" else "en"
        listed = "".join(
            f"<tr><td>{esc(row['rule'])}</td><td class=wrap>{esc(row[name])}</td></tr>" for row in quiet.to_dicts()
        )
        heads = f"<th>{self.say('gate.rule')}</th><th>{self.say('gate.asks')}</th>"
        words = self.say("gate.passed", n=quiet.height, all=results.height)
        return f'<details data-key="passed"><summary>{words}</summary>{table(heads, listed)}</details>'
