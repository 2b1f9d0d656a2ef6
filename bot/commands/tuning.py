"""laoyou matching refit and rollback: a community's own weights, and the way back."""

from collections.abc import Mapping
from datetime import UTC

from bot.clock import SystemClock
from bot.commands.stored import chosen, community_session
from bot.config import Config
from community.learning import lessons, tuning
from community.learning.lessons import Change
from community.learning.tuning import LEAST, LEAST_EACH, LEAST_FOR_DIRECTIONS, LEAST_PEOPLE, Trial
from matching.tuning import BIAS, Z_SCORE, Gain, Shifts
from storage.queries.learning import lessons as lesson_queries
from storage.tables import Lesson, Tuning

FAILED = 1
_MOST = 8  # of the weights that moved, those that moved most
_MODELS = {
    "post": "帖子",
    "member_for_need": "需求找成员",
    "member_for_offer": "供给找成员",
}


def refit(config: Config, *, community: str | None, dry_run: bool) -> int:
    """Try weights of the community's own and keep what came of it; 0 done. StartError."""
    settings = chosen(config, community)
    with community_session(config, community_id=settings.id, commit=not dry_run) as session:
        if dry_run:
            trial = tuning.attempt(session, community_id=settings.id)
        else:
            trial = tuning.learn(session, community_id=settings.id, now=SystemClock().now())
    _print_trial(trial, dry_run=dry_run)
    return 0


def roll_back(config: Config, *, community: str | None, only: str | None) -> int:
    """Take back the last step, of words or of weights; 0 done, 1 there is none. StartError."""
    settings = chosen(config, community)
    with community_session(config, community_id=settings.id, commit=True) as session:
        lesson = lesson_queries.current(session, community_id=settings.id)
        held = tuning.in_force(session, community_id=settings.id)
        if only != "words" and held and (only or _is_later(held, lesson)):
            tuning.roll_back(session, community_id=settings.id)
            _say_back(held, tuning.in_force(session, community_id=settings.id))
            return 0
        change = None
        if only != "weights":
            change = lessons.roll_back(session, community_id=settings.id)
    if change is None:
        print("还没有学过什么，没有可以退回的。")
        return FAILED
    where = "最初" if change.number is None else f"第 {change.number} 版"
    print(f"退回到{where}：")
    print_change(change)
    return 0


def print_change(change: Change) -> None:
    """Each word that counts other than before."""
    for term in change.words:
        before, after = change.before.get(term, 1.0), change.after.get(term, 1.0)
        print(f"  {word_of(term)}：{before:.2f} → {after:.2f}")


def word_of(term: str) -> str:
    """The term as people read it: concepts carry a letter in front."""
    return term.removeprefix("C")


def print_tuning(held: Tuning | None, tried: Tuning | None) -> None:
    """Which weights hold, and what came of the last try."""
    if held is None:
        print("打分的权重：出厂的")
    else:
        print(f"打分的权重：自己的第 {held.id} 版，{_made(held)}")
        _print_shifts(held.shifts)
    if tried is not None and (held is None or tried.id != held.id):
        outcome = "已退回" if tried.withdrawn else "没有用" if not tried.shifts else "已失效"
        print(f"最近一次试：第 {tried.id} 版，{_made(tried)}，{outcome}")


def tuning_data(one: Tuning) -> dict[str, object]:
    """The same as JSON."""
    return {
        "number": one.id,
        "labels": one.labels,
        "date": one.created_at.astimezone(UTC).date().isoformat(),
        "shifts": one.shifts,
        "gains": one.gains,
        "withdrawn": one.withdrawn,
    }


def _is_later(held: Tuning, lesson: Lesson | None) -> bool:
    return lesson is None or held.created_at >= lesson.created_at


def _say_back(held: Tuning, former: Tuning | None) -> None:
    where = "出厂的" if former is None else f"自己的第 {former.id} 版"
    print(f"打分的权重第 {held.id} 版退掉了，现在用{where}；做它用过的反馈不再算。")


def _print_trial(trial: Trial, *, dry_run: bool) -> None:
    step = trial.step
    if step is None:
        print(
            f"没有试：可用的反馈 {trial.labels} 条，其中新的 {trial.new} 条。"
            f"要有新的，至少 {LEAST} 条、{LEAST_PEOPLE} 个人，好坏各 {LEAST_EACH} 条；"
            f"{LEAST_FOR_DIRECTIONS} 条起才看方向。"
        )
        return
    print(f"用 {trial.labels} 条反馈试了，没参加训练的反馈上的损失：")
    _print_gain("方向", step.directions)
    _print_gain("松紧", step.level)
    if not step.shifts:
        print("没有稳稳地变好，用出厂的权重。")
        return
    print("会这样挪（没有保存）：" if dry_run else "挪了：")
    _print_shifts(step.shifts)


def _print_gain(name: str, gain: Gain) -> None:
    better = f"好 {gain.z_score:.1f} 个标准误（要 {Z_SCORE}）"
    print(f"  {name}：{gain.before:.3f} → {gain.after:.3f}，{better}")


def _print_shifts(shifts: Shifts) -> None:
    for model, moved in shifts.items():
        print(f"  {_MODELS[model]}：{_told(moved)}")


def _told(moved: Mapping[str, float]) -> str:
    rest = sorted(moved.keys() - {BIAS}, key=lambda name: (-abs(moved[name]), name))
    told = [f"起点 {moved.get(BIAS, 0.0):+.2f}"]
    told += [f"{name} {moved[name]:+.2f}" for name in rest[:_MOST]]
    return "、".join(told) + (f" 等 {len(rest)} 项" if len(rest) > _MOST else "")


def _made(one: Tuning) -> str:
    return f"{one.created_at.astimezone(UTC):%Y-%m-%d}，{one.labels} 条反馈"
