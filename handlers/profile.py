"""A member's own profile: showing it, and setting what stands in it."""

from community.arrivals import cards
from community.errors import UserError
from community.members import directory, profiles
from community.members.profiles import FIELDS
from handlers.framework.cards import own_card
from handlers.framework.clubs import here
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.fields import Reading, read

feature = Feature(
    "profile",
    usage="#名片 公司 字节 职位 产品经理 城市 北京 技能 增长、投放",
    summary="填写或查看自己的名片，填得越全，越容易帮上忙",
    order=60,
    any_text=True,
)

_EXAMPLE = "#名片 公司 字节 职位 产品经理 技能 增长、投放"
_ASK_SKILLS = "还差技能：发 #名片 技能 增长、投放、招聘，写三到五项，有人需要时我才知道找你。"


@feature.command("profile", "名片")
def profile(ctx: Context, call: Call) -> str:
    """Show the profile, or set some of it."""
    if not call.body.strip("？?。.！!~～ "):
        head = f"你{here(ctx)}的名片：\n" if ctx.club else ""
        return f"{head}{own_card(ctx.member)}\n要改，照这样发：{_EXAMPLE}"
    if call.body.startswith(("@", "＠")) and ctx.message.mentions:
        raise UserError("看别人的名片，发 #谁是 @ta；改自己的，发 #名片 公司 字节。")
    reading = read(call.body)
    if not reading.values and directory.find(ctx.scene, name=call.body, limit=1).total:
        name = call.body
        raise UserError(f"看名片，发 #谁是 {name}；改自己的，发 #名片 公司 字节。")
    wrong = _wrong(reading) or profiles.problems(reading.values)
    if wrong:
        raise UserError(_refusal(wrong, call.body), private=True)
    changed = profiles.update(ctx.scene, member=ctx.member, values=reading.values)
    if changed:
        cards.on_profile_changed(ctx.scene, ctx.member)
    return _receipt(ctx, changed)


def _receipt(ctx: Context, changed: list[str]) -> str:
    where = here(ctx)
    done = f"已{where}更新：{_labels(changed)}。" if changed else f"名片{where}没有变化。"
    lines = [done, own_card(ctx.member)]
    if not ctx.member.skills:
        lines.append(_ASK_SKILLS)
    return "\n".join(lines)


def _wrong(reading: Reading) -> list[str]:
    """What could not be understood."""
    told = []
    if reading.unknown:
        strange = "".join(f"「{name}」" for name in reading.unknown)
        told.append(f"没有{strange}这一栏。可以写：{_labels(list(FIELDS))}。例如：{_EXAMPLE}")
    if reading.empty:
        label = FIELDS[reading.empty[0]].label
        told.append(f"「{_labels(reading.empty)}」后面没有内容。要清空，发 #名片 {label} 清空。")
    return told


def _refusal(wrong: list[str], body: str) -> str:
    """All reasons, and the text back so that nothing is lost."""
    reasons = "\n".join(wrong)
    return f"名片没有改。\n{reasons}\n你的原文，改好再发：\n#名片 {body}"


def _labels(names: list[str]) -> str:
    return "、".join(FIELDS[name].label for name in names)
