"""Draw the wall: the quiet frame, the lobby, the question, the wait, and one view of a result."""

from __future__ import annotations

from html import escape

from screens import house
from screens.projector import by_table
from screens.projector.look import Look, canvas
from screens.projector.paging import View
from screens.projector.sight import Sight
from workshop import captions
from workshop.language import Sayable, counted, say, text
from workshop.model import Admission, Clock, StageState
from workshop.palette import GroupStyle, group_styles
from workshop.toolkit import Wifi

LONG = 110
"""A question of more signs than this is set smaller."""
SHORT = 16
"""A network's name or password of more signs than this is set smaller."""


def draw(sight: Sight, look: Look, *, size: str = "full") -> str:
    """Return the whole wall as it stands now; the times are drawn by ``clock``."""
    view = sight.view(look)
    if sight.stage is None:
        body = _lobby(sight, look)
    elif view is not None:
        body = _result(view, look)
    else:
        body = _asking(sight, look)
    inside = _head(sight, look) + f'<div class="body">{body}</div>' + _foot(sight, view, look)
    kinds = ["tall"] if view is not None and view.tall else []
    if sight.clock is not None:
        called = sight.clock.last and look.also  # in both languages that is one line each
        kinds.append("called" if called else "timed")  # what is said needs room beside the title
    if sight.stage is not None and sight.stage.state is StageState.open:
        kinds.append("still")  # what grows with every entry would otherwise never rest
    return canvas(inside, look, size, *kinds)


def clock(sight: Sight, look: Look, *, size: str = "full") -> str:
    """Return the time of day and the time left: drawn anew every second."""
    lost = look.html(text("Connection lost. This is how it was at {time}.", time=sight.time))
    left = _left(sight.clock, look)
    inside = f'<div class="time">{left}<span>{sight.time}</span></div><p class="lost">{lost}</p>'
    return canvas(inside, look, size, "over")


def _left(clock: Clock | None, look: Look) -> str:
    """Return how much time is left in large digits; at zero words, as calm as the rest."""
    if clock is None:
        return ""
    if clock.last:
        words = _once(text("Last call"), look, "<br />")
        digits = f" <b>{captions.digits(clock.left)}</b>" if clock.left else ""
        one = "" if look.also else " one"
        return f'<span class="left last{one}"><span>{words}</span>{digits}</span>'
    if clock.left == 0:
        return f'<span class="left up">{_once(text("Time is up"), look, "<br />")}</span>'
    digits = f"<b>{captions.digits(clock.left)}</b>"
    if clock.running:
        return f'<span class="left">{digits}</span>'
    said = _once(text("paused"), look, "<br />")
    return f'<span class="left paused"><span>{said}</span> {digits}</span>'


def _head(sight: Sight, look: Look) -> str:
    where = look.html(sight.workshop.title)
    stage = text("Welcome") if sight.stage is None else sight.stage.title
    name = sight.stage.id if sight.stage is not None else ""
    title = f"<span>{look.html(stage)}</span>{_tag(sight, look)}"
    if sight.workshop.rehearsal:
        where = f'<b class="trial">{_once(text("Rehearsal"), look)}</b> {where}'
    return (
        f'<header class="head"><img class="mark" src="{house.picture("star.svg")}" alt="" />'
        f'<div class="names"><p class="where">{where}</p>'
        f'<h1 class="stage" data-stage="{name}">{title}</h1>'
        "</div></header>"
    )


def _tag(sight: Sight, look: Look) -> str:
    if sight.stage is None:
        return ""
    if not sight.asks and sight.stage.state is not StageState.planned:
        over = sight.stage.state is StageState.closed
        kind, words = ("done", text("over")) if over else ("open", text("now"))
        return f'<span class="tag {kind}">{look.html(words)}</span>'
    if sight.round is not None and sight.round.begun:
        return f'<span class="tag open">{look.html(text("card by card"))}</span>'
    board = sight.place.board
    if board and sight.blocks and board <= sight.stage.tables:
        return f'<span class="tag open">{look.html(text("Table {number}", number=board))}</span>'
    kind, words = {
        StageState.planned: ("wait", text("coming")),
        StageState.open: ("open", text("open")),
        StageState.locked: ("wait", text("no more entries")),
        StageState.revealed: ("done", text("result")),
        StageState.closed: ("done", text("closed")),
    }[sight.stage.state]
    return f'<span class="tag {kind}">{look.html(words)}</span>'


def _foot(sight: Sight, view: View | None, look: Look) -> str:
    warning = sight.warning
    notes = [f'<p class="warning">{look.html(warning)}</p>'] if warning else []
    if view is not None:
        count = sight.views(look)
        spoken = any(one.wraps == "spoken" for one in view.pieces)  # it says itself which it is
        if len(count) > 1 and not spoken:
            words = text("{n} of {total}", n=min(sight.page + 1, len(count)), total=len(count))
            notes.insert(0, f'<p class="page">{look.html(words)}</p>')
        if view.note:
            notes.insert(1, f'<p class="basis">{escape(view.note)}</p>')
        if n := _waiting(sight):
            words = counted("{n} waits for the facilitator", "{n} wait for the facilitator", n=n)
            notes.append(f'<p class="basis">{look.html(words)}</p>')
    if sight.still:
        notes.insert(0, f'<p class="page">{look.html(text("The wall stands still"))}</p>')
    left = f'<div class="notes">{"".join(notes)}</div>'
    if sight.stage is None:
        return f'<footer class="foot lobby-foot">{_joined(sight, look)}{left}</footer>'
    return f'<footer class="foot">{left}{_join(sight, look)}</footer>'


def _waiting(sight: Sight) -> int:
    """Return how many texts may still be let through: none once the stage is closed."""
    if sight.progress is None or sight.stage is None or sight.stage.state is StageState.closed:
        return 0
    return sight.progress.waiting


def _join(sight: Sight, look: Look) -> str:
    """Return how to join, or that nobody can; where heads are counted, who is late may wait."""
    if sight.workshop.finished or sight.workshop.code_is_past(sight.now):
        return ""
    if sight.workshop.joining_locked and sight.workshop.admission is not Admission.room:
        said = _once(text("Joining is closed"), look, "<br />")
        return f'<div class="join"><p class="shut">{said}</p></div>'
    return (
        f'<div class="join"><div><p class="where">{look.html(text("Join here"))}</p>'
        f'<p class="at">{escape(house.short_address(sight.address))}</p>'
        f'<p class="code">{escape(sight.workshop.code)}</p></div>{_qr(sight, look)}</div>'
    )


def _qr(sight: Sight, look: Look) -> str:
    title = say(text("QR code to join"), look.language)
    picture = f'<img src="{sight.qr(title)}" alt="{escape(title)}" decoding="sync" />'
    return f'<div class="qr">{picture}</div>'


def _lobby(sight: Sight, look: Look) -> str:
    if sight.workshop.finished:
        thanks = text("Thank you. This workshop is finished.")
        return f'<div class="asking"><div>{_twice(thanks, look)}</div></div>'
    if sight.workshop.joining_locked or sight.workshop.code_is_past(sight.now):
        words = text("Joining is closed. Whoever is in goes on as before.")
        return f'<div class="asking"><div>{_twice(words, look)}</div></div>'
    if sight.wifi is not None:
        return _two_steps(sight, sight.wifi, look)
    return (
        f'<div class="lobby"><div><h2>{_once(text("On your phone, open"), look)}</h2>'
        f"{_at(sight)}<h2>{_once(text('and type the code'), look)}</h2>{_code(sight)}</div>"
        f"{_qr(sight, look)}</div>"
    )


def _two_steps(sight: Sight, wifi: Wifi, look: Look) -> str:
    """Return the way in where phones need the hall's network first."""
    title = say(text("QR code for the Wi-Fi"), look.language)
    picture = f'<img src="{sight.wifi_qr(title)}" alt="{escape(title)}" decoding="sync" />'
    long = " long" if len(wifi.name) > SHORT or len(wifi.password) > SHORT else ""
    secret = _fact(text("Password"), wifi.password, look) if wifi.password else ""
    hint = text("If the phone says that there is no internet, stay connected.")
    return (
        '<div class="lobby steps"><section>'
        f"<h2><b>1</b> {_once(text('Join the Wi-Fi'), look)}</h2>"
        f'<div class="step"><div class="qr">{picture}</div>'
        f'<dl class="facts{long}">{_fact(text("Network"), wifi.name, look)}{secret}</dl></div>'
        f'<p class="hint">{_once(hint, look)}</p></section>'
        f"<section><h2><b>2</b> {_once(text('Enter the workshop'), look)}</h2>"
        f'<div class="step">{_qr(sight, look)}{_code(sight)}</div>{_at(sight)}</section></div>'
    )


def _fact(name: Sayable, said: str, look: Look) -> str:
    return f"<div><dt>{_once(name, look)}</dt><dd>{escape(said)}</dd></div>"


def _at(sight: Sight) -> str:
    address = house.short_address(sight.address)
    wide = "" if len(address) <= 28 else " wide" if len(address) <= 38 else " widest"
    return f'<p class="at{wide}">{escape(address)}</p>'


def _code(sight: Sight) -> str:
    signs = "".join(f"<span>{escape(one)}</span>" for one in sight.workshop.code)
    return f'<p class="code" aria-label="{escape(sight.workshop.code)}">{signs}</p>'


def _joined(sight: Sight, look: Look) -> str:
    if sight.discreet:
        return ""
    styles = group_styles([group.key for group, _, _ in sight.present])
    some = "".join(
        f'<div><b>{joined}</b><p class="name">'
        f"{_sign(styles[group.key], look)}{look.html(group.name)}</p></div>"
        for group, joined, _ in sight.present
    )
    words = counted("person joined", "people joined", n=sight.joined)
    return (
        f'<div class="joined"><div class="all"><b>{sight.joined}</b>'
        f'<p class="name">{look.html(words)}</p></div>{some}</div>'
    )


def _asking(sight: Sight, look: Look) -> str:
    stage = sight.stage
    assert stage is not None  # the lobby has no question
    question = _twice(sight.question, look)
    if not sight.asks:
        return f'<div class="asking spoken"><div>{question}</div></div>'
    promise = (
        captions.PROMISES[stage.anonymity]
        if stage.state in (StageState.planned, StageState.open)
        else ""
    )
    below = f'<p class="promise">{look.html(promise)}</p>' if promise else ""
    return f'<div class="asking"><div>{question}{below}</div>{_pulse(sight, look)}</div>'


def _pulse(sight: Sight, look: Look) -> str:
    """Return how far the room is: never who, only how many of each group."""
    done = sight.progress
    stage = sight.stage
    if done is None or stage is None:
        return ""
    if stage.state is StageState.planned:
        minutes = counted("about {n} minute", "about {n} minutes", n=stage.minutes)
        words = f'<p class="state">{look.html(text("Coming up"))}</p><p>{look.html(minutes)}</p>'
        return f'<div class="pulse">{words}</div>'
    state = ""
    if stage.state is StageState.locked:
        state = f'<p class="state">{look.html(text("Closed. We are sorting."))}</p>'
    styles = group_styles([group.key for group, _, _ in done.by_group])
    rows = "".join(
        f"<li>{_sign(styles[group.key], look)}<span>{look.html(group.name)}</span>"
        f'<span class="n">{some} / {present}</span>'
        f'<span class="bar" style="color:{styles[group.key].colour(look.theme)}">'
        f'<i style="width:{100 * some / max(present, some, 1):.0f}%"></i></span></li>'
        for group, some, present in done.by_group
    )
    count = f"{done.done}<small> {look.html(text('of {n}', n=done.present))}</small>"
    if sight.discreet:
        count, rows = str(done.done), ""
    said = counted("done", "done", n=done.done)
    listed = f'<ul class="groups">{rows}</ul>'
    if done.by_table:  # at a table people look for their own, not for their group
        listed = by_table.rows(done.by_table, look, discreet=sight.discreet)
    return (
        f'<div class="pulse">{state}<p class="count">{count}</p>'
        f'<p class="what">{look.html(said)}</p>{listed}</div>'
    )


def _sign(style: GroupStyle, look: Look) -> str:
    colour = style.colour(look.theme)
    return f'<span class="sign" style="color:{colour}" aria-hidden="true">{style.sign}</span>'


def _result(view: View, look: Look) -> str:
    title = ""
    if view.title:
        part = text("{n} of {total}", n=view.part, total=view.parts)
        of = f' <span class="of">· {look.html(part)}</span>' if view.parts > 1 else ""
        title = f'<h2 class="title">{look.html(view.title)}{of}</h2>'
    return title + view.markup(look)


def _twice(words: Sayable, look: Look) -> str:
    """Return words in the first language, and below in the second where both are shown."""
    said = [(look.language, say(words, look.language))]
    if look.also and say(words, look.also) != said[0][1]:
        said.append((look.also, say(words, look.also)))
    return "".join(
        f'<p class="question{" long" if len(one) > LONG else ""}" lang="{spoken}" dir="auto">'
        f"{escape(one)}</p>"
        for spoken, one in said
    )


def _once(words: Sayable, look: Look, between: str = " · ") -> str:
    """Return words in both languages beside each other, where both are shown."""
    said = [say(words, one) for one in look.languages]
    return between.join(escape(one) for one in dict.fromkeys(said))
