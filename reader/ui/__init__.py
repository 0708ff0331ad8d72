"""The screens, and all that knows Textual."""
