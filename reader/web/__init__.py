"""Pages come from the web: one at a time, when asked for, within bounds. Knows urllib3 alone."""

from reader.web.fetching import Fetched, Limits, fetch

__all__ = ["Fetched", "Limits", "fetch"]
