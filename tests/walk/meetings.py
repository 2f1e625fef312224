"""The two meetings of the walk as the people in the hall live through them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from screens.blueprints import BLUEPRINTS
from tests.walk.person import LOOK_ALIKE, Person
from tests.walk.preparing import ORGANISATIONS
from tests.walk.running import Cockpit, Wall
from tests.walk.story import DOTS, RATINGS, STORIES, TOO_MANY, TOTALS, Story

if TYPE_CHECKING:
    from tests.walk.watch import Watch

SHORT_NAME = "lipovo-municipality"


@dataclass
class Hall:
    """Three phones, a facilitator and a wall."""

    watch: Watch
    facilitator: Cockpit
    wall: Wall | None = None
    people: list[Person] = field(default_factory=list)
    seen: dict[str, list[list[str]]] = field(default_factory=dict)
    """The tables the wall showed, by what they are about."""

    @property
    def story(self) -> Story:
        """The words of this walk."""
        return STORIES[self.watch.language]

    @property
    def names(self) -> list[str]:
        """The organisations in the language of this walk."""
        place = 0 if self.watch.language == "bg" else 1
        return [row[place] for row in ORGANISATIONS]

    def titles(self, meeting: int) -> list[str]:
        """Return what the exercises of a meeting are called, without talks, breaks and recap."""
        stages = BLUEPRINTS[meeting].stages
        stages = tuple(one for one in stages if one.exercise not in ("talk", "recap"))
        return [one.title.said(self.watch.language) for one in stages]

    def begin(self, meeting: int, code: str) -> Wall:
        """Open the cockpit and the wall of a meeting."""
        if self.wall is not None:
            self.wall.page.close()
        self.facilitator.enter(f"{SHORT_NAME}-{meeting + 1}")
        self.wall = self.facilitator.open_wall()
        self.wall.invites(code)
        return self.wall

    def go_home(self) -> None:
        """Put phones, cockpit and wall away: the meetings are over."""
        for one in (self.facilitator, *self.people):
            one.context.close()


def come_in(hall: Hall, code: str) -> None:
    """Three people come to the first meeting: by hand in Cyrillic, by QR code, without scripts."""
    wall = hall.begin(0, code)
    wall.look("lobby")
    anna, boris = Person(hall.watch, "anna"), Person(hall.watch, "boris")
    vera = Person(hall.watch, "vera", scripts=False)
    hall.people = [anna, boris, vera]
    anna.join(code, hall.names[0], typed=f" {code[:3]} {code[3:]}".translate(LOOK_ALIKE).lower())
    boris.join(code, hall.names[1])
    vera.join(code, hall.story.club, typed=code, known=False)
    assert [one.goes_on_by_itself() for one in hall.people] == [True, True, False]
    wall.see(".joined .all b", "3")
    wall.look("lobby")
    facilitator = hall.facilitator
    facilitator.go("Room", "The room")
    name = facilitator.page.get_by_label(facilitator.say("Name on wall and phones"), exact=True)
    facilitator.holds(name, hall.story.club)
    facilitator.look("room")
    facilitator.press("Accept")
    facilitator.button("Accept").wait_for(state="detached")
    facilitator.come_back()


def write_ideas(hall: Hall) -> None:
    """Everybody writes; Anna changes one of hers and takes another back; the wall only counts."""
    story, wall, (anna, boris, vera) = hall.story, hall.wall, hall.people
    assert wall is not None
    hall.facilitator.show(hall.titles(0)[0])
    hall.facilitator.move("open")
    wall.see(".tag.open")
    anna.form()
    anna.look("form")
    anna.send()
    anna.wait("#errors")
    anna.look("refused")
    for quadrant, words in (("S", story.library_before), ("W", story.website),
                            ("O", story.skills), ("T", story.slip)):  # fmt: skip
        anna.write(quadrant, words)
    anna.change(story.library_before, story.library)
    anna.withdraw(story.slip)
    anna.look("written")
    boris.write("W", story.website_again)
    boris.write("T", story.young)
    vera.write("S", story.insult)
    vera.write("O", story.neighbours)
    vera.look("written")
    wall.done(3)
    wall.look("asking")
    assert story.library not in wall.text()
    hall.facilitator.sees_done(3)
    hall.facilitator.look("open")


def sort_ideas(hall: Hall) -> None:
    """The facilitator locks, merges, hides and reveals; wall and phones show the board."""
    story, wall, facilitator = hall.story, hall.wall, hall.facilitator
    assert wall is not None
    facilitator.move("locked")
    wall.see(".pulse .state")
    hall.people[0].wait(".agenda .now")
    hall.people[0].look("locked")
    facilitator.sort()
    facilitator.look("board")
    facilitator.merge(story.website, story.website_again)
    facilitator.hide(story.insult, "insult")
    facilitator.come_back()
    facilitator.move("revealed")
    wall.see(".body", story.library)
    wall.look("board")
    for shown in (story.library, story.website, story.skills, story.neighbours, story.young):
        assert shown in wall.text()
    for gone in (story.insult, story.slip, story.website_again, story.library_before):
        assert gone not in wall.text()
    for person in hall.people:
        person.wait(".quadrant", text=story.website)
        assert story.insult not in " ".join(person.page.locator(".block").all_inner_texts())
    hall.people[0].look("board")


def vote(hall: Hall) -> None:
    """The cards are handed on and voted; wall and phones show what weighs most."""
    story, facilitator, wall = hall.story, hall.facilitator, hall.wall
    assert wall is not None
    facilitator.hand_on(len(TOTALS), hall.titles(0)[1])
    facilitator.come_back()
    facilitator.move("closed")
    facilitator.next(hall.titles(0)[1])
    facilitator.move("open")
    anna = hall.people[0]
    anna.wait(".stepper")
    anna.give(story.dots(TOO_MANY))
    anna.send()
    anna.wait("#errors")
    anna.look("too-many")
    assert anna.given(story.dots(TOO_MANY)) == story.dots(TOO_MANY)
    for person, dots in zip(hall.people, DOTS, strict=True):
        person.wait(".stepper")
        person.give(story.dots(dots))
        person.send()
        person.received()
    anna.look("voted")
    wall.done(3)
    facilitator.move("locked", "revealed")
    hall.seen["dots"] = wall.browse("vote")
    for person in hall.people:
        person.wait(".lines li", text=story.website)
    anna.own(f"{story.library}: 3").wait_for()
    anna.look("vote")
    facilitator.look("vote")
    facilitator.move("closed")


def rate(hall: Hall, code: str) -> None:
    """The second meeting: where are we, and where do we want to be."""
    wall = hall.begin(1, code)
    facilitator = hall.facilitator
    for person, name in zip(hall.people, (*hall.names[:2], hall.names[0]), strict=True):
        person.join(code, name)
    facilitator.show(hall.titles(1)[0])
    facilitator.move("open")
    anna = hall.people[0]
    for person, (now, target) in zip(hall.people, RATINGS, strict=True):
        person.wait("nav.steps")
        for step in range(1, 10 if person is anna else 4):
            person.rate(step, now, target)
    anna.look("rated")
    wall.done(1)
    facilitator.move("locked", "revealed")
    hall.seen["maturity"] = wall.browse("maturity")
    anna.wait(".block")
    anna.look("maturity")


def promise(hall: Hall) -> None:
    """Two promises: a vague one stays a draft and is told so, a complete one counts."""
    story, facilitator, wall = hall.story, hall.facilitator, hall.wall
    assert wall is not None
    facilitator.show(hall.titles(1)[2])
    facilitator.move("open")
    anna, boris, _vera = hall.people
    anna.wait("#f-action")
    anna.look("promise")
    anna.page.fill("#f-action", story.vague)
    anna.send()
    anna.wait("#errors")
    assert anna.page.input_value("#f-action") == story.vague
    anna.page.check('input[name=strength][value="1"]', force=True)
    anna.send()
    anna.received()
    anna.wait(".advice.error")
    anna.look("draft")
    boris.wait("#f-action")
    boris.promise(story.action, story.result, date.today() + timedelta(days=130), hall.names[0],
                  story.need)  # fmt: skip
    assert boris.page.locator(".advice.error").count() == 0
    facilitator.move("locked", "revealed")
    hall.seen["promises"] = wall.browse("promises")
    boris.wait(".block")
    boris.look("promises")
    facilitator.move("closed")
