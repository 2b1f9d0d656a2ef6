"""Narrowing what is looked at: kind, city, trade, also what is closed.

A post is of a city when its text is about it or its author lives there, and of a trade when its
author works in it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from community.pool.indexing import closed_shelf
from community.scene import Scene
from matching import city_term
from storage.queries.pool import browsing

Kind = Literal["", "need", "offer", "member"]
MOST_POSTS = 5
MOST_MEMBERS = 3


@dataclass(frozen=True)
class Scope:
    """What is looked at, and how much of what is found is told; empty: everything."""

    kind: Kind = ""
    city: str = ""
    industry: str = ""
    closed: bool = False  # also what is done or has run out
    posts: int = MOST_POSTS
    members: int = MOST_MEMBERS
    skip: int = 0  # so many have been told already
    group: str | None = None  # in which it is told: what is hidden from it is left out

    @property
    def shelves(self) -> tuple[str, ...]:
        """The shelves that hold posts of the scope."""
        old = tuple(closed_shelf(kind) for kind in self.kinds) if self.closed else ()
        return (*self.kinds, *old)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of posts."""
        if self.kind == "member":
            return ()
        return (self.kind,) if self.kind else ("need", "offer")


@dataclass(frozen=True)
class Place:
    """A city as the index and as cards have it; ``term`` is empty for one that nobody knows."""

    term: str
    words: str


def place(scene: Scene, scope: Scope) -> Place:
    """The city that is meant: 深圳 for 深圳市, and for 南山 as well."""
    found = sorted(scene.analyser.analyse(scope.city).cities) if scope.city else []
    return Place(city_term(found[0]), found[0]) if found else Place("", scope.city)


class ScopeFilter:
    """Takes out of what was found what is not of the scope."""

    def __init__(self, scene: Scene, scope: Scope) -> None:
        self._scene = scene
        self._scope = scope

    @property
    def keeps_all(self) -> bool:
        """The scope says nothing about cities and trades."""
        return not (self._scope.city or self._scope.industry)

    def members(self, ids: list[int]) -> list[int]:
        """Those who live there and work in that trade."""
        return [id_ for id_ in ids if self._is_of_trade(id_) and self._lives_there(id_)]

    def posts(self, shelf: str) -> Callable[[list[int]], list[int]]:
        """For the posts of a shelf."""
        return lambda ids: self._posts(shelf, ids)

    def _posts(self, shelf: str, ids: list[int]) -> list[int]:
        session, here = self._scene.session, self._scene.community_id
        authors = browsing.authors(session, community_id=here, ids=ids)
        kept = {id_ for id_, author in authors.items() if self._is_of_trade(author)}
        if self._scope.city:
            about = browsing.holding(
                session, community_id=here, shelf=shelf, term=self._place.term, ids=kept
            )
            kept = {id_ for id_ in kept if id_ in about or self._lives_there(authors[id_])}
        return [id_ for id_ in ids if id_ in kept]

    def _is_of_trade(self, member_id: int) -> bool:
        return not self._scope.industry or member_id in self._of_trade

    def _lives_there(self, member_id: int) -> bool:
        return not self._scope.city or member_id in self._living_there

    @cached_property
    def _place(self) -> Place:
        return place(self._scene, self._scope)

    @cached_property
    def _of_trade(self) -> frozenset[int]:
        return _people(self._scene, industry=self._scope.industry)

    @cached_property
    def _living_there(self) -> frozenset[int]:
        return _people(self._scene, city=self._place.words)


def _people(scene: Scene, *, city: str = "", industry: str = "") -> frozenset[int]:
    return frozenset(
        browsing.people(
            scene.session, community_id=scene.community_id, city=city, industry=industry
        )
    )
