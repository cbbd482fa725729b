"""Makes the modules beside the tests (given, oracle, campaigns) importable."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
