"""What the admin commands share: which application is meant, and who may read what about it."""

import re
from dataclasses import dataclass

from community.actions import Send, Text
from community.errors import UserError
from community.notices import send
from community.vetting import finding, notifications
from handlers.framework.context import Context
from handlers.framework.feature import Call
from storage.tables import Application

_NUMBER = re.compile(r"\s*[#＃﹟]?\s*(?:[AaＡａ]\s*(\d{1,9})(?!\d)|(\d{1,9})(?!\w))[\s，,：:。、]*")
_IN_CARD = re.compile(r"#A(\d{1,9})\b")


@dataclass(frozen=True)
class Meant:
    """The application, and what else was said."""

    application: Application
    rest: str


def meant_application(ctx: Context, call: Call) -> Meant:
    """The one that is named by number or by quoting its card. Raises UserError."""
    number, rest = number_in(call.body)
    if number is None:
        return Meant(_quoted(ctx, call), call.body.strip())
    if number_in(rest)[0] is not None:
        raise UserError(f"一次只写一个编号，例如 #{call.word} A{number}。")
    return Meant(finding.by_number(ctx.scene, number), rest)


def number_in(text: str) -> tuple[int | None, str]:
    """The application's number at the beginning of a text, and the rest."""
    found = _NUMBER.match(text)
    return (int(found[1] or found[2]), text[found.end() :].strip()) if found else (None, text)


def among_admins(ctx: Context) -> bool:
    """Nobody but admins reads the answer, so it may speak of the applicant."""
    return ctx.private or ctx.message.group == ctx.scene.settings.admin_group


def for_admins_only(ctx: Context, text: str, *, instead: str, about: int | None = None) -> str:
    """The text where only admins read it; else it goes to the sender alone, and a word here."""
    if among_admins(ctx):
        return text
    message = Send(
        account=ctx.message.sender.account,
        via_group=ctx.message.group,
        segments=(Text(text=text),),
    )
    send(ctx.scene, message, application=about)
    return instead


def spread(ctx: Context, application: Application, text: str) -> None:
    """Let the other admins know in their group what was decided elsewhere."""
    notifications.spread(ctx.scene, application, text, heard_in=ctx.message.group)


def quoted_application(ctx: Context) -> Application | None:
    """What the quoted message of the bot speaks of."""
    quoted, scene = ctx.message.quoted, ctx.scene
    if quoted is None:
        return None
    lane = ctx.message.group or ctx.message.sender.account
    found = finding.by_message(scene, lane=lane, message_id=quoted.message_id)
    if found is None and quoted.account == ctx.message.channel:
        number = _IN_CARD.search(quoted.text)
        key = (scene.community_id, int(number[1]) if number else 0)
        found = scene.session.get(Application, key)
    return found


def _quoted(ctx: Context, call: Call) -> Application:
    if ctx.message.quoted is None:
        raise UserError(
            f"哪一份？写上编号，例如 #{call.word} A12；或引用那张卡片发 #{call.word}。"
            "看还没审的：#待审"
        )
    found = quoted_application(ctx)
    if found is None:
        raise UserError(f"引用的这条没有对应的申请，请写上编号，例如 #{call.word} A12。")
    return found
