"""What this week changes: in words, in numbers by group, and restated cells with what they said before."""

import re
from typing import Any

import polars as pl

from dashboards.formats import count, day, esc
from dashboards.markup import card, table
from dashboards.view import DeskView
from data.difference import KINDS, summary
from data.schemas import column_named
from data.telling import THINGS, sentences

SHOWN = 200
CELLS = ("table", "key", "group", "column", "old", "then")


class Difference(DeskView):
    """The week at the gate against the snapshot that is served."""

    view = "difference"

    def answer(self) -> dict[str, Any] | None:
        """The differences, who sent nothing, and what they are compared with; None before a look, or when refused."""
        found = self.desk.work.found
        if found is None:
            return None
        return {
            "former": found.former,
            "changes": found.differences,
            "silent": found.silent,
            "unchanged": found.unchanged,
            "resent": found.resent,
            "is_refused": found.is_refused,
        }

    def patch(self, answer: dict[str, Any] | None) -> dict[str, Any]:
        """Sentences, a table of counts, a table of restated cells."""
        title, language = self.say("difference.title"), self.look.language
        if answer is None:
            return {"html": card(title, self.say("difference.none")), "empty": True}
        if answer["former"] is None:
            return {"html": card(title, self.say("difference.first"))}
        changes: pl.DataFrame = answer["changes"]
        finding = self.say("difference.against", id=esc(answer["former"].id), n=count(answer["unchanged"]))
        if answer["is_refused"]:
            finding = self.say("difference.refused")
        lines = [] if answer["is_refused"] else sentences(changes, language)
        told = "".join(f"<li>{esc(line)}</li>" for line in lines)
        unheard = [
            self._silent(group, since) for group, since in answer["silent"].iter_rows() if group not in answer["resent"]
        ]
        unheard += [self.say("difference.resent", sender=esc(sender)) for sender in answer["resent"]]
        silent = "".join(f'<li class="state-late">{line}</li>' for line in unheard)
        html = card(title, finding) + f"<ul class=told>{told}{silent}</ul>"
        if not changes.is_empty():
            html += self._counts(changes) + self._cells(changes)
        return {"html": html}

    def _silent(self, group: str, since: Any) -> str:
        if since is None:
            return self.say("difference.silent.never", group=esc(group))
        return self.say("difference.silent", group=esc(group), day=day(since, self.look.language))

    def _counts(self, changes: pl.DataFrame) -> str:
        rows: dict[tuple[Any, str], dict[str, int]] = {}
        for group, name, kind, n, _ in summary(changes).iter_rows():
            rows.setdefault((group, name), {})[kind] = n
        heads = f"<th>{self.say('difference.group')}</th><th>{self.say('difference.table')}</th>" + "".join(
            f"<th class=number>{self.say(f'difference.{kind}')}</th>" for kind in KINDS
        )
        lines = "".join(
            f"<tr><td>{esc(group or self.say('difference.county'))}</td><td>{esc(self._thing(name))}</td>"
            + "".join(f"<td class=number>{count(found[kind]) if kind in found else ''}</td>" for kind in KINDS)
            + "</tr>"
            for (group, name), found in rows.items()
        )
        words = self.say("difference.counts")
        return f'<details data-key="counts"><summary>{words}</summary>{table(heads, lines)}</details>'

    def _cells(self, changes: pl.DataFrame) -> str:
        restated = changes.filter(pl.col("kind") == "restated")
        if restated.is_empty():
            return f"<p class=legend>{self.say('difference.restated.none')}</p>"
        heads = "".join(f"<th>{self.say(f'difference.{name}')}</th>" for name in CELLS)
        lines = "".join(self._cell(row) for row in restated.head(SHOWN).iter_rows(named=True))
        more = f"<p class=legend>{self.say('difference.more', n=SHOWN)}</p>" if restated.height > SHOWN else ""
        words = self.say("difference.restated.say", n=restated.height, cells=count(restated.height))
        return f"<h3>{words}</h3>{table(heads, lines)}{more}"

    def _cell(self, row: dict[str, Any]) -> str:
        column = column_named(row["column"])
        named = row["column"] if column is None else column.zh if self.look.language == "zh" else column.en
        values = [esc(self._thing(row["table"])), esc(row["key"]), esc(row["group_id"] or "–"), esc(named)]
        old, new = (esc("–" if row[name] is None else row[name]) for name in ("old", "new"))
        cells = "".join(f"<td>{value}</td>" for value in values)
        return f"<tr>{cells}<td class=wrap>{old}</td><td class=wrap><b>{new}</b></td></tr>"

    def _thing(self, name: str) -> str:
        """A table as people call its rows."""
        if name not in THINGS:
            return name
        chinese, _, english = THINGS[name]
        return re.sub(r"\{n\}.*", "", chinese) if self.look.language == "zh" else english
