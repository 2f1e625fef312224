"""Read blocks as people do: everything they say, in one language."""

from __future__ import annotations

from collections.abc import Sequence

from workshop.blocks import Block, Prose, as_table, cell
from workshop.language import say


def words(blocks: Sequence[Block], language: str = "en") -> str:
    """Return everything the blocks say, titles, notes and cells included."""
    said = []
    for block in blocks:
        if isinstance(block, Prose):
            said += [say(sentence, language) for sentence in block.sentences]
            continue
        table = as_table(block)
        assert table is not None
        said += [say(table.title, language), say(table.note, language)]
        said += [say(column.head, language) for column in table.columns]
        for row in table.rows:
            said += [
                say(cell(value, column), language)
                for value, column in zip(row, table.columns, strict=True)
            ]
    return "\n".join(said)


def prose(blocks: Sequence[Block], language: str = "en") -> str:
    """Return only the sentences."""
    return words([block for block in blocks if isinstance(block, Prose)], language)
