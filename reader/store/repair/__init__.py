"""What a library puts right by itself while it is used."""
