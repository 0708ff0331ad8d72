"""Makes documents of trees of HTML: shared by pages, books, mail and word processors."""
