"""Draw a word cloud: an illustration, never evidence; bounded, whatever words arrive."""

from __future__ import annotations

import io
import logging
import math
import random
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from workshop.blocks import Cloud
from workshop.charts.letters import font_file, plain
from workshop.language import Language, say, text
from workshop.palette import Theme, palette

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

MOST_WORDS = 80
LONGEST_WORD = 40
"""One endless "word" kept the library busy for 67 s; signs beyond this are cut."""
SCALE = 2
"""Words are placed on a canvas this much smaller and drawn at full size: four times as fast."""
FRAME = 16
SEED = 20261203
_log = logging.getLogger(__name__)


def cloud(
    block: Cloud, language: Language, width: int = 1600, height: int = 800, theme: Theme = "light"
) -> bytes:
    """Return the cloud as PNG; a friendly sentence when there is nothing to draw."""
    weights = _weights(block)
    image = _drawn(weights, width, height, theme) if weights else None
    if image is None:
        image = _placeholder(language, width, height, theme)
    answer = io.BytesIO()
    image.save(answer, "PNG")
    return answer.getvalue()


def _weights(block: Cloud) -> dict[str, float]:
    """Return the words that can be drawn with their weights, the heaviest first."""
    weights: dict[str, float] = {}
    for word, weight in block.words:
        short = plain(word[: LONGEST_WORD * 2])
        short = short if len(short) <= LONGEST_WORD else f"{short[: LONGEST_WORD - 1]}…"
        if math.isfinite(weight) and weight > 0 and _drawable(short):
            weights[short] = weights.get(short, 0.0) + weight
    heaviest = sorted(weights.items(), key=lambda one: (-one[1], one[0]))
    return dict(heaviest[:MOST_WORDS])


def _drawable(word: str) -> bool:
    """Return whether there is a letter or digit the font has: no faces, no ideographs."""
    return any(sign.isalnum() and east_asian_width(sign) not in "WF" for sign in word)


def _drawn(weights: dict[str, float], width: int, height: int, theme: Theme) -> Picture | None:
    from PIL import Image
    from wordcloud import WordCloud

    colours = palette(theme)
    inks = (colours.link, colours.accent, colours.good, colours.care, colours.quiet)

    def ink(word: str, random_state: random.Random, **place: Any) -> str:
        return inks[0] if weights[word] == max(weights.values()) else random_state.choice(inks)

    maker = WordCloud(
        width=max(1, (width - 2 * FRAME) // SCALE),
        height=max(1, (height - 2 * FRAME) // SCALE),
        scale=SCALE,
        font_path=font_file("DejaVuSans-Bold.ttf"),
        background_color=colours.ground,
        color_func=ink,
        max_words=MOST_WORDS,
        min_font_size=7,
        max_font_size=max(8, height // SCALE // 4),
        relative_scaling=0.5,
        prefer_horizontal=1.0,
        margin=5,
        random_state=SEED,
    )
    try:
        words = maker.generate_from_frequencies(weights).to_image()
    except (ValueError, OSError) as problem:  # no room for a single word, or no ink at all
        _log.warning("word cloud not drawn: %s", problem)
        return None
    framed = Image.new("RGB", (width, height), colours.ground)
    framed.paste(words, (FRAME, FRAME))  # letters drawn at full size may reach over the edge
    return framed


def _placeholder(language: Language, width: int, height: int, theme: Theme) -> Picture:
    from PIL import Image, ImageDraw, ImageFont

    colours = palette(theme)
    image = Image.new("RGB", (max(1, width), max(1, height)), colours.ground)
    size = max(10, min(width // 24, height // 6))
    font = ImageFont.truetype(font_file("DejaVuSans.ttf"), size)
    words = say(text("There are no words yet."), language)
    brush = ImageDraw.Draw(image)
    brush.text((width / 2, height / 2), words, fill=colours.quiet, font=font, anchor="mm")
    return image
