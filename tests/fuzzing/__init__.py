"""Reads inputs that nobody would write, in every format, for any length of time; not a test suite."""
