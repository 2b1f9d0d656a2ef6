"""Why one query of a judged community is answered as it is: laoyou eval DIR --explain QUERY."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from rich.console import Console

from matching import FITTED, Ranked
from matching.evaluation import Trial
from matching.metrics import SHOWN

_LISTED = 12  # of each side, and below them what was judged right


class _Side(NamedTuple):
    title: str
    prefix: str
    together: Sequence[Ranked]
    alone: Sequence[Ranked]
    lines: Mapping[str, str]


def explain_query(trial: Trial, query: str) -> None:
    """Print the whole ranking, each line with both chances, the words and the judgment."""
    post = next(p for p in trial.community.posts if p["id"] == query)
    ranking = trial.ranked(query)
    answer = trial.decide(query, ranking, FITTED)
    people = [one.profile for one in answer.settled.people if one.profile is not None]
    texts = {p["id"]: p["text"] for p in trial.community.posts}
    cards = {m["id"]: _profile_line(m) for m in trial.community.members}
    called = [f"m{call.id:03d}" for call in answer.calls[:SHOWN]]
    chosen = {*called, *(f"p{one.id:03d}" for one in answer.shown)}
    units = [f"{u.surface}×{u.weight:g}" for u in trial.posts[query].units]
    lines = [f"{trial.community.name} {query} {post['kind']} {post['text']}"]
    lines += ["  词：" + " ".join(units), "  把握：连同作者（帖子）一起看 ← 单看"]
    for side in (
        _Side("帖子", "p", answer.settled.posts, ranking.posts, texts),
        _Side("成员", "m", people, ranking.members, cards),
    ):
        lines += [side.title, *_ranked(side, chosen, trial.community.judgments.get(query, {}))]
    if called:
        lines.append("提及：" + " ".join(called))
    Console(highlight=False, soft_wrap=True).print("\n".join(lines), markup=False)


def _ranked(side: _Side, chosen: Collection[str], judged: Mapping[str, int]) -> Iterator[str]:
    """The best, and all that was judged right, also what was not found."""
    grades = {name: grade for name, grade in judged.items() if name.startswith(side.prefix)}
    alone = {one.id: one.score for one in side.alone}
    for at, found in enumerate(side.together):
        name = f"{side.prefix}{found.id:03d}"
        grade = grades.pop(name, None)
        if at >= _LISTED and not grade:
            continue
        mark, shown = "→" if name in chosen else " ", "-" if grade is None else grade
        chances = f"{found.score:4.0%} ← {alone[found.id]:4.0%}"
        yield f" {mark} {name} [{shown}] {chances} {side.lines[name]}"
        why = "，".join(f"{reason.text} {reason.share:.1f}" for reason in found.reasons)
        no = f" 但：{'、'.join(found.against)}" if found.against else ""
        yield f"       因为：{why}{no}"
    missed = ((name, grade) for name, grade in grades.items() if grade)
    yield from (f" × {name} [{grade}] {side.lines[name]}" for name, grade in missed)


def _profile_line(member: Mapping[str, Any]) -> str:
    parts = [member["company"], member["title"], member["city"], member["industry"], member["bio"]]
    return " / ".join(part for part in [*parts, *member["keywords"]] if part)
