"""The review: one note after another, with the answers that each allows."""
