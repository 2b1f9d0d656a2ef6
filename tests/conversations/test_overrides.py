"""What admins set on the web holds in the chat at once."""

from community.rules import Limits
from storage.queries import communities
from tests.conversations.conftest import ChatMaker


def test_the_next_message_has_it(make_chat: ChatMaker) -> None:
    chat = make_chat(limits=Limits(posts_per_day=1))
    chat.says("小明", "#求 找一位会修咖啡机的师傅")
    assert "#2" not in chat.says("小明", "#求 想租一间带窗的办公室")
    with chat.database.begin() as session:
        communities.choose(session, community_id="renren", values={"posts_per_day": 2})
    assert "#2" in chat.says("小明", "#求 想租一间带窗的办公室")
