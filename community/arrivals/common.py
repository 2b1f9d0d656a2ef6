"""Who in a group has most in common with a newcomer."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from community.learning.learned_weights import learned_of
from community.matches import mentions
from community.matches.search import joint_ranking
from community.members import privacy
from community.members.people import accounts_in_group
from community.scene import Scene
from community.vetting.identity import same_company, years
from matching import fold, shortlist
from storage.queries.people import acquaintance, members
from storage.queries.pool import posts
from storage.tables import Application, Member, Post

_COMPANY, _YEARS, _POST, _CITY, _INDUSTRY = 3, 2, 3, 1, 1
_LEAST = 2  # a city alone is nothing to call somebody for
_LOOKED_AT = 50  # of those with most in common: some are tired, or sit in another group
_POSTS = 3
_WISHES = (("seeks", "offer"), ("gives", "need"))


@dataclass
class Tie:
    """What ties a member to the newcomer."""

    score: int = 0
    reasons: list[str] = field(default_factory=list)

    def add(self, score: int, reason: str) -> None:
        """One thing more."""
        self.score += score
        self.reasons.append(reason)


@dataclass(frozen=True)
class Acquaintance:
    """A member to be mentioned, by which account, and why."""

    member: Member
    account: str
    reasons: Sequence[str]


def acquaintances(scene: Scene, newcomer: Member, *, group: str) -> list[Acquaintance]:
    """At most ``max_mentions``, those with most in common first; each is within his budget."""
    ties = _ties(scene, newcomer)
    order = sorted((-tie.score, id_) for id_, tie in ties.items() if tie.score >= _LEAST)
    ids = [id_ for _, id_ in order[:_LOOKED_AT]]
    tired = mentions.over_budget(scene, ids)
    accounts = accounts_in_group(scene, ids=ids, group=group)
    most = scene.settings.matching.max_mentions
    found: list[Acquaintance] = []
    for member in members.by_ids(scene.session, community_id=scene.community_id, ids=ids):
        if len(found) >= most:
            break
        if not member.active or member.muted or member.id in tired:
            continue
        account = accounts.get(member.id)
        if account is not None:
            found.append(Acquaintance(member, account, ties[member.id].reasons))
    return found


def _ties(scene: Scene, newcomer: Member) -> dict[int, Tie]:
    ties: dict[int, Tie] = defaultdict(Tie)
    everyone = acquaintance.ties(scene.session, community_id=scene.community_id)
    others = [row for row in everyone if row[0] != newcomer.id]
    mine = privacy.seen(scene, member=newcomer, viewer=None).company
    for id_, company, _, _ in others:
        if mine and company and same_company(company, mine):
            ties[id_].add(_COMPANY, f"同是{min(company, mine, key=len)}的")
    _add_years(scene, newcomer, ties)
    for post, reason in _posts(scene, newcomer):
        ties[post.author_id].add(_POST, reason)
    for id_, _, city, industry in others:
        if _same(city, newcomer.city):
            ties[id_].add(_CITY, f"都在{newcomer.city}")
        if _same(industry, newcomer.industry):
            ties[id_].add(_INDUSTRY, f"都做{newcomer.industry}")
    return ties


def _same(one: str, other: str) -> bool:
    return bool(one) and fold(one) == fold(other)


def _add_years(scene: Scene, newcomer: Member, ties: dict[int, Tie]) -> None:
    """Former colleagues who were there at the same time, as far as both have told when.

    The years themselves were told to the admins alone.
    """
    told = acquaintance.applications_of(
        scene.session, community_id=scene.community_id, member_ids=[newcomer.id, *ties]
    )
    spans = _spans(scene, told)
    mine = spans.pop(newcomer.id, None)
    for id_, theirs in spans.items():
        if mine and mine[0] <= theirs[1] and theirs[0] <= mine[1]:
            ties[id_].add(_YEARS, "还是同一时期")


def _spans(scene: Scene, told: Iterable[Application]) -> dict[int, tuple[int, int]]:
    this_year = scene.now.astimezone(scene.settings.zone).year
    found = {one.member_id: years(one.answers.get("years", ""), this_year) for one in told}
    return {id_: span for id_, span in found.items() if id_ is not None and span is not None}


def _posts(scene: Scene, newcomer: Member) -> list[tuple[Post, str]]:
    """What runs in the pool and answers what the newcomer seeks or gives."""
    found = []
    learned = learned_of(scene)
    for wish, shelf in _WISHES:
        words = getattr(newcomer, wish)
        if not words.strip():
            continue
        query = scene.analyser.analyse(words)
        offered = joint_ranking(
            scene, query=query, shelf=shelf, author=newcomer.id, learned=learned
        )
        best = shortlist(query, offered.posts, _POSTS, learned.weights)
        stored = posts.by_ids(
            scene.session, community_id=scene.community_id, ids=[one.id for one in best]
        )
        sought = "正是 ta 要找的" if shelf == "offer" else "ta 能帮上"
        found += [(stored[one.id], f"#{one.id}「{stored[one.id].title}」{sought}") for one in best]
    return found
