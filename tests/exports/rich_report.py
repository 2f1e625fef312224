"""A report that holds every kind of block, in both languages, with invented people only."""
