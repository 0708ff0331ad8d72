"""From trees of HTML and the like to documents; pages, books, mail and word processors share it."""
