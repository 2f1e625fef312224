"""The maturity model itself: pillars, dimensions, levels and the evidence each level requires."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from workshop.language import Multilingual

SHIPPED = Path(__file__).with_name("model.json")
TONGUES = ("bg", "en")


class Worded(BaseModel):
    """A part of the model with words; reads "name_bg", "name_en" and plain "bg", "en" alike."""

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, told: Any) -> Any:
        if not isinstance(told, Mapping):
            return told
        known = dict(told)
        for name in cls.model_fields:
            pair = {t: known.pop(f"{name}_{t}") for t in TONGUES if f"{name}_{t}" in known}
            if pair:
                known.setdefault(name, pair)
        bare = {tongue: known.pop(tongue) for tongue in TONGUES if tongue in known}
        return {**known, "words": known.get("words", bare)} if bare else known


class Pillar(Worded):
    """A family of dimensions."""

    code: str
    words: Multilingual


class Level(Worded):
    """A step of the scale: its name for the whole model, its description for a dimension."""

    level: int
    words: Multilingual


class Proof(Worded):
    """A piece of evidence that a level of a dimension requires."""

    id: str
    level: int = Field(ge=2)
    words: Multilingual


class Indicator(Worded):
    """A statement that belongs to a dimension; the wording annex prints it."""

    id: str
    words: Multilingual


class Dimension(Worded):
    """One side of maturity that people rate."""

    code: str
    pillar: str
    name: Multilingual
    question: Multilingual
    levels: tuple[Level, ...]
    indicators: tuple[Indicator, ...] = ()
    evidence: tuple[Proof, ...] = ()


class Scale(Worded):
    """A versioned maturity model; ratings run from 1 to the number of its levels."""

    id: str
    version: str
    name: Multilingual
    note: Multilingual = Multilingual()
    pillars: tuple[Pillar, ...] = Field(min_length=1)
    levels: tuple[Level, ...] = Field(min_length=3, max_length=9)
    dimensions: tuple[Dimension, ...] = Field(min_length=1, max_length=20)

    @model_validator(mode="after")
    def _fit(self) -> Scale:
        """Refuse a model whose parts do not belong together; its author reads the reason."""
        steps = list(range(1, self.top + 1))
        if [level.level for level in self.levels] != steps:
            raise ValueError("the levels must be numbered 1, 2, 3 … in order")
        codes = [dimension.code for dimension in self.dimensions]
        proofs = [proof.id for dimension in self.dimensions for proof in dimension.evidence]
        if len(set(codes)) < len(codes) or len(set(proofs)) < len(proofs):
            raise ValueError("the codes of dimensions and the ids of evidence must be unique")
        pillars = {pillar.code for pillar in self.pillars}
        for dimension in self.dimensions:
            if [level.level for level in dimension.levels] != steps:
                raise ValueError(f"{dimension.code} must describe each level of the model")
            if dimension.pillar not in pillars:
                raise ValueError(f"{dimension.code} stands in an unknown pillar")
            if any(proof.level > self.top for proof in dimension.evidence):
                raise ValueError(f"{dimension.code} requires evidence above the highest level")
        return self

    @property
    def top(self) -> int:
        """The highest level."""
        return len(self.levels)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the dimensions in their order."""
        return tuple(dimension.code for dimension in self.dimensions)

    @property
    def proofs(self) -> int:
        """How many pieces of evidence all levels require."""
        return sum(len(dimension.evidence) for dimension in self.dimensions)

    def dimension(self, code: str) -> Dimension | None:
        """Return the dimension with that code, if there is one."""
        return next((one for one in self.dimensions if one.code == code), None)

    def proof(self, proof_id: str) -> tuple[Dimension, Proof] | None:
        """Return a required piece of evidence with its dimension, if there is one."""
        return next(
            ((one, proof) for one in self.dimensions for proof in one.evidence
             if proof.id == proof_id),
            None,
        )  # fmt: skip

    def level_name(self, level: int) -> Multilingual:
        """Return the name of a level: "Emerging"."""
        return self.levels[level - 1].words


@cache
def shipped() -> Scale:
    """Return the model that comes with the exercise (cpeg-mm 1.0)."""
    return Scale.model_validate(json.loads(SHIPPED.read_text(encoding="utf-8")))
