"""The answer to a new or changed post: what was kept, what fits it, whom it concerns."""

import re
from collections.abc import Sequence
from datetime import datetime

from community import actions
from community.matches.mentions import Called
from community.matches.reasons import because, telling
from community.pool.found_post import FoundPost
from community.posts.publishing import Published
from community.scene import Scene
from community.wording import KINDS
from handlers.framework.reply import Reply, say
from storage.tables import Member, Post

Part = str | actions.Mention

_FITS = {"need": "可能帮得上：", "offer": "可能用得上："}
_NEAREST = "没有正好合适的，最接近的是："
_LATER = "\n有可能合适的人，我稍后私下告诉你。"
_EXCERPT = 36
_BLANKS = re.compile(r"\s+")
_QUESTIONS = {"need": "能帮上忙吗？", "offer": "用得上吗？"}


def receipt(
    scene: Scene,
    published: Published,
    *,
    private: bool,
    verb: str = "已记下",
    closing: Sequence[Part] = (),
    club: str = "",
) -> Reply:
    """One message; the first number in it is the post's. ``closing`` replaces the last line.

    ``club`` names the community where it may be unclear which one the post went to.
    """
    post = published.post
    parts: list[Part] = [_head(published, verb), _about(scene, published)]
    if club:
        parts.append(f" · 发在「{club}」")
    parts += _matches(published)
    parts += _calls(published)
    if not published.matches and not published.mentions:
        parts.append(_nothing_yet(scene, published, private=private))
    if closing:
        parts += closing
    elif not published.bumped and verb == "已记下":
        parts.append(f"\n写错了：#撤回（10 分钟内）或 #改 {post.id} 新内容")
    return say(*parts, about=post.id)


def found_meanwhile(published: Published | None) -> Sequence[Part]:
    """What fits a post that is back in the pool; nothing where nothing does."""
    if published is None:
        return ()
    return _matches(published) or ([_LATER] if published.later else ())


def day(scene: Scene, at: datetime) -> str:
    """3月9日, where the community lives; the year when it is another one."""
    local, today = (time.astimezone(scene.settings.zone) for time in (at, scene.now))
    year = "" if local.year == today.year else f"{local.year}年"
    return f"{year}{local.month}月{local.day}日"


def excerpt(text: str) -> str:
    """The beginning of a text, enough to tell whether it is worth a question."""
    line = _BLANKS.sub(" ", text)
    return line if len(line) <= _EXCERPT else line[: _EXCERPT - 1].rstrip() + "…"


def item(post: Post) -> str:
    """#12 需求「找一位懂跨境电商的合伙人」"""
    return f"#{post.id} {KINDS[post.kind]}「{post.title}」"


def _head(published: Published, verb: str) -> str:
    post = published.post
    if published.bumped:
        return f"和 #{post.id} 一样，已经替你顶上来，不另记一条。{KINDS[post.kind]}：{post.title}"
    return f"{verb} #{post.id} {KINDS[post.kind]}：{post.title}"


def _about(scene: Scene, published: Published) -> str:
    told = [excerpt(word) for word in published.keywords]
    words = [f"关键词：{'、'.join(told)}"] if told else []
    places = [city for city in published.cities if city not in published.keywords]
    return "\n" + " · ".join([*words, *places, f"{day(scene, published.post.expires_at)}到期"])


def _matches(published: Published) -> list[Part]:
    """One line each, beginning with the number; an author who is called is called there."""
    if not published.matches:
        return []
    called = {one.post: one for one in published.mentions if one.post is not None}
    sure = any(found.sure for found in published.matches)
    parts: list[Part] = ["\n" + (_FITS[published.post.kind] if sure else _NEAREST)]
    for found in published.matches:
        parts += [f"\n#{found.post.id} ", *_who(found, called.get(found.post.id))]
        parts.append(f"{excerpt(found.post.text)} · 因为：{because(found.reasons)}")
    return parts


def _who(found: FoundPost, called: Called | None) -> Sequence[Part]:
    return [f"{found.author.shown}："] if called is None else [_mention(called)]


def _mention(called: Called) -> actions.Mention:
    return actions.Mention(account=called.account, name=called.member.shown)


def _calls(published: Published) -> list[Part]:
    parts: list[Part] = []
    question = _QUESTIONS[published.post.kind]
    for called in published.mentions:
        if called.post is None:
            parts += ["\n", _mention(called), _why(called, question)]
    if any(not called.keyword for called in published.mentions):
        parts.append("\n（不想被 @，发 #勿扰）")
    return parts


def _why(called: Called, question: str) -> str:
    if called.keyword:
        return f"你订阅的「{called.keyword}」来了"
    best = next(iter(telling(called.reasons)), None)
    if best is None or best.is_whole:
        return f"可能和你有关，{question}"
    where = "关注的" if best.field == "keywords" else "名片上的"
    return f"你{where}「{best.theirs}」对得上，{question}"


def _nothing_yet(scene: Scene, published: Published, *, private: bool) -> str:
    post = published.post
    if not published.keywords:
        return f"\n没看出关键词，写具体些更容易匹配：#改 {post.id} 新内容"
    if published.later:
        return _LATER
    place = "已放进资源池，" if private else ""
    author = scene.session.get_one(Member, (scene.community_id, post.author_id))
    untold = author.muted or post.collected_by is not None
    later = "有人发相关的会列出这条" if untold else "有合适的，我私下告诉你"
    return f"\n暂时没有合适的，{place}以后{later}。"
