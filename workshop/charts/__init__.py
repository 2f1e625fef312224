"""Draw blocks as pictures: the only place that draws, so wall and Word show the same."""

from workshop.charts.alternatives import alt
from workshop.charts.cloud import cloud
from workshop.charts.pictures import draw
from workshop.charts.spec import picture

__all__ = ["alt", "cloud", "draw", "picture"]
