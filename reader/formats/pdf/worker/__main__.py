"""Starts the process by this file's path, so that only the package beside it is found."""

import importlib
import os
import sys

# without pathlib, which takes longer to import than all of this
sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # noqa: PTH100, PTH120
importlib.import_module("worker.serving").main()
