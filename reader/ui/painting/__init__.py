"""The painter: what stands on a screen, as runs of text with styles; knows no toolkit."""
