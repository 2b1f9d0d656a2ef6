"""Asking to be put in touch with somebody, who is asked first."""

import re

from community.errors import UserError
from community.introductions import asking, parties
from community.members.people import by_account
from community.updates import Quoted
from handlers.framework.anonymous import keep_nothing_of_own
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.numbers import number_in, quoted_post, seen_number
from handlers.framework.people import by_name, mentioned, without_mentions
from handlers.framework.receipts import item
from handlers.framework.reply import Reply, say
from storage.tables import Member, Post

feature = Feature(
    "meet",
    usage="#认识 12 想聊聊代理记账（或 #认识 @张三 想聊聊）",
    summary="想认识谁，我私下问 ta；对方愿意了才交换联系方式",
    order=72,
)

_NAME = re.compile(r"([@＠]?[^\s，,：:]+)[\s，,：:]*(.*)", re.DOTALL)


@feature.command("meet", "认识", number="before text")
def meet(ctx: Context, call: Call) -> Reply:
    """Ask the author of a post, or a member.

    About an anonymous post all is said in private: its author, who is told that it is his own,
    must not be told from others by what the group reads.
    """
    asked, post, words = _meant(ctx, call)
    alone = post is not None and parties.is_alias(ctx.scene, asked)
    if post is not None and alone:
        keep_nothing_of_own(ctx, post)
    try:
        asking.ask(ctx.scene, asker=ctx.member, asked=asked, words=words, post=post)
    except UserError as error:
        error.private |= alone
        raise
    about = "" if post is None else f"（{item(post)}）"
    told = f"已转达给 {asked.shown}{about}，对方愿意的话私聊告诉你。"
    return say(told, private=alone)


def _meant(ctx: Context, call: Call) -> tuple[Member, Post | None, str]:
    """Who is to be asked, about which post, and in which words. Raises UserError."""
    number, rest = number_in(call.body)
    if number is not None:
        post = seen_number(ctx, number)
        return parties.author(ctx.scene, post), post, without_mentions(ctx, rest)
    quoted = ctx.message.quoted
    # QQ calls the author of what is quoted, also where nobody was called by hand.
    if quoted is not None and all(one.account == quoted.account for one in ctx.message.mentions):
        return _quoted(ctx, call, quoted)
    if ctx.message.mentions:
        called = mentioned(ctx)
        if len(called) > 1:
            raise UserError("一次只写一位；要介绍别人互相认识，发 #引荐 @张三 @李四 加理由。")
        return called[0], None, without_mentions(ctx, call.body)
    named = _NAME.fullmatch(call.body)
    if named is None:
        raise UserError(f"想认识谁？写编号或名字，再加一句话，例如：{_example(call, '12')}")
    member = by_name(ctx, named[1], example=_example(call, "{}"))
    return member, None, named[2]


def _quoted(ctx: Context, call: Call, quoted: Quoted) -> tuple[Member, Post | None, str]:
    """The author of the post that the quoted words are about, or of the words."""
    post, words = quoted_post(ctx), without_mentions(ctx, call.body)
    if post is not None:
        return parties.author(ctx.scene, post), post, words
    author = by_account(ctx.scene, account=quoted.account)
    if author is None:
        raise UserError(f"看不出引用的是谁的话，写编号或名字，例如：{_example(call, '12')}")
    return author, None, words


def _example(call: Call, who: str) -> str:
    return f"#{call.tag} {who} 想聊聊代理记账"
