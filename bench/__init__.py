"""Measure what was promised: ``python bench/run.py`` prints a table; no test depends on a time."""
