"""Web pages, also saved ones: the article without what stands around it."""
