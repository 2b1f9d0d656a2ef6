"""What is news for a member: matches of his, posts he has a wish for, and the pool."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from community.anonymity.authors import aliases_among
from community.members import privacy
from community.pool.alerts import Fan, is_news, wishes
from community.rights import may
from community.scene import Scene
from matching import Analysis
from storage.queries.pool import follows, matches, posts
from storage.queries.web import preferences
from storage.tables import Follow, Match, Member, Post, Preference

MOST_OTHERS = 5  # posts that fit the member himself, and the same of what he follows


@dataclass(frozen=True)
class Tip:
    """Something that fits: a post, or a member, and why."""

    why: Sequence[str] = ()
    post: Post | None = None
    member: Member | None = None


@dataclass
class News:
    """All that has come up, the best first."""

    mine: dict[int, list[Tip]] = field(default_factory=dict)  # by number of the member's own post
    me: list[Tip] = field(default_factory=list)  # what fits his profile
    wished: dict[str, list[Post]] = field(default_factory=dict)  # by keyword
    pool: list[Post] = field(default_factory=list)  # newest first

    @property
    def matched(self) -> int:
        """How many matches there are."""
        tips = sum(map(len, self.mine.values())) + len(self.me)
        return tips + sum(map(len, self.wished.values()))


class Newsroom:
    """Looks for many members in one piece of work, and for the same things only once."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._fans: dict[int, list[Fan]] = {}
        self._since: dict[int, list[Post]] = {}

    def matches(self, row: Preference, news: News, *, since: datetime | None) -> None:
        """What fits the member, his posts and his wishes, and has not been told.

        A post that was changed is matched anew: only one that was not there at the last letter,
        which was at ``since``, can be news by that. None: it was told at once.
        """
        scene, seen = self._scene, set[int]()
        found = matches.new_for(
            scene.session,
            community_id=scene.community_id,
            member_id=row.member_id,
            after=row.last_match,
        )
        numbers = {one.post_id for one in found} | {one.target_post_id or 0 for one in found}
        stored = posts.by_ids(scene.session, community_id=scene.community_id, ids=numbers)
        known = {one.id: one for one in self._named(list(stored.values()))}
        found = [one for one in found if {one.post_id, one.target_post_id or 0} - {0} <= set(known)]
        own = [one for one in found if known[one.post_id].author_id == row.member_id]
        others = [one for one in found if one not in own and _is_new(one, known, since)]
        if own and may(scene, self._reader(row), "whois"):  # guests see nobody's card
            self._helpers(own, known, news)
        self._answers(row, others, known, news, seen)
        for match in others:
            post = known[match.post_id]
            fits_him = match.target_member_id == row.member_id
            if fits_him and post.id not in seen and self._runs(post):
                seen.add(post.id)
                news.me.append(Tip(match.reasons, post))
        news.me = news.me[:MOST_OTHERS]
        self._wished(row, news, seen)

    def pool(self, row: Preference) -> list[Post]:
        """Posts of others that are new and still run, the newest first."""
        new = self._new_posts(row.last_post)
        return [post for post in reversed(new) if post.author_id != row.member_id]

    def _answers(
        self,
        row: Preference,
        found: Sequence[Match],
        known: Mapping[int, Post],
        news: News,
        seen: set[int],
    ) -> None:
        """New posts of others that fit a post of the member's."""
        for match in found:
            newer, mine = known[match.post_id], known.get(match.target_post_id or 0)
            if mine is None or mine.author_id != row.member_id or newer.id in seen:
                continue
            if self._runs(newer) and self._add(news, mine, Tip(match.reasons, newer)):
                seen.add(newer.id)

    def _helpers(self, found: Sequence[Match], known: Mapping[int, Post], news: News) -> None:
        """Members who fit a post of the member's, and were not there when he made it."""
        for match in found:
            post = known[match.post_id]
            if match.shown and match.target_member_id and match.created_at > post.updated_at:
                member = self._listed(match.target_member_id)
                if member is not None:
                    seen = privacy.seen(self._scene, member=member, viewer=None)
                    why = privacy.told(match.reasons, seen=seen, member=member)
                    self._add(news, post, Tip(why, member=member))

    def _add(self, news: News, mine: Post, tip: Tip) -> bool:
        """Of each post the best few are told."""
        tips = news.mine.get(mine.id, [])
        if not self._runs(mine) or len(tips) >= max(1, self._scene.settings.matching.max_results):
            return False
        news.mine[mine.id] = [*tips, tip]
        return True

    def _reader(self, row: Preference) -> Member:
        return self._scene.session.get_one(Member, (row.community_id, row.member_id))

    def _listed(self, member_id: int) -> Member | None:
        scene = self._scene
        member = scene.session.get(Member, (scene.community_id, member_id))
        chosen = preferences.get(
            scene.session, community_id=scene.community_id, member_id=member_id
        )
        hidden = chosen is not None and not chosen.listed
        return None if member is None or not member.active or member.muted or hidden else member

    def _wished(self, row: Preference, news: News, seen: set[int]) -> None:
        scene = self._scene
        held = follows.of_member(
            scene.session, community_id=scene.community_id, member_id=row.member_id
        )
        if not held:
            return
        since, left = min(one.last_post_id for one in held), MOST_OTHERS
        for post in (*self._new_posts(since), *self._older(held)):
            for member, follow in self._fulfilled(post):
                mine = member.id == row.member_id and is_news(follow, post)
                if not mine or post.id in seen or not left:
                    continue
                seen.add(post.id)
                left -= 1
                news.wished.setdefault(follow.keyword, []).append(post)

    def _older(self, held: Sequence[Follow]) -> list[Post]:
        """Posts that have come to say a followed word, and still run."""
        ids = {number for one in held for number in one.older}
        here = self._scene.community_id
        found = posts.by_ids(self._scene.session, community_id=here, ids=ids)
        running = [found[number] for number in sorted(found) if self._runs(found[number])]
        return self._named(running)

    def _fulfilled(self, post: Post) -> list[Fan]:
        if post.id not in self._fans:
            analysis = Analysis.load(post.analysis)
            self._fans[post.id] = wishes(self._scene, analysis=analysis, author=post.author_id)
        return self._fans[post.id]

    def _new_posts(self, after: int) -> list[Post]:
        if after not in self._since:
            scene = self._scene
            found = posts.running_after(
                scene.session, community_id=scene.community_id, after=after, now=scene.now
            )
            self._since[after] = self._named(found)
        return self._since[after]

    def _named(self, found: Sequence[Post]) -> list[Post]:
        """Without anonymous posts: what stands in a mailbox is read by others than its owner."""
        aliases = aliases_among(self._scene, {one.author_id for one in found})
        return [one for one in found if one.author_id not in aliases]

    def _runs(self, post: Post) -> bool:
        return post.state == "active" and post.expires_at > self._scene.now


def _is_new(match: Match, known: Mapping[int, Post], since: datetime | None) -> bool:
    made = known[match.post_id].created_at
    return match.created_at == made or (since is not None and made > since)
