"""How the bot is used: short in a group, in full in private, from what the features say."""

from community.errors import UserError
from community.rights import right_to, role_of
from handlers.framework.context import Context
from handlers.framework.discovery import Features
from handlers.framework.feature import Call, Feature
from handlers.framework.numbers import number_in
from handlers.framework.parse import tag_without_blank, unquoted
from matching import fold

feature = Feature(
    "help",
    usage="#帮助（看一条：#帮助 订阅）",
    summary="怎么用我",
    order=200,
    any_text=True,
)

_SHORT = 5  # features told of in a group


@feature.command("help", "帮助")
def help_(ctx: Context, call: Call) -> str:
    """All features, the first few, or the one that is asked for."""
    features = ctx.features
    if asked := call.body.strip("?？"):
        return _one(features, asked)
    role = role_of(ctx.scene, ctx.member)
    allowed = [one for one in features.all if right_to(one.name, admin=one.admin).allows(role)]
    told = [one for one in allowed if one.commands]
    if ctx.private:
        lines = [f"{one.usage}\n  {one.summary}" for one in told]
        return "\n".join(["我记下大家需要什么、能给什么，帮你找到对的人。", *lines])
    lines = [_briefly(one) for one in told[:_SHORT]]
    return "\n".join([*lines, "全部用法：私聊我发 #帮助；看一条：#帮助 订阅"])


@feature.private_text
def nearly(ctx: Context) -> str | None:
    """In a group #求职 is a topic and 续 is chatter; in private both were meant for the bot."""
    if ctx.known is None:
        return None
    features, text = ctx.features, ctx.message.text
    if word := tag_without_blank(text, features):
        return f"「#{word}」后面要空一格我才认得，请空一格再发一次。"
    if ctx.message.to_bot and ctx.message.quoted is not None:
        return None  # it was heard, and means nothing here
    answer = unquoted(text, features)
    return None if answer is None else _ask_to_quote(answer, features)


def _ask_to_quote(answer: Call, features: Features) -> str:
    word = answer.word
    said, _ = number_in(answer.body)
    if said is not None:
        return f"前面加上 # 我才认得：#{answer.tag} {said}"
    number = "" if answer.command.number == "no" else " 加编号"
    instead = f"，或者发 #{word}{number}" if word in features.words else ""
    return f"光说「{word}」我不知道指什么：引用我那条消息再回{instead}。"


def _briefly(feature: Feature) -> str:
    """The first example and the main thing, without the side ways in brackets and after ；"""
    return f"{feature.usage.partition('（')[0]} — {feature.summary.partition('；')[0]}"


def _one(features: Features, asked: str) -> str:
    word = fold(asked).lstrip("#").strip()
    command = features.words.get(word) or features.answers.get(word)
    if command is None:
        raise UserError(f"没有「{asked[:20]}」这个指令。发 #帮助 看全部。")
    about = command.feature
    words = " ".join(f"#{word}" for one in about.commands for word in one.words)
    answers = [word for one in about.commands for word in one.answers]
    quoting = f"；引用我的消息时可以只回 {'、'.join(answers)}" if answers else ""
    return f"{about.summary}\n用法：{about.usage}\n写法：{words}{quoting}"
