"""The check of a draft: its quotations and figures, one after another, beside their sources."""
