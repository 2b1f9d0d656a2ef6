"""A post as it is shown to whoever looks or is matched."""

from dataclasses import dataclass

from matching import Reason
from storage.queries.pool.summaries import Person, PostSummary
from storage.tables import Member, Post


@dataclass(frozen=True)
class FoundPost:
    """A post worth showing, and why."""

    post: Post | PostSummary
    author: Member | Person
    reasons: tuple[Reason, ...]
    against: tuple[str, ...] = ()  # what speaks against it all the same
    sure: bool = True  # as against merely the nearest
