"""How long a message may be to be read at all: no platform lets people type that much. Pure."""

from typing import Final

from community.errors import UserError
from community.updates import Message, Update

LONGEST: Final = 10_000  # characters


def cut(update: Update) -> Update:
    """The update without what nobody will read; one character too many is left, to tell it by."""
    if not isinstance(update, Message):
        return update
    quoted = update.quoted
    if quoted is not None and len(quoted.text) > LONGEST:
        quoted = quoted.model_copy(update={"text": quoted.text[: LONGEST + 1]})
    if quoted is update.quoted and len(update.text) <= LONGEST:
        return update
    return update.model_copy(update={"text": update.text[: LONGEST + 1], "quoted": quoted})


def check(message: Message) -> None:
    """Raises UserError for a message that is too long to be read."""
    if len(message.text) > LONGEST:
        raise UserError(f"这条太长了（一条最多 {LONGEST} 字），我没有读。")
