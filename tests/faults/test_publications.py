"""A share of every experiment of run.py, always the same one, so that the suite stays quick."""

from pathlib import Path

from breaking import break_every_step
from contention import publish_at_once, read_while_publishing
from histories import live_through
from kills import kill_at_random
from mutants import ROWS, WEEKS, mutate_files
from outage import lose_power
from room import run_out_of_room
from tagged import folder_of


def test_mutated_files_show_the_last_good_week(ground: Path) -> None:
    outcome = mutate_files(folder_of(ground / "data", WEEKS, ROWS), first=0, count=300, processes=2)
    assert outcome.failures == []
    assert outcome.counts["last good week shown"] > 290


def test_a_killed_publisher_leaves_a_whole_week(ground: Path) -> None:
    outcome = kill_at_random(ground, seed=0, count=6, processes=2)
    assert outcome.failures == []
    assert outcome.counts["killed at work"] > 2


def test_a_step_that_fails_or_is_the_last_leaves_a_whole_week(ground: Path) -> None:
    outcome = break_every_step(ground, every=83, processes=1)
    assert outcome.failures == []
    assert {"refused", "served with a note", "ended, former seen", "ended, new week seen"} <= set(outcome.counts)


def test_a_full_disk_leaves_a_whole_week(ground: Path) -> None:
    outcome = run_out_of_room(ground, sizes=8)
    assert outcome.failures == []
    assert min(outcome.counts[end] for end in ("refused", "served", "served with a note")) > 0


def test_after_a_power_loss_a_reader_sees_the_former_week_or_the_new_one(ground: Path) -> None:
    outcome = lose_power(ground, seed=0, mixtures=1, mend_every=40, every=60, only=("publish", "roll back"))
    assert outcome.failures == []
    assert min(outcome.counts["former week"], outcome.counts["new week"], outcome.counts["mended"]) > 5


def test_of_several_publishers_one_wins_at_a_time(ground: Path) -> None:
    outcome = publish_at_once(ground / "data", publishers=3, each=4)
    assert outcome.failures == []
    assert outcome.tried == 12


def test_readers_of_a_folder_that_changes_see_one_week_at_a_time(ground: Path) -> None:
    outcome = read_while_publishing(ground / "data", readers=6, publications=8)
    assert outcome.failures == []
    assert outcome.counts["weeks seen by a process"] > 2


def test_a_random_history_goes_as_the_model_says() -> None:
    outcome = live_through(first=0, count=6, length=12)
    assert outcome.failures == []
    assert outcome.tried >= 6
