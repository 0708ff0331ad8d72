"""Dialogs: small screens that ask one thing or show one thing."""
