"""Reads notes of Kindles: ``My Clippings.txt``, the app's notebook, and read.amazon's page."""
