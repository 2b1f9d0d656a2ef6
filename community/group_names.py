"""What groups are called."""

from collections.abc import Iterable

from community.scene import Scene
from storage.queries.traffic import rooms


def group_names(scene: Scene, groups: Iterable[str]) -> dict[str, str]:
    """By address; a group whose name is not known is called by its number."""
    known = rooms.names(scene.session, community_id=scene.community_id)
    return {one: known.get(one) or one.partition(":")[2] for one in groups}
