"""The page about traffic."""

from storage.queries import outbox
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
