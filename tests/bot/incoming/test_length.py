"""Messages that are too long to be read."""

import pytest

from bot.incoming.length import LONGEST, check, cut
from community.errors import UserError
from community.updates import Quoted
from tests.bot.people import message

LONG = "长" * LONGEST


def test_what_fits_stays_as_it_is() -> None:
    said = message(LONG)
    check(said)
    assert cut(said) is said


def test_what_does_not_is_cut_and_still_known() -> None:
    kept = cut(message(LONG * 3))
    with pytest.raises(UserError, match="太长"):
        check(message(LONG + "长"))
    assert kept == cut(kept)
    assert len(getattr(kept, "text", "")) == LONGEST + 1


def test_a_quoted_one_too() -> None:
    said = message("#收").model_copy(update={"quoted": Quoted(message_id="1", text=LONG * 2)})
    quoted = getattr(cut(said), "quoted", None)
    assert quoted is not None
    assert len(quoted.text) == LONGEST + 1
