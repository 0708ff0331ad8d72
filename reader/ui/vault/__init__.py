"""The screen that shows what bringing a vault up to date would do, and does it."""
