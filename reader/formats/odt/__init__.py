"""OpenDocument text, packed or flat."""
