"""Make the demo series: ``python examples/make_series.py SAMPLE.json -o ARCHIVE``.

Everything goes in through the toolkit calls that phones and staff use, on a database that is thrown
away; what is written is the archive ``sedyanka import`` reads.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from examples.names import SHORT_NAME, TOWN, WARNING, Names
from examples.room import Clock, House
from examples.shape import read
from examples.stages import write_swot
from examples.strategy import add_evidence, commit, rate, settle
from examples.tryout import prepare
from examples.votes import vote_on_priorities, vote_on_swot
from workshop.language import Multilingual, say
from workshop.model import Refused, Role, Series
from workshop.toolkit import Toolkit


def main() -> None:
    """Read the sample, play both workshops through, write the archive."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("sample", type=Path, help="a file of the shape of the worked sample")
    asked.add_argument("-o", "--output", type=Path, required=True, help="the archive to write")
    given = asked.parse_args()
    try:
        archive, remarks = make(read(given.sample))
    except Refused as refused:
        raise SystemExit(f"{given.sample} cannot be played: {say(refused.reason, 'en')}") from None
    for remark in remarks:
        print(remark, file=sys.stderr)
    try:
        given.output.write_text(spread(archive), encoding="utf-8")
    except OSError as problem:
        raise SystemExit(f"{given.output} cannot be written: {problem.strerror}.") from problem
    print(f"{given.output}: {len(archive['contributions'])} contributions")


def make(sample: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return the archive of a series in which everything of ``sample`` has happened.

    And a sentence for everything that did not go as the sample says.
    """
    clock = Clock(start_of(sample["workshops"][0]) - timedelta(days=12))
    with (
        tempfile.TemporaryDirectory() as folder,
        Toolkit.open(f"sqlite:///{folder}/series.db", now=clock) as toolkit,
    ):
        facilitator, _ = toolkit.accounts.create(None, "facilitator", Role.facilitator)
        names = Names(sample)
        series = create_series(toolkit, sample, names)
        house = House(toolkit, sample, names, series, facilitator, clock)
        hold_needs_workshop(house)
        hold_maturity_workshop(house)
        prepare(house)
        return toolkit.archive.dump(series.id), house.remarks


def spread(archive: Mapping[str, Any]) -> str:
    """Return the archive as JSON with a line for each row: small, and changes can be read."""
    parts = []
    for name, value in archive.items():
        if isinstance(value, list):
            rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in value)
            parts.append(f"{json.dumps(name)}: [\n{rows}\n]")
        else:
            parts.append(f"{json.dumps(name)}: {json.dumps(value)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def create_series(toolkit: Toolkit, sample: Mapping[str, Any], names: Names) -> Series:
    """Set up the series with its groups and organisations under invented names."""
    series = toolkit.library.create_series(
        None,
        short_name=SHORT_NAME,
        municipality=TOWN,
        theme=theme_of(sample["meta"], names),
        synthetic=True,
        warning=WARNING,
        groups=[(one["id"], Multilingual(bg=one["bg"], en=one["en"])) for one in sample["groups"]],
    )
    groups = {one.key: one.id for one in toolkit.library.groups(series.id)}
    for one in sample["organisations"]:
        toolkit.library.add_organisation(
            None, series.id, names.organisations[one["id"]], groups[one["group"]], key=one["id"]
        )
    return series


def hold_needs_workshop(house: House) -> None:
    """Play the first workshop: SWOT, dots on it, dots on the candidates."""
    house.begin(house.sample["workshops"][0])
    swot = write_swot(house)
    vote_on_swot(house, swot)
    vote_on_priorities(house)
    tell_speaking(house)
    house.finish()


def hold_maturity_workshop(house: House) -> None:
    """Play the second workshop: maturity with its evidence, commitments with their statuses."""
    house.begin(house.sample["workshops"][1])
    maturity = rate(house)
    commitments, kept = commit(house)
    house.finish()
    add_evidence(house, maturity)
    settle(house, commitments, kept)


def tell_speaking(house: House) -> None:
    """Enter who spoke how long, by group: that is all an observer keeps of the sample's log."""
    member = {one["id"]: one["group"] for one in house.sample["participants"]}
    spoken: Counter[str] = Counter()
    for one in house.sample["participation_log"]:
        spoken[member[one["participant"]]] += one["seconds"]
    first = house.toolkit.agenda.stages(house.workshop.id)[0]
    for group in house.toolkit.library.groups(house.series.id):
        if spoken[group.key]:
            house.clock.pass_by(seconds=9)
            house.toolkit.speaking.enter(
                house.facilitator, house.workshop.id, group.id, spoken[group.key], first.id
            )


def start_of(workshop: Mapping[str, Any]) -> datetime:
    """Return when a workshop of the sample begins."""
    from zoneinfo import ZoneInfo

    hour, minute = (int(part) for part in workshop["start"].split(":"))
    day = date.fromisoformat(workshop["date"])
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo("Europe/Sofia"))


def theme_of(meta: Mapping[str, Any], names: Names) -> Multilingual:
    """Return what the series is about: the sample's title without "Sample workshop:"."""
    said = names.both(meta, "title")
    bg, en = (words.split(": ", 1)[-1] for words in (said.bg, said.en))
    return Multilingual(bg=bg[:1].upper() + bg[1:], en=en[:1].upper() + en[1:])


if __name__ == "__main__":
    main()
