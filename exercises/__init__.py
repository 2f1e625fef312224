"""The activities of a workshop, one folder each; the catalogue finds them by themselves."""
