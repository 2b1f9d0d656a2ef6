"""Reading whom an admin command is about, the covenant's clause, and the reason."""

import re
from dataclasses import dataclass

from community.covenant import NUMBER, numeral
from community.errors import UserError
from community.members.people import by_account, get_or_create_holder
from community.membership import target
from handlers.framework.context import Context
from handlers.framework.feature import Call
from storage.tables import Member

# A run of blanks is taken as a whole (*+): thousands of them, tried at each place, take seconds.
_CLAUSE = re.compile(rf"(?:违反|依据|根据|公约)?\s*+第?\s*+({NUMBER})\s*条[\s：:，,、]*")
_CALLED = re.compile(r"[@＠]\S+\s*")
_LISTED = re.compile(r"[\s、，,；;@＠]+")
_WORD = re.compile(r"[@＠]?(\S+)\s*")


@dataclass(frozen=True)
class Meant:
    """A member, and what else was said."""

    member: Member
    rest: str


def meant_member(ctx: Context, call: Call, *, strangers: bool = False) -> Meant:
    """Whoever was mentioned, quoted, or is named by the first word. Raises UserError.

    With ``strangers`` an account that the community has not met becomes a member to speak of.
    """
    message = ctx.message
    if message.mentions:
        called = message.mentions[0]
        member = _holder(ctx, called.account, called.name, strangers=strangers)
        if member is None:
            raise UserError("我还不认识这位，ta 在群里发过指令后才有记录。")
        rest = _without_call(call.body, called.name)
        if rest.startswith(("@", "＠")):
            raise UserError("一次只写一位，没有改动；几位就分几条发。")
        return Meant(member, rest)
    quoted = message.quoted
    if quoted is not None and not call.body.startswith(("@", "＠")):
        met = strangers and quoted.account not in ("", message.channel)
        member = _holder(ctx, quoted.account, quoted.name, strangers=met)
        if member is not None:
            return Meant(member, call.body)
    word = _WORD.match(call.body)
    if word is None:
        raise UserError(f"说的是谁？用法：{call.command.feature.usage}")
    return Meant(target.by_word(ctx.scene, word[1]), call.body[word.end() :].strip())


def _holder(ctx: Context, account: str, name: str, *, strangers: bool) -> Member | None:
    member = by_account(ctx.scene, account=account)
    if member is None and strangers:
        return get_or_create_holder(ctx.scene, account=account, name=name)
    return member


def all_mentioned(ctx: Context, call: Call) -> list[Member]:
    """Everybody who was really mentioned, or who is named. Raises UserError."""
    accounts = [one.account for one in ctx.message.mentions]
    names = [name for name in _LISTED.split(call.body) if name]
    if not accounts and len(names) > 1:
        named = (target.by_word(ctx.scene, name) for name in names)
        return list({member.id: member for member in named}.values())
    if not accounts:
        return [meant_member(ctx, call).member]
    found = [by_account(ctx.scene, account=account) for account in accounts]
    known = {member.id: member for member in found if member is not None}
    if not known:
        raise UserError("我还不认识他们，在群里发过指令后才有记录。")
    return list(known.values())


def clause_in(text: str) -> tuple[int, str]:
    """The clause that a text begins with, 0 for none, and the rest."""
    found = _CLAUSE.match(text)
    return (numeral(found[1]), text[found.end() :].strip()) if found else (0, text.strip())


def _without_call(body: str, name: str) -> str:
    for sign in "@＠":
        if name and f"{sign}{name}" in body:
            return body.replace(f"{sign}{name}", "", 1).strip()
    return _CALLED.sub("", body, count=1).strip()
