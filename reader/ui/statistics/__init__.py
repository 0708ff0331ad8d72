"""The statistics of the library: their text, their plots, and the screen that shows them."""
