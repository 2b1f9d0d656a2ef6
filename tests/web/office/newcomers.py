"""Applications to decide about."""

from community.vetting import submitting
from storage.queries import counters
from storage.tables import Application
from tests.web.world import World

ANSWERS = {
    "name": "张三",
    "company": "人人网",
    "years": "2016-2019",
    "title": "产品经理",
    "city": "北京",
    "consent": "同意",
}


def applies(world: World, name: str, community: str = "renren", **answers: str) -> int:
    """A submitted application of that name; gives its number."""
    with world.scene(community) as scene:
        made = Application(
            community_id=community,
            id=counters.take(scene.session, community_id=community, name="application"),
            source="chat",
            account=f"onebot:{name}",
            name=name,
            answers={**ANSWERS, "name": name, **answers},
            created_at=scene.now,
            updated_at=scene.now,
        )
        scene.session.add(made)
        scene.session.flush()
        submitting.submit(scene, made)
        return made.id


def state(world: World, number: int) -> str:
    """How things stand with it."""
    with world.scene() as scene:
        return scene.session.get_one(Application, ("renren", number)).state
