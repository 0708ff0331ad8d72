"""Fetches pages from the web, one at a time and within limits; the only package with urllib3."""

from reader.web.fetching import Fetched, Limits, fetch

__all__ = ["Fetched", "Limits", "fetch"]
