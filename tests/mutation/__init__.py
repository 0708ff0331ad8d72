"""Puts small faults into Margin, each alone, and asks whether the tests notice; not a test suite."""
