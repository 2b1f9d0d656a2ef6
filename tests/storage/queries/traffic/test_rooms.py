"""Which room of a platform a group is."""

from storage.database import Database
from storage.queries import communities
from storage.queries.traffic import rooms
from tests.fakes import START

TOPIC = "wechaty:老友记一群"


def test_a_room_is_remembered(database: Database) -> None:
    with database.begin() as session:
        communities.ensure(session, community_id="a", name="甲", groups=[TOPIC], now=START)
        assert rooms.native_id(session, address=TOPIC) is None
        rooms.keep(session, address=TOPIC, native_id="r1@chatroom")
        rooms.keep(session, address="wechaty:没有的群", native_id="r2@chatroom")
    with database.read() as session:
        assert rooms.native_id(session, address=TOPIC) == "r1@chatroom"
        assert rooms.native_id(session, address="wechaty:没有的群") is None
