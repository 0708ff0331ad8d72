"""The files of a library, each kind with its format, and what keeps them whole."""
