"""The process that renders templates."""
