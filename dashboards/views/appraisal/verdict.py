"""The marks of a term in one sentence, and what they rest on."""

from typing import Any

import polars as pl

from dashboards.formats import count, esc
from dashboards.marking import appeals_of, mark, shown, term, term_days, term_name, usual_weight
from dashboards.view import Answer
from queries.coursework import rules_of

SHORT = 12


class MarksVerdict(Answer):
    """How many units are marked and ranked, who is not and why, under which rules."""

    page = "appraisal"

    def answer(self) -> dict[str, Any]:
        """The term, its marks in the selection, its appeals, its rules."""
        found = term(self.store)
        rules = rules_of(self.store.source, found["period_id"], found["scheme_id"])[0] if found else None
        return {"term": found, "marks": shown(self.store), "appeals": appeals_of(self.store), "rules": rules}

    def said(self, answer: dict[str, Any]) -> tuple[str, str]:
        """The marks and who has none; the rules, the weight, the appeals."""
        found, marks = answer["term"], answer["marks"]
        if not found:
            return self.say("marked.none"), ""
        if marks.is_empty():
            return self.say("marked.nobody"), ""
        return self._marked(found, marks), self._rules(answer)

    def _marked(self, found: dict[str, Any], marks: pl.DataFrame) -> str:
        named = esc(term_name(self.store, found["period_id"]))
        known = marks["coursework_mark"].drop_nulls().sort()
        told = {"term": named, "days": term_days(self.store, found), "all": count(marks.height)}
        if known.is_empty():
            return self.say("marked.idle", **told)
        middle = known[(known.len() - 1) // 2]
        spread = {"low": mark(known[0]), "middle": mark(middle), "high": mark(known[-1])}
        key = "marked.alike" if known[0] == known[-1] else "marked"
        said = [self.say(key, n=known.len(), marked=count(known.len()), **told, **spread)]
        states = dict(marks.group_by("state").len().rows())
        missing, idle = states.get("not_reported", 0), states.get("not_applicable", 0)
        if not states.get("done"):
            said.append(self.say("marked.unexamined" if missing else "marked.unranked"))
        else:
            said.append(self.say("marked.ranked", n=states["done"], ranked=count(states["done"])))
            said.append(self.say("marked.missing", n=missing, missing=count(missing)) if missing else "")
        said.append(self.say("marked.without", n=idle, idle=count(idle)) if idle else "")
        return self.sentences(*said)

    def _rules(self, answer: dict[str, Any]) -> str:
        found, rules = answer["term"], answer["rules"]
        pending = answer["appeals"].filter(pl.col("appealed") == "pending").height
        lines = [
            "" if found["is_closed"] else self.say("marked.running"),
            self.say("marked.rules", scheme=esc(rules.scheme_id), hash=rules.sha256[:SHORT]),
            self.say("marked.weight", weight=f"{usual_weight(self.store):.2f}"),
            self.say("marked.pending", n=pending, pending=count(pending)) if pending else self.say("marked.unappealed"),
        ]
        return self.sentences(*lines)
