"""Features that hear private words, take strangers, or let a word run into a number."""

import pytest

from handlers.framework.discovery import collect
from handlers.framework.feature import Feature
from handlers.framework.parse import parse
from tests.handlers.framework.vocabulary import message

ADMIN = Feature("approve", usage="#通过", summary="", admin=True)
ADMIN.command("approve", "通过")(lambda _context, _call: None)
MEMBER = Feature("done", usage="#搞定", summary="")
MEMBER.command("done", "搞定", strangers=True)(lambda _context, _call: None)
FEATURES = collect([ADMIN, MEMBER])


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("#通过A12", "A12"),
        ("#通过12", "12"),
        ("#approve12", "12"),
        ("#通过#A12", "#A12"),
        ("#通过 #A12", "#A12"),
        ("#通过：a12 公司 人人", "a12 公司 人人"),
    ],
)
def test_an_admins_word_may_run_into_the_number(text: str, body: str) -> None:
    call = parse(message(text), FEATURES)
    assert call is not None
    assert (call.command.feature, call.body) == (ADMIN, body)


@pytest.mark.parametrize("text", ["#搞定2024", "#通过率", "#通过2024年审", "#通过A", "#12", "#A12"])
def test_what_only_looks_like_it_is_chatter(text: str) -> None:
    assert parse(message(text), FEATURES) is None


def test_listeners_are_asked_in_the_order_of_their_features() -> None:
    late = Feature("late", usage="", summary="", order=9)
    early = Feature("early", usage="", summary="", order=1)
    second = late.private_text(lambda _context: "late")
    first = early.private_text(lambda _context: "early")
    assert collect([late, early, ADMIN]).listeners == [first, second]


def test_only_a_command_that_says_so_takes_strangers() -> None:
    assert FEATURES.words["搞定"].strangers
    assert not FEATURES.words["通过"].strangers
