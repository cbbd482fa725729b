"""Makes the twins and the selections importable beside the tests of them."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE / "twins")]
