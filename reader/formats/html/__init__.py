"""Web pages, fetched or saved: finds the article of a page."""
