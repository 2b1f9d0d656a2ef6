"""laoyou matching report and learn: what members say of matches, and its effect on words."""

import json
from collections.abc import Mapping
from dataclasses import asdict

from rich.console import Console
from rich.table import Table

from bot.clock import SystemClock
from bot.commands.stored import chosen, community_session, opened
from bot.commands.tuning import print_change, print_tuning, tuning_data, word_of
from bot.config import Config
from community.learning import lessons
from community.learning.report import LISTED, Report, Tally, report
from matching.reasons import FIELD_NAMES

_MOST_WORDS = 20
_SOURCES = {
    "said": "说的（有用、没用）",
    "done": "办成致谢",
    "mute": "被 @ 后勿扰",
    "word": "匹配后捎话",
    "card": "匹配后要联系方式",
}


def show_report(config: Config, *, community: str | None, as_json: bool) -> int:
    """Print the precision by way, by rules and by word; 0 done. StartError."""
    settings = chosen(config, community)
    with opened(config) as database, database.read() as session:
        found = report(session, community_id=settings.id)
    if as_json:
        print(json.dumps(_data(found), ensure_ascii=False, indent=2))
    else:
        _print(settings.name, found)
    return 0


def learn(config: Config, *, community: str | None, dry_run: bool) -> int:
    """Make the next lesson, or say what it would change; 0 done. StartError."""
    settings = chosen(config, community)
    with community_session(config, community_id=settings.id, commit=not dry_run) as session:
        if dry_run:
            change = lessons.propose(session, community_id=settings.id)
        else:
            change = lessons.learn(session, community_id=settings.id, now=SystemClock().now())
    if not change.words:
        print("没有要改的：反馈还不够，或者已经学过了。")
    else:
        print("会这样改（没有保存）：" if dry_run else f"学好了，第 {change.number} 版：")
        print_change(change)
    return 0


def _print(name: str, found: Report) -> None:
    version = "还没有学过" if found.lesson is None else f"权重是第 {found.lesson} 版"
    print(f"{name}：存有 {found.stored} 条匹配，给人看过 {found.shown} 条；{version}")
    print_tuning(found.tuning, found.tried)
    if not found.all.good + found.all.bad:
        print("还没有反馈。")
        return
    print(f"反馈 {found.all.good + found.all.bad} 条，准的占 {found.all.precision:.0%}")
    ways = {LISTED: "列出的帖子", **FIELD_NAMES}
    for title, tallies, names in (
        ("来源", found.by_source, _SOURCES),
        ("规则", found.by_way, ways),
        ("规则版本", found.by_rules, {}),
    ):
        _table(title, {names.get(key, key): tally for key, tally in tallies.items()})
    table = Table("词", "准", "不准", "准确率", "人数", "权重")
    for line in found.words[:_MOST_WORDS]:
        cells = [*_cells(line.tally), str(line.people), f"{line.weight:.2f}"]
        table.add_row(word_of(line.term), *cells)
    Console().print(table)


def _table(title: str, tallies: Mapping[str, Tally]) -> None:
    table = Table(title, "准", "不准", "准确率")
    for key, tally in tallies.items():
        table.add_row(key, *_cells(tally))
    Console().print(table)


def _cells(tally: Tally) -> list[str]:
    return [str(tally.good), str(tally.bad), f"{tally.precision:.2f}"]


def _data(found: Report) -> dict[str, object]:
    def plain(tally: Tally) -> dict[str, float]:
        count = tally.good + tally.bad
        return {**asdict(tally), **({"precision": round(tally.precision, 4)} if count else {})}

    return {
        "matches": {"stored": found.stored, "shown": found.shown},
        "labels": plain(found.all),
        "by_source": {key: plain(tally) for key, tally in found.by_source.items()},
        "by_rule": {key: plain(tally) for key, tally in found.by_way.items()},
        "by_version": {key: plain(tally) for key, tally in found.by_rules.items()},
        "by_word": [
            {
                "word": word_of(line.term),
                **plain(line.tally),
                "people": line.people,
                "weight": line.weight,
            }
            for line in found.words
        ],
        "lesson": found.lesson,
        "weights": None if found.tuning is None else tuning_data(found.tuning),
        "last_refit": None if found.tried is None else tuning_data(found.tried),
    }
