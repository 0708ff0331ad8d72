"""ODT, also flat."""
