"""Draw blocks as pictures: the only place that draws, so wall and Word show the same."""

from workshop.charts.alternatives import alt
from workshop.charts.beside import Beside
from workshop.charts.canvas import GRID
from workshop.charts.cloud import cloud
from workshop.charts.pictures import Sketch, draw, sketch

__all__ = ["GRID", "Beside", "Sketch", "alt", "cloud", "draw", "sketch"]
