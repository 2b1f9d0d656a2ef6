"""Holding new profiles against the posts that are open."""

from collections.abc import Iterator, Sequence

from community import search
from community.lookback import tips
from community.matches import look, row, store
from community.scene import Scene
from matching import Analysis, Call, Candidate, callable_members, rank
from storage.queries import matches, people, posts
from storage.tables import Member, Post

_MOST_POSTS = 30  # of each kind, for one member


def look_back(scene: Scene, members: Sequence[Member]) -> int:
    """Note for the authors of open posts who of the members fits; gives how many were noted.

    The judgement is the one that a post goes through when it is made, so nobody is told of who
    would not have been called then.
    """
    able = {one.id: one for one in members if _can_be_named(scene, one)}
    noted = 0
    for post in _posts(scene, list(able.values())):
        query = Analysis.load(post.analysis)
        if not _perhaps(scene, query, list(able.values())):
            continue
        looked = look(scene, query=query, kind=post.kind, author=post.author_id)
        coverage = {one.id: one.coverage for one in looked.members}
        for call in looked.calls:
            if call.id in able and call.post is None:
                noted += _note(scene, post, query, call, coverage[call.id])
    return noted


def _can_be_named(scene: Scene, member: Member) -> bool:
    """Those who want to be left alone, and those whom nobody could reach, are not."""
    if not member.active or member.muted or not member.analysis:
        return False
    return bool(
        people.accounts(scene.session, community_id=scene.community_id, member_id=member.id)
    )


def _posts(scene: Scene, members: Sequence[Member]) -> Iterator[Post]:
    """Open posts that have a word in common with one of the members, each once."""
    ids: set[int] = set()
    for member in members:
        query = Analysis.load(member.analysis or {})
        for shelf in ("need", "offer"):
            ids |= set(search.candidates(scene, query=query, shelf=shelf, limit=_MOST_POSTS))
    found = posts.by_ids(scene.session, community_id=scene.community_id, ids=ids)
    for number in sorted(found):
        if found[number].state == "active" and found[number].expires_at > scene.now:
            yield found[number]


def _perhaps(scene: Scene, query: Analysis, members: Sequence[Member]) -> bool:
    """Whether one of the members would fit if there were nobody else: then it is worth a look."""
    stats = search.stats(scene, query, search.MEMBERS)
    alone = [Candidate(one.id, Analysis.load(one.analysis or {})) for one in members]
    return bool(callable_members(query, rank(query, alone, stats)))


def _note(scene: Scene, post: Post, query: Analysis, call: Call, coverage: float) -> bool:
    """Whoever was only stored when the post was made, and not called, is news as well."""
    match = matches.with_member(
        scene.session, community_id=scene.community_id, post_id=post.id, member_id=call.id
    )
    if call.id == post.author_id or (match is not None and match.shown):
        return False
    if not tips.note(scene, post=post, why=call, target_member=call.id):
        return False
    if match is None:
        match = row(scene, post=post, query=query, why=call)
        match.target_member_id, match.coverage = call.id, coverage
        store(scene, [match])
    match.shown = True
    return True
