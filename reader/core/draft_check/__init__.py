"""Checking a draft: its quotations against the texts they are from, its figures against claims."""
