"""Communities that are called by their names."""

from bot.communities import Communities
from community.settings import Settings


def test_where_one_name_begins_with_another_the_longer_is_meant() -> None:
    names = ("老友", "老友 二群", "别家")
    communities = Communities(Settings(id=name, name=name, groups=()) for name in names)
    assert [one.id for one in communities.named_at_start("老友 二群 12")] == ["老友 二群", "老友"]
    assert [one.id for one in communities.named_at_start("老友 12")] == ["老友"]
