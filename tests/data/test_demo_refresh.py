"""The weekly folders of the county pass the ordinary refresh: no rule is broken, and a few warnings tell its story."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data.demo import KNOWN_ON, write_inputs
from data.demo.world import known
from data.refresh import accept_all, prepare, refresh

FIRST, MEETING, NEWEST = KNOWN_ON[0], date(2014, 4, 13), KNOWN_ON[-1]


@pytest.mark.parametrize("known_on", [FIRST, MEETING, KNOWN_ON[8], KNOWN_ON[16], NEWEST])
def test_no_rule_refuses_a_week(tmp_path: Path, known_on: date) -> None:
    write_inputs(tmp_path, known_on)
    prepared = prepare(tmp_path, known_on, accept_all("invented"))
    assert {warning.rule for warning in prepared.manifest.warnings} <= {"V16", "V37"}


def test_a_week_becomes_a_synthetic_snapshot_with_the_rows_that_were_written(tmp_path: Path) -> None:
    write_inputs(tmp_path / "week", MEETING)
    snapshot = refresh(tmp_path / "week", MEETING, tmp_path / "data", today=NEWEST, accepted=accept_all("invented"))
    assert snapshot.synthetic
    assert snapshot.known_on == MEETING
    for table in ("visits", "action_records", "appraisal_scores"):
        assert snapshot.frame(table).rows() == known(table, MEETING).rows()
    assert snapshot.frame("action_catalogue")["applies_to"].explode().null_count() == 0
