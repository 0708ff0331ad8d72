"""The screen that shows what an import would do, and imports."""
