"""Labels to learn from."""

import random
from typing import Any

from community.scene import Scene
from matching.feature_version import measure_version
from storage.tables import Label, Member
from tests.community.conftest import NOW
from tests.community.people import member, post

FEATURES = ("covered", "covers", "same_city", "exact", "head")


def label(id_: int, *, by: int = 1, good: bool = True, **fields: Any) -> Label:
    """A label with what the test does not care about filled in."""
    traits = {"by": measure_version(), "model": "post", "values": {"head": 1.0}}
    filled = {"post_id": id_, "source": "said", "features": traits, **fields}
    measured: dict[str, Any] = {"score": 0.8, "coverage": 0.5, "rules": "v", "created_at": NOW}
    return Label(community_id="renren", id=id_, by_id=by, good=good, **measured, **filled)


def say(scene: Scene, count: int, *, first: int = 1, taste: float = 2.0) -> None:
    """Labels by twelve people who, as far as the taste goes, like what is in the same city."""
    draw, number = random.Random(first), 0
    people = [member(scene, str(number)).id for number in range(12)]
    for at in range(count):
        values = {name: round(draw.random(), 2) for name in FEATURES}
        good = draw.random() < 0.5 + taste * (values["same_city"] - 0.5)
        traits = {"by": measure_version(), "model": "post", "values": values}
        if at % 6 == 0:
            author = scene.session.get_one(Member, ("renren", people[0]))
            number = post(scene, author, f"代账 {first + at}").id
        by = people[at % 12]
        scene.session.add(label(first + at, by=by, good=good, post_id=number, features=traits))
    scene.session.flush()
