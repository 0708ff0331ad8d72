"""Tests of quotations and their speakers."""
