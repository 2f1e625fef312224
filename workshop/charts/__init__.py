"""Draw blocks as pictures: the only place that draws, so wall and Word show the same."""

from workshop.charts.alternatives import alt
from workshop.charts.beside import Beside
from workshop.charts.cloud import cloud
from workshop.charts.pictures import Sketch, draw, sketch
from workshop.charts.spec import picture

__all__ = ["Beside", "Sketch", "alt", "cloud", "draw", "picture", "sketch"]
