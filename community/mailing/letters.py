"""How news is told in a letter."""

from collections.abc import Iterator

from community import urls
from community.mailing.news import News, Tip
from community.notices import Letter
from community.scene import Scene
from community.wording import KINDS
from storage.queries.pool import posts
from storage.tables import Member, Post

MOST_POSTS = 20
_FITS = {"need": "可能帮得上", "offer": "可能用得上"}


def letter(scene: Scene, news: News) -> Letter:
    """All of it in one letter, the matches first."""
    parts = [*_matches(scene, news), *_pool(scene, news)]
    settings = scene.settings
    links = [
        f"在网页上看：{urls.home(settings)}",
        f"改多久收一次：{urls.home(settings, '/me/mail')}",
    ]
    return Letter(_subject(scene, news), "\n\n".join([*parts, "\n".join(links)]))


def _subject(scene: Scene, news: News) -> str:
    told = []
    if news.matched:
        told.append(f"{news.matched} 条新的匹配")
    if news.pool:
        told.append(f"{len(news.pool)} 条新的需求和供给")
    return f"{scene.settings.name}：{'，'.join(told)}"


def _matches(scene: Scene, news: News) -> Iterator[str]:
    own = posts.by_ids(scene.session, community_id=scene.community_id, ids=news.mine)
    for number, tips in sorted(news.mine.items()):
        post = own[number]
        head = f"你的 #{number} {KINDS[post.kind]}「{post.title}」，新来的这些{_FITS[post.kind]}："
        yield "\n".join([head, *(_tip(scene, tip) for tip in tips)])
    if news.me:
        yield "\n".join(["这些可能要找你：", *(_tip(scene, tip) for tip in news.me)])
    for keyword, found in news.wished.items():
        yield "\n".join([f"你订阅的「{keyword}」：", *(_post(scene, one) for one in found)])


def _pool(scene: Scene, news: News) -> Iterator[str]:
    if not news.pool:
        return
    lines = [f"新的需求和供给，{len(news.pool)} 条："]
    lines += [_post(scene, one) for one in news.pool[:MOST_POSTS]]
    if (more := len(news.pool) - MOST_POSTS) > 0:
        lines.append(f"还有 {more} 条，在这里看：{urls.home(scene.settings, '/find')}")
    yield "\n".join(lines)


def _tip(scene: Scene, tip: Tip) -> str:
    why = "、".join(tip.why[:2])
    because = f" · 因为：{why}" if why else ""
    if tip.post is not None:
        return _post(scene, tip.post) + because
    return (tip.member.shown if tip.member else "") + because


def _post(scene: Scene, post: Post) -> str:
    author = scene.session.get_one(Member, (scene.community_id, post.author_id))
    return f"#{post.id} {KINDS[post.kind]}「{post.title}」— {author.shown}"
