"""The library on disk: article files, snapshots, and the index derived from them."""
