"""Messages that are too long to be read."""

import pytest

from bot.incoming.length import MAX_LENGTH, check, truncate
from community.errors import UserError
from community.updates import Quoted
from tests.bot.people import message

LONG = "长" * MAX_LENGTH


def test_what_fits_stays_as_it_is() -> None:
    said = message(LONG)
    check(said)
    assert truncate(said) is said


def test_what_does_not_is_cut_and_still_known() -> None:
    kept = truncate(message(LONG * 3))
    with pytest.raises(UserError, match="太长"):
        check(message(LONG + "长"))
    assert kept == truncate(kept)
    assert len(getattr(kept, "text", "")) == MAX_LENGTH + 1


def test_a_quoted_one_too() -> None:
    said = message("#收").model_copy(update={"quoted": Quoted(message_id="1", text=LONG * 2)})
    quoted = getattr(truncate(said), "quoted", None)
    assert quoted is not None
    assert len(quoted.text) == MAX_LENGTH + 1
