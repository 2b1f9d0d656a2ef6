"""A message with several commands, each on a line of its own, taken apart. Pure."""

import re

from community.errors import UserError
from community.updates import Mentioned, Message
from handlers.framework.discovery import Features
from handlers.framework.feature import Call
from handlers.framework.parse import names_only, opening, parse

MOST = 10
_TAG = re.compile(r"^[^\S\n]*(?=[#＃﹟【\[［])", re.MULTILINE)
_NUMBERED = re.compile(r"[#＃﹟]?\s*[AaＡａEeＥｅIiＩｉ]?\d{1,9}(?!\w)[\s，,：:。、]*")
_OF_ADMINS = re.compile(r"[#＃]?[MmRr]\d{1,9}(?!\w)")  # in a post R5 may be a processor


def split_commands(message: Message, features: Features) -> list[Message]:
    """One message for each command, in order; mostly the message as it is.

    Raises UserError where it cannot be told what shall become of it.
    """
    call = parse(message, features) if "\n" in message.text else None
    if call is None or call.bare:
        return [message]
    starts, posts = [0], call.command.posts
    begins = len(message.text) - len(opening(message.text))
    for tag in _TAG.finditer(message.text, begins + 1):
        line = message.text[tag.start() :].partition("\n")[0]
        later = parse(message.model_copy(update={"text": line, "quoted": None}), features)
        if later is None or not _parts(call, later):
            continue
        if posts and later.command.posts:
            raise UserError("一条消息里有几条需求或供给，没有改动：请分开发，一条消息一条。")
        starts.append(tag.start())
        call, posts = later, posts or later.command.posts
    if len(starts) > MOST:
        raise UserError(
            f"一条消息最多 {MOST} 个指令，这里有 {len(starts)} 个，没有改动：请分几条发。"
        )
    return _cut(message, starts)


def _parts(call: Call, later: Call) -> bool:
    """Whether a line begins a command of its own, and is no part of a text under way.

    Of a text only what cannot be meant as its next line: a command with a number, as in #撤 12,
    and under an admin's reason one about M3 or R3.
    """
    command = call.command
    if not (command.posts or command.prose or command.number == "before text"):
        return True
    if command.feature.admin and later.command.feature.admin and _OF_ADMINS.match(later.body):
        return True
    number = _NUMBERED.match(later.body)
    if number is None or (later.command.number == "no" and not later.command.feature.admin):
        return False
    return later.command.number != "alone" or names_only(later.body[number.end() :])


def _cut(message: Message, starts: list[int]) -> list[Message]:
    """Each part with those whom it mentions."""
    if len(starts) == 1:
        return [message]
    ends = [*starts[1:], len(message.text)]
    texts = [message.text[start:end] for start, end in zip(starts, ends, strict=True)]
    called: list[list[Mentioned]] = [[] for _ in texts]
    left = list(texts)
    # The longest name first, for @李四 is not named by @李四光.
    for one in sorted(message.mentions, key=lambda one: len(one.name), reverse=True):
        sign = f"@{one.name}" if one.name else "@"
        places = [place for place, text in enumerate(left) if sign in text]
        if one.name or len(places) == 1:  # a platform may not tell the name
            for place in places:
                called[place].append(one)
                left[place] = left[place].replace(sign, "")
    return [
        message.model_copy(
            update={
                "text": text,
                "mentions": tuple(one for one in message.mentions if one in mine),
            }
        )
        for text, mine in zip(texts, called, strict=True)
    ]
