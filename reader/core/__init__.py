"""The values and the rules of Margin: pure, without files, clock, screen or database."""
