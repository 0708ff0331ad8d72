"""The form of Margin's Markdown: what its writer and its reader have in common."""
