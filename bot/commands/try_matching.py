"""laoyou matching try: what would be shown for a text, who would be called, and why."""

from collections.abc import Iterator, Sequence

from rich.console import Console

from bot.analyser_reload import build_analyser
from bot.clock import SystemClock
from bot.commands.stored import chosen, opened
from bot.config import Config
from community.matches.dry_run import DryRun, Judged, attempt
from community.scene import Scene
from community.wording import KINDS
from matching import MentionCandidate, Ranked, keywords
from storage.queries.pool.summaries import Person
from storage.tables import Member

_WHY_NOT = {
    "muted": "不会，开了勿扰",
    "tired": "不会，最近被 @ 的次数用完了",
    "absent": "不会，不在 {group} 里",
    "full": "不会，一条最多 @ {most} 位",
}


def try_matching(config: Config, text: str, *, kind: str, community: str | None) -> int:
    """Print it all; 0 done. StartError."""
    settings = chosen(config, community)
    group = next(iter(settings.groups), None)
    with opened(config) as database, database.read() as session:
        scene = Scene(session, settings, build_analyser(config), SystemClock().now())
        dry_run = attempt(scene, text=text, kind=kind, group=group)
        lines = [f"{settings.name} {KINDS[kind]}：{text}", *_about(dry_run)]
        lines += [*_posts(dry_run), *_people(scene, dry_run, group)]
    console = Console(highlight=False, soft_wrap=True, markup=False)
    for line in lines:
        console.print(line)
    return 0


def _about(dry_run: DryRun) -> list[str]:
    words = keywords(dry_run.query)
    places = sorted(dry_run.query.cities)
    return [
        f"关键词：{'、'.join(words) or '没看出来'}",
        *([f"地点：{'、'.join(places)}"] if places else []),
    ]


def _posts(dry_run: DryRun) -> Iterator[str]:
    yield "会列出：" if dry_run.found else "没有可列的帖子"
    why = {one.id: one for one in dry_run.looked.shown}
    for found in dry_run.found:
        post = found.post
        against = dry_run.against.posts.get(post.id, ())
        yield f"  #{post.id} {found.author.shown}：{post.title}{_why(why[post.id], against)}"
    if dry_run.posts_short:
        yield "没列出，最接近的是："
    for post, ranked in dry_run.posts_short:
        yield f"  #{post.id} {post.title}{_why(ranked, dry_run.against.posts.get(post.id, ()))}"


def _people(scene: Scene, dry_run: DryRun, group: str | None) -> Iterator[str]:
    if group is None:
        yield "这个社群没有配置群，不会 @ 任何人"
        return
    yield f"在 {group} 里 @：" if dry_run.fans or dry_run.judged else "没有可 @ 的人"
    for fan in dry_run.fans:
        yield f"  {_name(fan.member)} 会，订阅了「{fan.keyword}」"
    for judged in dry_run.judged:
        verdict = _verdict(judged, group, scene.settings.matching.max_mentions)
        member, call = judged.candidate.member, judged.candidate.call
        against = () if call.post else dry_run.against.members.get(member.id, ())
        yield f"  {_name(member)} {verdict}{_why(call, against)}"
    if dry_run.members_short:
        yield "没够上 @ 的，最接近的是："
    for someone, ranked in dry_run.members_short:
        against = dry_run.against.members.get(someone.id, ())
        yield f"  {_name(someone)}{_why(ranked, against)}"


def _verdict(judged: Judged, group: str, most: int) -> str:
    post = judged.candidate.call.post
    if judged.verdict == "called":
        return "会" if post is None else f"会，在 #{post} 那一行"
    return _WHY_NOT[judged.verdict].format(group=group, most=most)


def _why(one: Ranked | MentionCandidate, against: Sequence[str]) -> str:
    """The chance, the share of the text that is covered, the words, and what speaks against it."""
    told = [f"把握 {one.score:.0%}"]
    if isinstance(one, Ranked):
        told.append(f"覆盖 {one.coverage:.0%}")
    told.append(f"因为：{'、'.join(reason.text for reason in one.reasons)}")
    if against:
        told.append(f"但：{'；'.join(against)}")
    return "".join(f" · {part}" for part in told)


def _name(member: Member | Person) -> str:
    return f"{member.shown}（{member.company}）" if member.company else member.shown
