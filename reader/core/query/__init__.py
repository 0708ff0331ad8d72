"""The language in which notes and articles are asked for: one parser, and one meaning.

``parsing`` reads a query, ``matching`` says what it means, ``fields`` lists what it may ask.
"""
