"""Where the faults are made: in memory if the machine has such a place, for flushing to a disk is what takes long."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
MEMORY = Path("/dev/shm")
sys.path.append(str(HERE))


@pytest.fixture
def ground() -> Iterator[Path]:
    """An empty folder, removed afterwards."""
    from data import disk

    folder = Path(tempfile.mkdtemp(prefix="campaign-faults-", dir=MEMORY if MEMORY.is_dir() else None))
    yield folder
    disk.remove(folder)
