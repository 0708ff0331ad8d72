"""What exports write and imports read back of outlines: the files of Org and Logseq."""
