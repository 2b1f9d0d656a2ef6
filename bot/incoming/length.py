"""How long a message may be to be read at all: no platform lets people type that much. Pure."""

from typing import Final

from community.errors import UserError
from community.updates import Message, Update

MAX_LENGTH: Final = 10_000  # characters


def truncate(update: Update) -> Update:
    """Truncate what is too long; one character too many is left, to tell it by."""
    if not isinstance(update, Message):
        return update
    quoted = update.quoted
    if quoted is not None and len(quoted.text) > MAX_LENGTH:
        quoted = quoted.model_copy(update={"text": quoted.text[: MAX_LENGTH + 1]})
    if quoted is update.quoted and len(update.text) <= MAX_LENGTH:
        return update
    return update.model_copy(update={"text": update.text[: MAX_LENGTH + 1], "quoted": quoted})


def check(message: Message) -> None:
    """Raises UserError for a message that is too long to be read."""
    if len(message.text) > MAX_LENGTH:
        raise UserError(f"这条太长了（一条最多 {MAX_LENGTH} 字），我没有读。请写短些，或分几条发。")
