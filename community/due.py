"""What the clock brings about: which communities it is the turn of, and so much of each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from sqlmodel import Session

from community.overrides import locked_settings
from community.scene import Scene
from community.settings import Settings
from matching import Analyser

Row = TypeVar("Row")
Row_co = TypeVar("Row_co", covariant=True)


class Claim(Protocol[Row_co]):
    """Gives the rows of one community that are due, held until the transaction ends."""

    def __call__(
        self, session: Session, *, community_id: str, now: datetime, limit: int
    ) -> Sequence[Row_co]: ...


@dataclass(frozen=True)
class Round:
    """One transaction of a tick, which takes up at most ``limit`` things, of one community.

    What is done is written down within it, with the next time: a second run, or a second process,
    finds nothing left to do, and after a long pause each thing is done once.
    """

    session: Session
    settings: Mapping[str, Settings]
    analyser: Analyser
    now: datetime
    limit: int

    def scene(self, community_id: str) -> Scene:
        """The community, locked until the transaction ends."""
        chosen = locked_settings(self.session, self.settings[community_id])
        return Scene(self.session, chosen, self.analyser, self.now)

    def take_up(
        self,
        communities: Iterable[str],
        claim: Claim[Row],
        work: Callable[[Scene, Sequence[Row]], None],
    ) -> int:
        """Do what is due in the first of the communities; gives how much that was.

        In no other: who holds the lock of a community never waits for another one.
        """
        community_id = next(iter(communities), None)
        if community_id is None:
            return 0
        scene = self.scene(community_id)
        rows = claim(self.session, community_id=community_id, now=self.now, limit=self.limit)
        work(scene, rows)
        return len(rows)
