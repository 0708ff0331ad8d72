"""Tries inputs that nobody would write, for any length of time; not a test suite."""
