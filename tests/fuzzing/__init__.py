"""Inputs that nobody would write, for every format, for as long as one likes; not a test suite."""
