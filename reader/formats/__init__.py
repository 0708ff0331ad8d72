"""Bytes become documents: decoding, cleaning, and a parser per format."""
