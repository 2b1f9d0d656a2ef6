"""How the community is doing, in a few lines."""

from collections.abc import Mapping

from community.members import activity
from community.office import stats
from community.office.stats import Figures
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature

feature = Feature(
    "stats",
    usage="#统计",
    summary="社群里有多少需求和供给，办成了多少",
    order=150,
)


@feature.command("stats", "统计")
def stats_(ctx: Context, call: Call) -> str:  # noqa: ARG001 – nothing to ask for
    """The figures of the community."""
    figures = stats.figures(ctx.scene)
    head = f"{ctx.scene.settings.name}：成员 {figures.members} 位"
    return "\n".join([head, *_parts(activity.census(ctx.scene)), *_lines(figures)])


def _parts(census: Mapping[activity.Activity, int]) -> list[str]:
    """Who takes how much part; nothing as long as nobody has done anything."""
    told = [f"{name} {census[name]} 位" for name in activity.ALL if census[name]]
    return [" · ".join(told)] if any(census[name] for name in activity.ALL[:2]) else []


def _lines(figures: Figures) -> list[str]:
    live = f"现有需求 {figures.needs} 条、供给 {figures.offers} 条"
    lines = [f"{live}，近 7 天新发 {figures.week} 条"]
    if figures.month:
        share = round(100 * figures.answered / figures.month)
        lines.append(
            f"近 30 天发的 {figures.month} 条里，{figures.answered} 条有匹配或已办成（{share}%）"
        )
    if figures.done:
        thanked = f"，其中 {figures.thanked} 条记下了帮忙的人" if figures.thanked else ""
        lines.append(f"一共办成 {figures.done} 条{thanked}")
    if figures.helpers:
        names = "、".join(f"{helper.name} {helper.times} 次" for helper in figures.helpers)
        lines.append(f"帮忙最多：{names}")
    return lines
