"""The library: the list of articles, and what can be done with them."""
