"""Starts the process by this file's path: the package is found beside it, without Margin's."""

import importlib
import os
import sys

# Not pathlib, which takes longer to import than all of this.
sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # noqa: PTH100, PTH120
importlib.import_module("worker.serving").main()
