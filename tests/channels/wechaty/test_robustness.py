"""Whatever a gateway sends, reading it raises nothing, and what comes of it can be stored."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.seats import Seats
from bot.channels.untrusted import as_fields
from bot.channels.wechaty import notices, quotes
from bot.channels.wechaty.accounts import Accounts
from bot.channels.wechaty.content import Names, read
from bot.channels.wechaty.encode import Call, EncodingContext, UnsendableError, encode
from bot.channels.wechaty.messages import RECALLED, TEXT, Place, message_from, recalled_from
from bot.channels.wechaty.recent import Recent, Said
from bot.channels.wechaty.rooms import Rooms
from bot.channels.wechaty.split import LIMIT, shown, size
from community.actions import Mention, Send, Text
from community.updates import Seat, Update, dump_update, load_update
from tests.fakes import START

GROUP = "wechaty:群"
# Half surrogate pairs included: JSON can hold them.
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
signs = st.sampled_from(list("@＠「」：:\n\u2005 -#求老友张三()[].*+\\<>\u200b\u202e\0\ud800"))
words = st.lists(signs | st.text(st.characters(), max_size=3), max_size=25).map("".join)
ids = st.sampled_from(["a", "b", "bot", ""]) | words | anything
messages = st.fixed_dictionaries(
    {"id": ids, "text": words | anything, "type": st.sampled_from([TEXT, RECALLED]) | anything},
    optional={
        "time": st.integers() | st.floats() | anything,
        "mentions": st.lists(ids, max_size=4) | anything,
        "from": ids,
        "room": ids,
    },
)
storable = words.map(lambda text: text.encode("utf-8", "ignore").decode().replace("\0", ""))
names = storable.map(lambda text: " ".join(text.split())[:40])


def place(*, gives_ids: bool, called: str) -> Place:
    """A group in which somebody bears any name."""
    accounts = Accounts(stable=True)
    accounts.login("bot", ["老友", called])
    seats, recent = Seats(), Recent()
    seats.replace(GROUP, [Seat(account="wechaty:a", name=called), Seat(account="wechaty:b")])
    recent.note(GROUP, Said("in-1", "wechaty:a", called, "#求 法务"))
    return Place(GROUP, accounts, seats, recent, gives_ids)


def can_be_stored(update: Update | None) -> None:
    assert update is None or load_update(dump_update(update)) == update
    assert update is None or dump_update(update).encode()


@given(messages, st.booleans(), names)
def test_messages(fields: dict[str, Any], gives_ids: bool, name: str) -> None:
    here = place(gives_ids=gives_ids, called=name)
    seat = Seat(account="wechaty:a", name=name)
    can_be_stored(message_from(fields, seat, here, START))
    can_be_stored(recalled_from(fields, "wechaty:a", here, START))


@given(anything)
def test_what_is_no_message_at_all(data: object) -> None:
    fields, seat = as_fields(data), Seat(account="wechaty:a")
    can_be_stored(message_from(fields, seat, place(gives_ids=True, called="张三"), START))


@given(st.dictionaries(st.sampled_from(["timestamp", "inviterId", "removerId"]), ids | anything))
def test_comings_and_goings(event: dict[str, Any]) -> None:
    accounts = place(gives_ids=True, called="").accounts
    can_be_stored(notices.joined(event, Seat(account="wechaty:a"), GROUP, accounts, START))
    can_be_stored(notices.left(event, "wechaty:a", GROUP, accounts, START))


@given(
    st.text(st.characters(codec="utf-8"), max_size=200),
    st.fixed_dictionaries({"type": st.just(2) | anything, "from": ids, "hello": words | anything}),
    names,
)
def test_friend_requests(flag: str, request: dict[str, Any], name: str) -> None:
    accounts = place(gives_ids=True, called="").accounts
    can_be_stored(notices.asked(flag, request, name, accounts, START))


@given(words, names)
def test_only_members_and_the_bot_are_called(text: str, name: str) -> None:
    known = Names(own="wechaty:bot", mine={"老友"}, others={"wechaty:a": name})
    content = read(text, None, known)
    assert {one.account for one in content.mentions} <= {"wechaty:a"}


@given(st.text(st.characters(codec="utf-8"), max_size=60), words)
def test_a_quote_of_the_bot_s_own_is_read_again(text: str, answer: str) -> None:
    found = quotes.split(quotes.quote("老友", text) + answer)
    assert found is not None
    assert found.name == "老友"


segments = st.lists(
    st.builds(Text, text=storable | storable.map(lambda text: text * 200))
    | st.builds(Mention, account=st.sampled_from(["wechaty:a", "wechaty:x", "odd"]), name=names),
    max_size=5,
)


@given(segments, st.sampled_from([None, "in-1", "gone"]), names)
def test_whatever_is_said_fits_into_calls(
    said: list[Text | Mention], quote: str | None, name: str
) -> None:
    here, rooms = place(gives_ids=True, called=name), Rooms([GROUP])
    rooms.set(GROUP, "r")
    known = EncodingContext(here.accounts, rooms, here.recent)
    try:
        calls = encode(Send(group=GROUP, segments=tuple(said), quote=quote), known)
    except UnsendableError:
        return
    assert all(isinstance(call, Call) and call.asked["to"] == "r" for call in calls)
    moved = sum(size(shown(one)) for one in said if isinstance(one, Mention))
    assert all(size(str(call.asked["text"])) <= LIMIT + moved for call in calls)
