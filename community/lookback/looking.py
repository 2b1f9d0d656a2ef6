"""Telling authors of members who fit: new profiles, and whoever could not be called at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from community.learning.learned_weights import LearnedWeights, learned_of
from community.lookback import tips
from community.matches.search import MOST_STORED, OPPOSITE, joint_ranking, match_row, store_rows
from community.pool import search
from community.scene import Scene
from matching import (
    Analysis,
    Candidate,
    MentionCandidate,
    Ranked,
    mention_candidates,
    rank,
    rank_jointly,
)
from storage.queries.learning import tips as noted
from storage.queries.people import people
from storage.queries.pool import matches, mentions, posts, summaries
from storage.tables import Member, Post

_MOST_POSTS = 30  # of each kind, for one member


def note_uncalled(
    scene: Scene, *, post: Post, author: Member, calls: Sequence[MentionCandidate], new: bool
) -> set[int]:
    """Whoever fits a post that nobody is called for: its author hears of the best in a letter.

    Those who were called for it before, with other words, are no news. Gives who was noted.
    """
    if not calls or author.muted or post.collected_by is not None:
        return set()
    session, here = scene.session, scene.community_id
    fitting = [call for call in calls if call.post is None]
    if not new:
        known = mentions.of_post(session, community_id=here, post_id=post.id)
        known |= noted.members_of(session, community_id=here, post_id=post.id)
        fitting = [call for call in fitting if call.id not in known]
    ids = [call.id for call in fitting]
    found = summaries.people(session, community_id=here, ids=ids)
    able = {id_ for id_, one in found.items() if one.active and not one.muted}
    able &= people.with_account(session, community_id=here, member_ids=able)
    best = [call for call in fitting if call.id in able][: scene.settings.matching.max_results]
    tips.note_members(scene, post=post, calls=best)
    return {call.id for call in best}


def look_back(scene: Scene, members: Sequence[Member]) -> int:
    """Note for the authors of open posts who of the members fits; gives how many were noted.

    The judgement is the one that a post goes through when it is made, so nobody is told of who
    would not have been called then.
    """
    able = {one.id: Analysis.load(one.analysis or {}) for one in _nameable(scene, members)}
    learned = learned_of(scene)
    return sum(_try(scene, post, able, learned) for post in _posts(scene, able.values()))


def _nameable(scene: Scene, members: Sequence[Member]) -> list[Member]:
    """All but those who want to be left alone, and those whom nobody could reach."""
    asked = [one for one in members if one.active and not one.muted and one.analysis]
    reachable = people.with_account(
        scene.session, community_id=scene.community_id, member_ids=[one.id for one in asked]
    )
    return [one for one in asked if one.id in reachable]


def _posts(scene: Scene, profiles: Iterable[Analysis]) -> Iterator[Post]:
    """Open posts that have a word in common with one of the members, each once."""
    ids: set[int] = set()
    for query in profiles:
        for shelf in ("need", "offer"):
            ids |= set(search.candidates(scene, query=query, shelf=shelf, limit=_MOST_POSTS))
    found = posts.by_ids(scene.session, community_id=scene.community_id, ids=ids)
    for number in sorted(found):
        if found[number].state == "active" and found[number].expires_at > scene.now:
            yield found[number]


def _try(scene: Scene, post: Post, able: Mapping[int, Analysis], learned: LearnedWeights) -> int:
    """How many of the members the author of the post shall hear of."""
    query = Analysis.load(post.analysis)
    if not _perhaps(scene, query, able, learned):
        return 0
    shelf = OPPOSITE[post.kind]
    found = joint_ranking(scene, query=query, shelf=shelf, author=post.author_id, learned=learned)
    profiles = {one.id: one.profile for one in found.people if one.profile is not None}
    calls = mention_candidates(query, found.people, weights=learned.weights)[:MOST_STORED]
    calls = [call for call in calls if call.id in able]
    known = _known(scene, post) if calls else set()
    return sum(
        _note(scene, post, query, call, profiles[call.id]) for call in calls if call.id not in known
    )


def _perhaps(
    scene: Scene, query: Analysis, able: Mapping[int, Analysis], learned: LearnedWeights
) -> bool:
    """Whether one of the members would fit if there were nobody else: then it is worth a look."""
    stats = search.stats(scene, query, search.MEMBERS)
    alone = [Candidate(id_, analysis.stored) for id_, analysis in able.items()]
    found = rank(query, alone, stats, learned.weights)
    people = rank_jointly(query, (), found, learned.weights).people
    return bool(mention_candidates(query, people, weights=learned.weights))


def _known(scene: Scene, post: Post) -> set[int]:
    """Whose posts the author was shown already, and who was called, be it with other words."""
    session, here = scene.session, scene.community_id
    numbers = matches.listed_with(session, community_id=here, post_id=post.id)
    found = posts.by_ids(session, community_id=here, ids=numbers)
    called = mentions.of_post(session, community_id=here, post_id=post.id)
    return {one.author_id for one in found.values()} | called


def _note(scene: Scene, post: Post, query: Analysis, call: MentionCandidate, found: Ranked) -> bool:
    """Whoever was only stored when the post was made, and not called, is news as well."""
    match = matches.with_member(
        scene.session, community_id=scene.community_id, post_id=post.id, member_id=call.id
    )
    if call.id == post.author_id or (match is not None and match.shown):
        return False
    if not tips.note(scene, post=post, why=call, target_member=call.id):
        return False
    if match is None:
        store_rows(scene, [match_row(query, call, found, of=post, member=call.id, shown=True)])
    else:
        match.shown = True
    return True
