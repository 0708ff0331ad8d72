"""Reads notes of Apple Books: its databases, and the mail that it sends."""
