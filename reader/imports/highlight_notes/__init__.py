"""Reads notes in Markdown that programs such as Obsidian, Logseq and Zotero make of highlights."""
