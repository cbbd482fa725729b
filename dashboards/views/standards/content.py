"""Content omitted: which part of which action was found, was not there, or was not looked for, in each group."""

from typing import Any, Final

import polars as pl

from dashboards.formats import count, esc, percent
from dashboards.markup import Html, table
from dashboards.view import View

SHOWN: Final = 20


class ContentMap(View):
    """Required parts by group: share found, with what is absent and what was not checked told apart."""

    view = "omitted"
    shape = "card wide"
    indicator = "content_coverage"
    tools = ("csv", "png")
    shortened = True

    def answer(self) -> pl.DataFrame:
        """One row per required part and group: present, absent, unchecked, n; and the same over all groups."""
        frame = self.store.answers.rows(self.indicator)
        named = [f"{kind}_name_{language}" for kind in ("action", "item") for language in ("zh", "en")]
        state = pl.col("check_state")
        counted = frame.group_by("action_code", "item_no", "group_id").agg(
            pl.col(named).first(),
            n=pl.len(),
            present=(state == "present").sum(),
            absent=(state == "absent").sum(),
            unchecked=(state == "not_checked").sum(),
        )
        part = ["action_code", "item_no"]
        return counted.with_columns(
            all_n=pl.col("n").sum().over(part),
            all_present=pl.col("present").sum().over(part),
            all_absent=pl.col("absent").sum().over(part),
            all_unchecked=pl.col("unchecked").sum().over(part),
        ).sort(pl.col("all_present") / pl.col("all_n"), *part)

    def patch(self, answer: pl.DataFrame) -> dict[str, Any]:
        """The parts most often missing, one line each."""
        title = self.say("content.title")
        if answer.is_empty():
            return self.nothing(title)
        parts = answer.select("action_code", "item_no").n_unique()
        absent, unchecked = answer["absent"].sum(), answer["unchecked"].sum()
        worst = answer.row(0, named=True)
        finding = self.say("content.fine", n=answer["n"].sum(), of=count(answer["n"].sum()))
        if absent or unchecked:
            finding = self.say(
                "content.say",
                absent=count(absent),
                unchecked=count(unchecked),
                of=count(answer["n"].sum()),
                item=esc(worst[f"item_name_{self.look.language}"]),
                action=esc(worst[f"action_name_{self.look.language}"]),
                rate=percent(worst["all_present"] / worst["all_n"]),
                n=worst["all_n"],
            )
        more = ""
        if parts > SHOWN:
            more = f'<p class="legend" data-more>{self.say("content.more", shown=SHOWN, of=count(parts))}</p>'
        return {"html": self.head(title, finding, self.say("content.legend")) + more + self._table(answer, SHOWN)}

    def twin(self, answer: pl.DataFrame) -> str:
        """Every part, for the file."""
        return self._table(answer, answer.height)

    def _table(self, answer: pl.DataFrame, most: int) -> str:
        present = set(answer["group_id"])
        groups = [group for group in self.store.source.extent.groups if group in present]
        heads = [self.say("content.part"), self.say("content.all"), *(self.group_name(group) for group in groups)]
        lines = []
        grouped = answer.partition_by("action_code", "item_no", maintain_order=True)
        for part in grouped[:most]:
            first = part.row(0, named=True)
            found = {row["group_id"]: row for row in part.iter_rows(named=True)}
            name = esc(first[f"item_name_{self.look.language}"])
            action = esc(first[f"action_name_{self.look.language}"])
            over = {kind: first[f"all_{kind}"] for kind in ("n", "present", "absent", "unchecked")}
            cells = [self._cell(over), *(self._cell(found.get(group)) for group in groups)]
            lines.append(f'<tr><th scope="row">{name}<small>{action}</small></th>{"".join(cells)}</tr>')
        return table("".join(f'<th scope="col">{head}</th>' for head in heads), "".join(lines)).replace(
            'class="scroll"', 'class="scroll parts"', 1
        )

    def _cell(self, row: dict[str, Any] | None) -> Html:
        """The share found; a mark and a number for what is absent, and another for what was not checked."""
        if row is None:
            return Html("<td>\u2013</td>")
        share = row["present"] / row["n"]
        marks = f'<small class="tone-bad">\u25cb{row["absent"]}</small>' if row["absent"] else ""
        marks += f'<small class="tone-warn">?{row["unchecked"]}</small>' if row["unchecked"] else ""
        words = esc(self.say("content.cell", **row))
        kind = "full" if share == 1 else "part"
        missing = row["absent"] / row["n"] * 100
        return Html(
            f'<td class="{kind}" style="--share:{missing:.0f}%" title="{words}" data-key="{share:.4f}">'
            f"{percent(share, 0)[:-1]}{marks}</td>"
        )
