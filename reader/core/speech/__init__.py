"""Quotations and who said them: pure rules, with the words of each language as data."""

from reader.core.speech.finding import Speech, find_quotations, read_speech
from reader.core.speech.quotation import Quotation

__all__ = ["Quotation", "Speech", "find_quotations", "read_speech"]
