"""The article as it is drawn: lines, scrolling, the caret, the selection and the mouse."""
