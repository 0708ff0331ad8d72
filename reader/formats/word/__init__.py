"""What the formats of word processors share: from paragraphs with styles to a tree."""
