"""Who is meant by a name, and who there is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from community.members import privacy
from community.members.nicknames import parts_of
from community.members.privacy import Seen
from community.pool.scope import Scope, place
from community.scene import Scene
from matching import fold
from storage.queries.people import members
from storage.queries.pool import browsing
from storage.queries.web import preferences
from storage.tables import Member

_SAME, _FAR = 0, 3
_COMMON = 30


@dataclass(frozen=True)
class Namesakes:
    """The first of those who answer to a name, and how many there are in all."""

    members: Sequence[Member]
    total: int


@dataclass(frozen=True)
class Page:
    """Some of those who are listed, as the viewer reads them, and how many there are in all."""

    members: Sequence[Seen]
    total: int


def as_name(words: str) -> str:
    """The words as the name that they may be: 张三 for @张三."""
    return words.lstrip("@＠")


def find(
    scene: Scene,
    *,
    name: str,
    viewer: Member | None = None,
    met: Collection[int] = (),
    limit: int = 10,
    whole: bool = False,
) -> Namesakes:
    """Active members of that name; else those whose name begins with it, else contains it.

    With a ``viewer`` only those whom he may find, or has ``met`` all the same; a part of a name
    is not enough if ``whole``.
    """
    session, here = scene.session, scene.community_id
    tiers = _by_nearness(scene, name, members.names(session, community_id=here))
    if whole:
        tiers = {at: ids for at, ids in tiers.items() if at == _SAME}
    if viewer is not None:
        every = [id_ for ids in tiers.values() for id_ in ids]
        hidden = privacy.unlisted(scene, ids=every, viewer=viewer).difference(met)
        tiers = {at: [id_ for id_ in ids if id_ not in hidden] for at, ids in tiers.items()}
    best = next((tiers[at] for at in sorted(tiers) if tiers[at]), [])
    return Namesakes(members.by_ids(session, community_id=here, ids=best[:limit]), len(best))


def page(
    scene: Scene,
    *,
    viewer: Member,
    name: str = "",
    city: str = "",
    industry: str = "",
    number: int = 1,
    size: int,
) -> Page:
    """A page of the directory: the nearest to the name first, else those who came last."""
    session, here = scene.session, scene.community_id
    asked = {"city": place(scene, Scope(city=city)).words, "industry": industry}
    skip = (number - 1) * size
    if fold(name):
        called = browsing.names(session, community_id=here, viewer=viewer.id, **asked)
        tiers = _by_nearness(scene, name, called)
        every = [id_ for at in sorted(tiers) for id_ in tiers[at]]
        ids, total = every[skip : skip + size], len(every)
    else:
        ids, total = browsing.directory(
            session, community_id=here, viewer=viewer.id, skip=skip, limit=size, **asked
        )
    found = members.by_ids(session, community_id=here, ids=ids)
    return Page(privacy.seen_all(scene, members=found, viewer=viewer), total)


def common(scene: Scene, field: Literal["city", "industry"]) -> list[str]:
    """What most of those who are listed have written there, for a list to choose from."""
    return browsing.common(
        scene.session, community_id=scene.community_id, field=field, limit=_COMMON
    )


def _by_nearness(
    scene: Scene, name: str, named: Sequence[tuple[int, str, str]]
) -> dict[int, list[int]]:
    wanted = fold(name)
    hidden = preferences.hidden_companies(scene.session, community_id=scene.community_id)
    # Several names may be held against the same members in one piece of work.
    known: dict[str, str] = scene.session.info.setdefault("folded names", {})
    tiers: dict[int, list[int]] = {}
    for id_, *called in named if wanted else ():
        if id_ in hidden:  # nobody is found by what he does not show
            called = [one.replace(hidden[id_], " ") for one in called]  # noqa: PLW2901
        for one in called:
            if one not in known:
                known[one] = fold(one)
        nearest = min(_distance(wanted, known[one]) for one in called)
        if nearest < _FAR:
            tiers.setdefault(nearest, []).append(id_)
    return tiers


def _distance(wanted: str, name: str) -> int:
    """0 (_SAME) the name or a part of 姓名-公司-职位, 1 its beginning, 2 somewhere in it."""
    if wanted == name or wanted in parts_of(name):
        return _SAME
    if name.startswith(wanted):
        return 1
    return 2 if wanted in name else _FAR
