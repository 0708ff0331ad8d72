"""Reads notes of KOReader: the files beside its books, and what it exports."""
