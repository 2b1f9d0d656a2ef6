"""The introductions that have to do with somebody, as he may know them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from community.introductions import answering, contacts, parties, wording
from community.introductions.parties import Half, Side
from community.scene import Scene
from storage.queries.people import introductions, personal
from storage.tables import Introduction, Member

_LATELY = timedelta(days=90)
_ENDED = 10  # of those that are over, the latest


@dataclass(frozen=True)
class Line:
    """One of them, for whoever it is about."""

    row: Introduction
    who: str
    standing: str

    @property
    def text(self) -> str:
        """All of it."""
        return f"{self.who} · {self.standing}"


@dataclass(frozen=True)
class Question:
    """One that somebody has to answer, with all that helps him to decide."""

    row: Introduction
    opening: str
    words: str
    card: str  # of the other one
    contact: str  # what would be given of himself; "" where nothing is known


@dataclass(frozen=True)
class Listing:
    """Lines for whoever they are about; ``awaiting`` are the ones he has to answer."""

    awaiting: Sequence[Introduction]
    lines: Sequence[Line]
    put_in_touch: int  # pairs, by him


def of(scene: Scene, person: Member) -> Listing:
    """What goes on, and the latest of what is over."""
    session, here = scene.session, scene.community_id
    numbers = parties.numbers_of(scene, person)
    since = scene.now - _LATELY
    rows = introductions.concerning(session, community_id=here, ids=numbers, since=since)
    awaiting = [row for row in rows if answering.awaits(scene, row, person)]
    others = [row for row in rows if row not in awaiting]
    ended = [row for row in others if row.due_at is None][:_ENDED]
    told = [row for row in others if row.due_at is not None or row in ended]
    made = introductions.count_agreed(session, community_id=here, introducers=numbers)
    return Listing(awaiting, [_line(scene, row, person) for row in told], made)


def question(scene: Scene, row: Introduction, person: Member) -> Question:
    """One that waits for the person."""
    half: Half = "asker" if _side(scene, row, person) == "asker" else "asked"
    return Question(
        row,
        opening=wording.opening(scene, row, half),
        words=contacts.kept_back(row.words),
        card=wording.card_of_other(scene, row, half),
        contact=contacts.known(scene, member=person),
    )


def unsettled(scene: Scene, person: Member) -> list[Introduction]:
    """Those of which the person was asked what came of them, and that nobody has told yet."""
    since = scene.now - _LATELY
    rows = introductions.concerning(
        scene.session,
        community_id=scene.community_id,
        ids=parties.numbers_of(scene, person),
        since=since,
    )
    return [
        row
        for row in rows
        if row.chases and row.due_at is not None and parties.side_of(scene, row, person) != "asked"
    ]


def briefly(scene: Scene, row: Introduction, person: Member) -> str:
    """Who it is about, for the person."""
    return wording.line(scene, row, _side(scene, row, person))


def all_of(scene: Scene, member: Member) -> list[str]:
    """Every one that is kept, with his own words."""
    return [
        _line(scene, row, member).text + _own_words(row, member) for row in _kept(scene, member)
    ]


def openings(scene: Scene, member: Member) -> list[str]:
    """What every message begins with that anybody is sent about one of them."""
    return [f"I{row.id}：" for row in _kept(scene, member)]


def _kept(scene: Scene, member: Member) -> list[Introduction]:
    numbers = parties.numbers_of(scene, member)
    here = scene.community_id
    return personal.introductions(scene.session, community_id=here, numbers=numbers)


def _line(scene: Scene, row: Introduction, person: Member) -> Line:
    side = _side(scene, row, person)
    return Line(row, wording.line(scene, row, side), wording.standing(row, side))


def _side(scene: Scene, row: Introduction, person: Member) -> Side:
    side = parties.side_of(scene, row, person)
    assert side is not None  # it was looked for by his numbers
    return side


def _own_words(row: Introduction, person: Member) -> str:
    return f"：{row.words}" if row.words and parties.was_begun_by(row, person) else ""
