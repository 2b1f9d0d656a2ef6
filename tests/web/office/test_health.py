"""The page about traffic."""

from storage.queries.traffic import outbox
from tests.web.world import GROUP, OWNER, World

HEALTH = "/c/renren/office/health"


def test_groups_by_name_and_no_accounts(world: World) -> None:
    assert "一切正常" in world.signed_in(OWNER).looks(HEALTH)
    with world.scene() as scene:
        for lane in (GROUP, "onebot:424242"):
            outbox.put(scene.session, lane=lane, action="{}", now=scene.now, community_id="renren")
    page = world.signed_in(OWNER).looks(HEALTH)
    assert page.count("等着发 1 条") == 2
    assert "管理群" in page
    assert "424242" not in page


def test_the_channels_that_the_community_uses(world: World) -> None:
    world.channels |= {"onebot": "connected", "mail": "paused", "wechaty": "offline"}
    page = world.signed_in(OWNER).looks(HEALTH)
    assert "<dt>QQ</dt><dd>连着</dd>" in page
    assert "接连失败，暂停几分钟" in page
    assert "没连上" not in page  # none of its groups is there
