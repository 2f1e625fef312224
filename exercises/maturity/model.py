"""What the maturity exercise asks: settings, a rating per dimension, a record per evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import (
    BeforeValidator,
    Discriminator,
    Field,
    PrivateAttr,
    ValidationError,
    model_validator,
)

from exercises.maturity.scale import Scale, shipped
from workshop.exercise import Advice, Shelf
from workshop.fields import Form, Key, Line, Lines, Whole, Words, wrong
from workshop.language import Multilingual, Sayable, Text, text
from workshop.model import Refused, Room, Sender

Status: TypeAlias = Literal["missing", "claimed", "verified", "rejected", "not_applicable"]
STATUSES: Mapping[str, Text] = {
    "missing": text("missing"),
    "claimed": text("claimed"),
    "verified": text("verified"),
    "rejected": text("rejected"),
    "not_applicable": text("not applicable"),
}
Weight: TypeAlias = Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]


class Settings(Form):
    """What the facilitator decides before the stage opens."""

    horizon: Annotated[
        Words,
        text("By when the target should be reached"),
        text("Shown above the question about the target, for example: in three years."),
    ] = Multilingual()
    weighting: Annotated[
        Literal["group", "participant", "organisation"],
        text("Who counts alike in the headline"),
        text("All three are always printed side by side; choose before anybody rates."),
        {
            "group": text("every group"),
            "participant": text("every person"),
            "organisation": text("every organisation"),
        },
    ] = "group"
    weights: Annotated[
        Mapping[str, Weight],
        text("Weights of the dimensions in the index"),
        text("Code and weight, for example P1 and 2. Empty: all weigh the same."),
    ] = Field(default_factory=dict)
    importance: Annotated[
        Mapping[str, Weight],
        text("Points for the dimensions from an earlier vote"),
        text("Code and points; they order the gaps. Empty: all count the same."),
    ] = Field(default_factory=dict)
    strict: Annotated[
        bool,
        text("Also hide groups that all printed means together would give away"),
        text("Hides more groups; means by person and by group can be combined."),
    ] = False
    model: Annotated[
        Mapping[str, Any] | None,
        text("Another maturity model"),
        text("Empty: the model that comes with the program."),
    ] = None

    _scale: Scale = PrivateAttr()

    @model_validator(mode="after")
    def _fit(self) -> Settings:
        """Read the model and refuse weights for dimensions it does not have."""
        try:
            self._scale = shipped() if self.model is None else Scale.model_validate(self.model)
        except ValidationError as error:
            raise wrong(text("This maturity model cannot be read."), "model") from error
        for name in ("weights", "importance"):
            given: Mapping[str, float] = getattr(self, name)
            unknown = [code for code in given if code not in self._scale.codes]
            if unknown:
                raise wrong(
                    text("There is no dimension {code} in the model.", code=unknown[0]), name
                )
            if given and not sum(given.values()):
                raise wrong(text("At least one weight must be above zero."), name)
        return self

    @property
    def scale(self) -> Scale:
        """The maturity model that is rated."""
        return self._scale

    def shares(self, given: Mapping[str, float]) -> tuple[float, ...]:
        """Return weights by dimension as shares of 1; alike when none are given."""
        codes = self.scale.codes
        amounts = [given.get(code, 0.0) for code in codes] if given else [1.0] * len(codes)
        return tuple(amount / sum(amounts) for amount in amounts)


def _cannot_judge(told: Any) -> Any:
    if told == "":
        raise wrong(text("Choose a level, or say that you cannot judge."))
    return None if told == "none" else told


def _or_nothing(told: Any) -> Any:
    return None if told in ("", "none") else told


class Rating(Form):
    """How far one person thinks we are in one dimension, and where we should be."""

    writer: ClassVar[str] = "participant"

    kind: Literal["rating"] = "rating"
    dimension: Key
    current: Annotated[Whole | None, BeforeValidator(_cannot_judge)]
    """None: "I cannot judge", sent as "none"; never the middle of the scale."""
    target: Annotated[Whole | None, BeforeValidator(_or_nothing)] = None
    note: Lines = ""
    """Evidence the person knows of, in their words."""


class Evidence(Form):
    """A piece of required evidence: participants may claim it, staff decide."""

    writer: ClassVar[str] = "both"

    kind: Literal["evidence"] = "evidence"
    evidence: Annotated[Key, text("Which evidence")]
    status: Annotated[Status, text("Status"), STATUSES] = "claimed"
    link: Annotated[
        Lines, text("Link"), text("The web address where it can be read."), Field(max_length=500)
    ] = ""
    note: Annotated[
        Lines,
        text("Note"),
        text("Why it was rejected or does not apply; a decision number, a page."),
    ] = ""
    owner: Annotated[Line, text("Organisation it comes from")] = ""
    verifier: Annotated[
        Line, text("Organisation that verified it"), text("Another one than it comes from.")
    ] = ""


Entry: TypeAlias = Rating | Evidence
AnyEntry = Annotated[Entry, Discriminator("kind")]


def check(settings: Settings, entry: Entry, sender: Sender, room: Room) -> list[Advice]:
    """Refuse what contradicts itself or the model; there is nothing to advise."""
    if isinstance(entry, Rating):
        _check_rating(settings.scale, entry)
    else:
        _check_evidence(settings.scale, entry, sender, room)
    return []


def _check_rating(scale: Scale, entry: Rating) -> None:
    if scale.dimension(entry.dimension) is None:
        raise Refused(text("This question is no longer asked. Please reload the page."))
    for name, level in (("current", entry.current), ("target", entry.target)):
        if level is not None and not 1 <= level <= scale.top:
            raise Refused(text("Choose a level from 1 to {top}.", top=scale.top), name)
    if entry.current is not None and entry.target is not None and entry.target < entry.current:
        raise Refused(
            text(
                "The target is below where we are now. Choose level {level} or higher.",
                level=entry.current,
            ),
            "target",
        )


def _check_evidence(scale: Scale, entry: Evidence, sender: Sender, room: Room) -> None:
    if scale.proof(entry.evidence) is None:
        raise Refused(text("The model does not ask for this evidence."), "evidence")
    if entry.link and not entry.link.startswith(("https://", "http://")):
        raise Refused(text("A link begins with https:// or http://."), "link")
    for name, told in (("owner", entry.owner), ("verifier", entry.verifier)):
        if told and room.organisation_named(told) is None:
            raise Refused(text("Choose an organisation from the list."), name)
    if not sender.staff and (entry.status not in ("missing", "claimed") or entry.verifier):
        raise Refused(
            text("You can say that evidence exists; another organisation verifies it."), "status"
        )
    verifier = room.organisation_named(entry.verifier)
    if entry.status == "verified" and verifier is None:
        raise Refused(text("Say which organisation verified it."), "verifier")
    if verifier is not None and verifier == room.organisation_named(entry.owner):
        raise Refused(
            text("Evidence is verified by another organisation than the one it comes from."),
            "verifier",
        )
    if entry.status == "not_applicable" and not entry.note.strip():
        raise Refused(text("Write in the note why this evidence does not apply."), "note")


def slot(entry: Entry) -> str:
    """Return what an entry replaces: "rating:F1", "evidence:F1-E2a"."""
    if isinstance(entry, Rating):
        return f"rating:{entry.dimension}"
    return f"evidence:{entry.evidence}"


def words(entry: Entry) -> Sequence[str]:
    """Return what was typed: an address can say anything, and is printed as a note is."""
    return (entry.note,) if isinstance(entry, Rating) else (entry.note, entry.link)


def answer(settings: Settings, entry: Entry) -> Sequence[Sayable]:
    """Return the levels somebody chose, in words."""
    if not isinstance(entry, Rating):
        return ()
    return (
        text("now: {level}", level=_chosen(settings, entry.current)),
        text("target: {level}", level=_chosen(settings, entry.target)),
    )


def _chosen(settings: Settings, level: int | None) -> Sayable:
    if level is None:
        return "–"
    return Text("{level} · {name}", (("level", level), ("name", settings.scale.level_name(level))))


def step_of(entry: Entry) -> str:
    """Return the page of the phone an entry belongs to: its dimension."""
    return entry.dimension if isinstance(entry, Rating) else ""


def steps(settings: Settings) -> Sequence[Shelf]:
    """Return the dimensions, one page each on the phone."""
    return tuple(
        Shelf(key=one.code, name=Text("{name}", (("name", one.name),)))
        for one in settings.scale.dimensions
    )


def done(settings: Settings, entries: Sequence[Entry]) -> bool:
    """Return whether somebody answered for every dimension; "I cannot judge" is an answer."""
    answered = {entry.dimension for entry in entries if isinstance(entry, Rating)}
    return answered.issuperset(settings.scale.codes)
