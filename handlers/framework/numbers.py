"""Which post a command speaks of: by its number, by a quoted message, or the only one there is."""

import re
from dataclasses import dataclass

from community.courtesy import THANKS
from community.covenant import NUMBER, numeral
from community.errors import UserError
from community.posts import finding
from handlers.framework import anonymous
from handlers.framework.context import Context
from handlers.framework.feature import Call
from handlers.framework.receipts import item
from storage.tables import Post

_NUMBER = re.compile(
    r"\s*(?:[#＃﹟]\s*(\d{1,9})(?!\d)|(?:第(\d{1,9})\s?条|第?(\d{1,9})\s?号)(?!\w)"
    r"|(\d{1,9})(?!\w|\s条(?!\w)))[\s，,：:。、]*"
)
_HASHED = re.compile(r"[#＃﹟]\s*(\d{1,9})(?!\w)")
_CALLED = re.compile(r"[@＠]\S+\s*")
# 2谢谢李四, 2不要了: no blank parts the number from what is said of its post.
_RUN_ON = re.compile(
    rf"[#＃﹟]?\s*(?:第\s?(\d{{1,9}}|{NUMBER})(?=[条号])|(\d{{1,9}}))[条号]?"
    rf"(?=(?:{'|'.join(THANKS)}|多亏|不[要用需想]|已经?|还[没要需]|没|先|[了吧啦]))"
)
# 2手书桌 is no number, and may be about one; 3天就好了 tells how long something took.
_STRANGE = re.compile(
    r"[#＃﹟]?\d{1,9}(?![\d天日周个小分月年位人点块元])[\u3400-\u9fff].*|"
    r"[#＃﹟]?[A-Za-zＡ-Ｚａ-ｚ]?\d+\W*|.*[\u2460-\u2473].*"
    r"|[这那前后第]?(?:\d+|[两二三四五六七八九十]+)\s?[条个](?:[都全]\w{0,4})?\W*|(?:.*[\s，,：:])?[-－]?\d+\W*",
    re.DOTALL,
)
# As people write one who were not told how: 第三条, 三, （3）, “3”, No.3, 编号3.
_AND = (
    r"(?:[和跟与及或至到再/／\\|｜&＆+＋~～、.．·;；—–-]|以及|还有|然后|另外"
    r"|[撤续]掉?|搞定|完成)\s*"
)
# 三条 are three posts, and 第三条 is one.
_FIGURE = (
    rf"[#＃﹟]?\s*(?:第\s*(\d{{1,9}}|{NUMBER})(?!\d)\s?[条号]?"
    rf"|(?!两)(\d{{1,9}}|{NUMBER})(?!\d)(?!\s?条)\s?号?)"
)
_LOOSE = re.compile(
    rf"[\s“”\"'‘「『（(【\[]*(?:(?:[Nn][Oo]\.?|编号|序号)\s*[:：是]?\s*)?{_FIGURE}"
    rf"(?=\W|$|(?:{_AND}){{1,2}}{_FIGURE})[”\"'’」』）)】\]]*[\s，,：:。、]*"
)
_MORE = re.compile(rf"(?:{_AND}){{0,2}}{_LOOSE.pattern}|.*[#＃﹟]\s*\w{{0,10}}\s*\d", re.DOTALL)
_MOST_LISTED = 5
_LOOKED_AT = 80  # characters


@dataclass(frozen=True)
class Meant:
    """The post, and what else was said."""

    post: Post
    rest: str


def number_in(text: str) -> tuple[int | None, str]:
    """The number at the beginning of a text, and the rest."""
    found = _NUMBER.match(text)
    return (int(found[found.lastindex or 0]), text[found.end() :]) if found else (None, text)


def named_post(ctx: Context, call: Call) -> Meant | None:
    """The post that is named by number or by quoting. Raises UserError for one that is not."""
    number, rest = number_in(call.body)
    if number is not None:
        return Meant(seen_number(ctx, number), rest)
    if ctx.message.quoted is None:
        return None
    post = quoted_post(ctx)
    if post is None:
        raise UserError(f"引用的这条没有对应的编号，请写上，例如 #{call.tag} 12。")
    return Meant(post, call.body)


def meant_post(ctx: Context, call: Call, *, thanks: bool = False) -> Meant:
    """The post that is named, else the only one of the member that runs. Raises UserError.

    Whoever speaks of something else, as in #撤 显示器, does not mean that one; but words of
    ``thanks`` tell who helped: 张律师.
    """
    named = numbered_post(ctx, call)
    if named is not None:
        return named
    post = _only_one(ctx, call)
    if not thanks:
        _check_speaks_of(ctx, call, post)
    return Meant(post, call.body)


def numbered_post(ctx: Context, call: Call) -> Meant | None:
    """The post that is named where no text can follow but names and thanks. Raises UserError.

    The number may stand behind the names too; whatever else looks like one is not passed over,
    or something would be done to the wrong post.
    """
    nameless = _without_names(ctx, call.body)
    number, rest = _loose_number_in(call.body)
    if number is not None and _MORE.match(rest, 0, _LOOKED_AT):
        raise UserError(f"一次只写一个编号，例如 #{call.tag} {number}。")
    if number is None:
        found = _HASHED.search(nameless)
        number = int(found[1]) if found else _loose_number_in(nameless)[0]
    if number is not None:
        return Meant(seen_number(ctx, number), rest)
    if ctx.message.quoted is None and _STRANGE.fullmatch(nameless):
        raise UserError(f"没看懂编号「{nameless[:20]}」，写成这样：#{call.tag} 12。")
    return named_post(ctx, call)


def _loose_number_in(text: str) -> tuple[int | None, str]:
    number, rest = number_in(text)
    found = _LOOSE.match(text, 0, _LOOKED_AT) or _RUN_ON.match(text) if number is None else None
    if found is None:
        return number, rest
    figure = found[1] or found[2]
    return int(figure) if figure.isdigit() else numeral(figure), text[found.end() :]


def quoted_post(ctx: Context) -> Post | None:
    """The post that the quoted message is about."""
    message = ctx.message
    if message.quoted is None:
        return None
    lane = message.group or message.sender.account
    found = finding.by_message(
        ctx.scene, lane=lane, group=message.group, message_id=message.quoted.message_id
    )
    if found is not None and ctx.known is not None and not anonymous.is_seen(ctx, found):
        return None
    return found or anonymous.quoted_notice(ctx)


def quoted_words(ctx: Context) -> str:
    """What the bot said in the quoted message; "" where it said nothing of the kind."""
    message = ctx.message
    if message.quoted is None:
        return ""
    lane = message.group or message.sender.account
    said = finding.words_of(ctx.scene, lane=lane, message_id=message.quoted.message_id)
    return said or (message.quoted.text if anonymous.quoted_notice(ctx) else "")


def seen_number(ctx: Context, number: int) -> Post:
    """The post; one that is hidden is as if there were none. Raises UserError."""
    post = finding.by_number(ctx.scene, number)
    if not anonymous.is_seen(ctx, post):
        raise finding.unknown(number)
    return post


def _without_names(ctx: Context, text: str) -> str:
    """Real mentions may hold blanks, typed ones end at the first."""
    for one in ctx.message.mentions:
        text = text.replace(f"@{one.name}", " ")
    return _CALLED.sub(" ", text).strip()


def _only_one(ctx: Context, call: Call) -> Post:
    # What ran out lately will do: its author was asked about it, and may not quote the question.
    mine = anonymous.running(ctx) or anonymous.run_out(ctx)
    if len(mine) == 1:
        return mine[0]
    if not mine:
        raise UserError(f"你没有进行中的需求或供给。写上编号也行，例如 #{call.tag} 12。")
    lines = [item(post) for post in mine[:_MOST_LISTED]]
    more = ["…… 全部见 #我的"] if len(mine) > _MOST_LISTED else []
    ask = f"是哪一条？写上编号，例如 #{call.tag} {mine[0].id}："
    raise UserError("\n".join([ask, *lines, *more]))


def _check_speaks_of(ctx: Context, call: Call, post: Post) -> None:
    text = _without_names(ctx, call.body)[:_LOOKED_AT]
    if words := finding.strange_words(ctx.scene, post=post, text=text):
        state = "进行中" if post.state == "active" else "最近到期"
        raise UserError(
            f"你{state}的帖子没有说到「{'、'.join(words)}」，没有改动。"
            f"是这一条就写上编号 #{call.tag} {post.id}：\n{item(post)}"
        )
