"""A newcomer asks QQ to be let in while the bot is off, and everything follows from that."""

import pytest

from tests.conftest import NewUrl
from tests.e2e.conftest import NewBot, NewPeer
from tests.e2e.process import QUICK, Laoyou
from tests.onebot_peer import Peer

pytestmark = [pytest.mark.anyio, pytest.mark.process, pytest.mark.postgres]

GROUP, ADMINS = 600400, 600500
ADMIN, OLD, NEW, LATE = 7, 8, 40004000, 50005000
COMMENT = "问题：你是谁？\n答案：姓名：张三；公司：字节；职位：产品经理；城市：北京"


async def said(peer: Peer, group: int, words: str) -> str:
    """Wait until the bot says this in a group."""

    def heard() -> list[str]:
        calls = peer.calls("send_group_msg")
        return [call.text for call in calls if call.params["group_id"] == group]

    await peer.until(lambda: any(words in text for text in heard()))
    return next(text for text in heard() if words in text)


@pytest.fixture
async def peer(new_peer: NewPeer) -> Peer:
    """A group, and that of the admins; the bot is an admin in both."""
    peer = new_peer()
    for group in (GROUP, ADMINS):
        peer.seat(group, peer.number, "助教", role="admin")
        peer.seat(group, ADMIN, "老王", role="owner")
    peer.seat(GROUP, OLD, "小明", card="小明-字节-设计师")
    return peer


@pytest.fixture(params=["sqlite", "postgres"])
async def bot(
    request: pytest.FixtureRequest, new_bot: NewBot, new_url: NewUrl, peer: Peer
) -> Laoyou:
    """A bot on each kind of database."""
    made: Laoyou = new_bot(
        database=new_url(request.param, migrated=False),
        channels=[
            {"type": "onebot", "url": await peer.listen(), "access_token": "${ONEBOT_TOKEN}"}
        ],
        communities=[
            {
                "id": "c",
                "name": "老友记",
                "groups": [f"onebot:{GROUP}"],
                "admins": [f"onebot:{ADMIN}"],
                "admin_group": f"onebot:{ADMINS}",
            }
        ],
        outbox=QUICK,
    )
    return made


async def test_from_the_request_to_the_welcome(bot: Laoyou, peer: Peer) -> None:
    await peer.request(NEW, flag="77001", group=GROUP, comment=COMMENT, nickname="三儿")
    await bot.start()
    assert "姓名：张三" in await said(peer, ADMINS, "#A1 新申请")
    await peer.say(OLD, "#名片 公司 字节", group=GROUP)
    await said(peer, GROUP, "已更新")

    await peer.say(ADMIN, "#通过 A1", group=ADMINS)
    welcome = await said(peer, GROUP, "欢迎")
    assert welcome.startswith(f"欢迎 @{NEW} ！\n张三 · 字节 · 产品经理 · 北京")
    assert f"@{OLD} 同是字节的" in welcome
    cards = {row["user_id"]: row["card"] for row in peer.stock.members[GROUP]}
    assert cards[NEW] == "张三-字节-产品经理"

    await peer.hang_up()
    await peer.request(LATE, flag="77002", group=GROUP, comment="姓名：李四；公司：网易")
    await said(peer, ADMINS, "#A2 新申请")
    peer.stock.is_admin = False
    await peer.say(ADMIN, "#通过 A2", group=ADMINS)
    await said(peer, ADMINS, "请在 QQ 的加群通知里手动通过")

    await peer.admit(LATE, group=GROUP, nickname="四儿", by=ADMIN)
    await said(peer, GROUP, f"欢迎 @{LATE}")
    asked = await peer.asked("send_private_msg")  # nor may the bot set his card
    assert asked[-1].params["user_id"] == LATE
    assert await bot.stop() == 0
    assert len(peer.calls("set_group_add_request")) == 2
    for secret in ("张三", "李四", "字节", str(NEW), str(LATE), "Traceback"):
        assert secret not in bot.log
