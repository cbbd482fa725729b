"""Every unit and every prescribed action that is due or soon will be, each cell with its state."""

from typing import Any

import polars as pl

from dashboards.formats import count, esc
from dashboards.markup import cells, click
from dashboards.theme import STATES
from dashboards.view import View
from queries import outcomes
from queries.outcomes import FAULTS, OUTCOMES

LETTERS = dict(zip(OUTCOMES, "abcdefghij", strict=True))


class ActionMatrix(View):
    """Units by actions: a cell picks its action in its unit, a head its action, the legend a state."""

    view = "matrix"
    shape = "card wide"
    indicator = "on_time_rate"
    tools = ("csv", "png")

    def answer(self) -> pl.DataFrame:
        """One row per unit, action and due instance, as `queries.outcomes` gives it."""
        return self.store.answers.listing(outcomes)

    def patch(self, answer: pl.DataFrame) -> dict[str, Any]:
        """The key with its counts, and the table, units of a group together, the one with the most faults first."""
        title = self.say("matrix.title")
        if answer.is_empty():
            return self.nothing(title)
        frame = answer.with_columns(fault=pl.col("is_due") & pl.col("outcome").is_in(FAULTS))
        actions = (
            frame.group_by("action_no")
            .agg(pl.col("due_on").min(), pl.col("^action_name_.*$").first())
            .sort("due_on", "action_no", nulls_last=True)
        )
        head = self.head(title, self._finding(frame), self._key(frame))
        words = {LETTERS[one]: (mark.glyph, mark.tone, self.say(f"outcome.{one}")) for one, mark in STATES.items()}
        picks = self.store.picks
        chosen = picks.get("state", "") if picks.get("place") is None else ""
        table = cells(
            self._heads(actions),
            self._lines(frame, actions["action_no"].to_list()),
            words,
            tell={"pick": {"place": "$row", "action": "$column", "state": ""}},
            picked=(picks["place"], picks.get("action", "")) if "place" in picks else None,
            only=LETTERS.get(chosen, ""),
        )
        return {"html": head + table}

    def _finding(self, frame: pl.DataFrame) -> str:
        due = frame.filter(pl.col("is_due"))
        faults = due.filter("fault")
        if due.is_empty():
            return self.say("headline.none")
        if faults.is_empty():
            return self.say("matrix.fine", n=due.height)
        counts = dict(faults["outcome"].value_counts().iter_rows())
        parts = [f"{count(counts[one])} {self.say(f'outcome.{one}')}" for one in FAULTS if one in counts]
        listed = ("、" if self.look.language == "zh" else ", ").join(parts)
        units = faults["unit_id"].n_unique()
        return self.say("matrix.say", faults=count(faults.height), due=count(due.height), n=units, parts=listed)

    def _key(self, frame: pl.DataFrame) -> str:
        """One button per state that occurs, with the number of its cells; pressed it shows only these."""
        counts = dict(frame["outcome"].value_counts().iter_rows())
        picks = self.store.picks
        made = []
        for outcome in OUTCOMES:
            if outcome in counts:
                pressed = str("place" not in picks and picks.get("state") == outcome).lower()
                mark = STATES[outcome]
                tell = click({"pick": {"state": outcome, "place": "", "action": ""}})
                made.append(
                    f'<button class="toggle" {tell} aria-pressed="{pressed}"><span class="tone-{mark.tone}">'
                    f"{mark.glyph}</span> {self.say(f'outcome.{outcome}')} <b>{count(counts[outcome])}</b></button>"
                )
        return f'<span class="toggles">{"".join(made)}</span>{self.say("matrix.legend")}'

    def _heads(self, actions: pl.DataFrame) -> str:
        picked = self.store.picks.get("action")
        heads = [f'<th scope="col">{self.say("witness.unit")}</th>']
        for row in actions.iter_rows(named=True):
            name = esc(row[f"action_name_{self.look.language}"])
            pressed = str(picked == row["action_no"]).lower()
            tell = click({"pick": {"action": row["action_no"], "place": ""}})
            heads.append(
                f'<th scope="col" data-name="{esc(row["action_no"])}">'
                f'<button {tell} aria-pressed="{pressed}" title="{name}">{name}</button></th>'
            )
        return "".join(heads)

    def _lines(self, frame: pl.DataFrame, columns: list[str]) -> str:
        """A line per unit under the line of its group; groups in their usual order."""
        units = (
            frame.group_by("group_id", "unit_id", maintain_order=True)
            .agg(
                pl.col("^unit_name_.*$").first(),
                "action_no",
                "outcome",
                faults=pl.col("fault").sum(),
                open=(pl.col("fault") & (pl.col("outcome") != "late")).sum(),
            )
            .sort("open", "faults", "unit_id", descending=[True, True, False])
        )
        grouped = units.partition_by("group_id", as_dict=True)
        order = [*self.store.source.extent.groups, None]
        made = []
        for group in order:
            members = grouped.get((group,))
            if members is None:
                continue
            said = self.say("matrix.group", n=members.height, faults=count(members["faults"].sum()))
            wide = len(columns) + 1
            made.append(
                f'<tr class="block"><th scope="colgroup" colspan="{wide}">{self.group_name(group)} {said}</th></tr>'
            )
            for unit in members.iter_rows(named=True):
                known = dict(zip(unit["action_no"], unit["outcome"], strict=True))
                line = "".join(LETTERS[known[column]] if column in known else " " for column in columns)
                name = self.unit_name(unit, "unit_name")
                made.append(
                    f'<tr data-name="{esc(unit["unit_id"])}" data-cells="{line}"><th scope="row">{name}</th></tr>'
                )
        return "".join(made)
