"""Under which id the bot knows what is quoted: each of its accounts has ids of its own for it."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from bot.channels.onebot.cq import pieces
from bot.channels.untrusted import Fields, as_text, as_time
from community.updates import Message

_FIRST_PART = 200  # characters: what was too long for one message has more than these in the first


class Said(NamedTuple):
    """Something that the bot has said."""

    message_id: str
    words: str  # the plain text in it, without those who are called


class QuoteStore(Protocol):
    """What is known of a group, with the ids of whichever account it was. Called in a thread."""

    def said(self, group: str, at: datetime) -> Sequence[Said]:
        """All that the bot has said at about that time, the nearest first."""

    def heard(self, group: str, sender: str, at: datetime) -> Sequence[str]:
        """The ids of what somebody has said at that very time."""


async def recognised(
    message: Message, original: Fields, own: set[str], store: QuoteStore
) -> Message:
    """The message with the stored id of what it quotes, by the answer to ``get_msg``. Words of
    another account of ours that are not found again have none: theirs may be that of others.
    """
    quoted, time = message.quoted, as_time(original.get("time"))
    if quoted is None or message.group is None or time is None or not quoted.account:
        return message
    if quoted.account == message.channel:
        return message
    if quoted.account in own:
        said = await asyncio.to_thread(store.said, message.group, time)
        found = _match(said, quoted.message_id, _words(original))
        changes = {"message_id": found, "account": message.channel}
        kept = quoted.model_copy(update=changes)
        return message.model_copy(update={"quoted": kept, "to_bot": True})
    ids = await asyncio.to_thread(store.heard, message.group, quoted.account, time)
    if len(ids) != 1:  # none is stored, or it is not to be told which of them it is
        return message
    return message.model_copy(update={"quoted": quoted.model_copy(update={"message_id": ids[0]})})


def _match(said: Sequence[Said], message_id: str, words: str) -> str:
    """The id of what was said; empty when it is none of these."""
    if any(one.message_id == message_id for one in said):
        return message_id
    same = (one.message_id for one in said if words and _bare(one.words) == words)
    begun = (one.message_id for one in said if _bare(one.words).startswith(words))
    return next(same, "") or (next(begun, "") if len(words) >= _FIRST_PART else "")


def _words(original: Fields) -> str:
    parts = pieces(original.get("message")) or pieces(as_text(original.get("raw_message")))
    return _bare("".join(as_text(data.get("text")) for kind, data in parts if kind == "text"))


def _bare(words: str) -> str:
    """Without blanks: some are added on the way, behind an @ and between parts."""
    return "".join(words.split())
