"""Being asked whether one wants to know somebody, telling what came of it, and seeing all of it."""

from community.courtesy import THANKS, begins_politely, is_courtesy
from community.errors import UserError
from community.introductions import answering, answers, chasing, listing, wording
from community.introductions.answers import Answer
from community.introductions.contacts import kept_back
from community.rights import may
from handlers.framework.anonymous import keep_quiet
from handlers.framework.clubs import elsewhere, here
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.numbers import quoted_words
from matching import fold
from storage.tables import Introduction

feature = Feature(
    "introductions",
    usage="#我的引荐（私聊）",
    summary="看引荐到哪一步了；有人想认识你时，回 愿意 或 婉拒",
    order=74,
)

_ALONE = "这个只能私聊用：请单独给我发，不要发在群里。"
_OUTCOME = "#结果 I{number} 成了（或 没成、还在谈）"


@feature.command("我的引荐")
def mine(ctx: Context, call: Call) -> str:
    """What the sender asked, is asked, and introduced."""
    if not ctx.private:
        raise UserError(_ALONE)
    keep_quiet(ctx)
    found = listing.of(ctx.scene, ctx.member)
    lines = [_to_answer(ctx, row) for row in found.awaiting]
    if lines:
        lines.insert(0, f"等你{here(ctx)}回答的：")
    if found.lines:
        lines += [f"你{here(ctx)}的引荐：", *(one.text for one in found.lines)]
    if found.put_in_touch:
        lines.append(f"你一共引荐成了 {found.put_in_touch} 对，谢谢你。")
    if not lines:
        lines = [f"你{here(ctx)}还没有引荐。想认识谁，发 #认识 加名字或编号，再加一句话。"]
    return "\n".join(filter(None, [*lines, elsewhere(ctx, call)]))


@feature.command("愿意", number="before text")
@feature.command("婉拒", number="before text")
@feature.command("结果", number="before text")
def answer(ctx: Context, call: Call) -> str | None:
    """What is said with a #; in a group only what bears a number was meant for the bot."""
    read = answers.read(f"{call.word} {call.body}")
    if not ctx.private:
        if read is None or read.number is None:
            return None
        raise UserError(_ALONE)
    keep_quiet(ctx)
    if read is None:
        number, _ = answers.number_in(call.body)
        raise UserError(f"没看懂，没有改动。写成这样：{_OUTCOME.format(number=number or 3)}")
    return _answer(ctx, _meant(ctx, read), read)


@feature.private_text
def heard(ctx: Context) -> str | None:
    """Take the answer of somebody who was asked; other words are not for this."""
    read = answers.read(ctx.message.text)
    if ctx.known is None or (read is None and ctx.message.quoted is None):
        return None
    if not may(ctx.scene, ctx.known, "introductions"):
        return None
    keep_quiet(ctx)
    if read is None:
        return _unclear(ctx)
    named = read.number is not None or _quoted_number(ctx) is not None
    if not named and (ctx.message.quoted is not None or not _awaiting(ctx, read)):
        return None  # chatter
    return _answer(ctx, _meant(ctx, read), read)


def _answer(ctx: Context, row: Introduction, read: Answer) -> str:
    if read.word == "yes":
        return _agree(ctx, row, read)
    if read.word == "no":
        answering.decline(ctx.scene, row=row, person=ctx.member)
        return f"好，I{row.id} 到此为止，没有人会知道。"
    suggestion = chasing.settle(ctx.scene, row=row, person=ctx.member, outcome=read.word)
    return wording.SETTLED[read.word] + suggestion


def _agree(ctx: Context, row: Introduction, read: Answer) -> str:
    rest = read.rest
    if read.is_unsure or answers.number_in(rest)[0] is not None:
        yes = wording.command(ctx.scene, row, "愿意", ctx.member)
        raise UserError(f"没有记下：愿意就只发 {yes}，后面最多写上联系方式；给出去就收不回来。")
    if kept_back(rest) == rest and (is_courtesy(rest) or begins_politely(rest)):
        rest = ""  # 谢谢 is no contact
    if answering.agree(ctx.scene, row=row, person=ctx.member, contact=rest):
        return f"好，I{row.id} 牵上线了，联系方式也给了对方。"
    return f"记下了，I{row.id} 对方也愿意的话，我把联系方式给你。"


def _meant(ctx: Context, read: Answer) -> Introduction:
    """The introduction that is named, quoted, or the only one that waits. Raises UserError."""
    number = read.number or _quoted_number(ctx)
    if number is not None:
        return answering.by_number(ctx.scene, number=number, person=ctx.member)
    waiting = _awaiting(ctx, read)
    if len(waiting) == 1:
        return waiting[0]
    if not waiting:
        raise UserError("现在没有等你回答的引荐。看自己的：#我的引荐")
    lines = [f"是哪一个？写上编号，例如 {read.command(waiting[0].id)}："]
    raise UserError("\n".join([*lines, *(_briefly(ctx, row) for row in waiting)]))


def _awaiting(ctx: Context, read: Answer) -> list[Introduction]:
    if read.is_outcome:
        return listing.unsettled(ctx.scene, ctx.member)
    return list(listing.of(ctx.scene, ctx.member).awaiting)


def _quoted_number(ctx: Context) -> int | None:
    """What the bot's message is about that is quoted; of some nothing is kept but what is seen."""
    quoted = ctx.message.quoted
    if quoted is None:
        return None
    seen = quoted.text if quoted.account == ctx.message.channel else ""
    return answers.number_of(quoted_words(ctx) or seen)


def _unclear(ctx: Context) -> str | None:
    """Words under a question that are none of its answers do not vanish."""
    number = _quoted_number(ctx)
    if number is None or fold(ctx.message.text).startswith(THANKS):
        return None
    row = answering.by_number(ctx.scene, number=number, person=ctx.member)
    if answering.awaits(ctx.scene, row, ctx.member):
        return f"这句我没听懂，I{number} 还没有记下：愿意就回 愿意，不愿意就回 婉拒。"
    if row in listing.unsettled(ctx.scene, ctx.member):
        return f"这句我没听懂，I{number} 还没有记下：回一个词，成了、没成 或 还在谈。"
    return None


def _to_answer(ctx: Context, row: Introduction) -> str:
    yes, no = (wording.command(ctx.scene, row, word, ctx.member) for word in ("愿意", "婉拒"))
    return f"{_briefly(ctx, row)}：{kept_back(row.words)} → {yes} 或 {no}"


def _briefly(ctx: Context, row: Introduction) -> str:
    return listing.briefly(ctx.scene, row, ctx.member)
