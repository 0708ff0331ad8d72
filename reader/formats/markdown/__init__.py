"""Markdown, with its HTML and its front matter."""
