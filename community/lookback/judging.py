"""Whether what waits to be told still fits: texts and cards may be others by now."""

from community.learning.learned_weights import learned_of
from community.matches.reasons import because
from community.pool import search
from community.scene import Scene
from matching import Analysis, Candidate, mention_candidates, rank, rank_jointly
from storage.tables import Member, Post, Tip


def current_reason(scene: Scene, tip: Tip) -> str | None:
    """Why it fits as things stand; None: it does no more.

    What nobody has touched since it was noted is not judged again.
    """
    session, here = scene.session, scene.community_id
    mine = session.get_one(Post, (here, tip.post_id))
    if tip.target_member_id is None:
        other = session.get_one(Post, (here, tip.target_post_id))
        touched = max(mine.updated_at, other.updated_at) > tip.created_at
        return _of_posts(scene, mine, other) if touched else tip.why
    member = session.get_one(Member, (here, tip.target_member_id))
    touched = max(mine.updated_at, member.updated_at) > tip.created_at
    return _of_member(scene, mine, member) if touched else tip.why


def _of_posts(scene: Scene, mine: Post, other: Post) -> str | None:
    query, weights = Analysis.load(other.analysis), learned_of(scene).weights
    one = Candidate(mine.id, Analysis.load(mine.analysis).stored, mine.author_id)
    found = rank(query, [one], search.stats(scene, query, mine.kind), weights)
    fitting = [
        one for one in rank_jointly(query, found, (), weights).posts if one.score >= weights.show
    ]
    return because(fitting[0].reasons) if fitting else None


def _of_member(scene: Scene, mine: Post, member: Member) -> str | None:
    query, weights = Analysis.load(mine.analysis), learned_of(scene).weights
    one = Candidate(member.id, Analysis.load(member.analysis or {}).stored)
    found = rank(query, [one], search.stats(scene, query, search.MEMBERS), weights)
    calls = mention_candidates(
        query, rank_jointly(query, (), found, weights).people, weights=weights
    )
    return because(calls[0].reasons) if calls else None
