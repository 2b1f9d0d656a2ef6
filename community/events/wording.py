"""An event in words, as all who hear of it read it."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from community.events.times import WEEKDAYS
from community.scene import Scene
from storage.tables import Event, Member
from storage.tables.people import shown_as

PLACES: Mapping[str, str] = MappingProxyType(
    {
        "seated": "有名额",
        "offered": "等确认",
        "waiting": "候补",
        "left": "没参加",
        "attended": "到场",
        "absent": "缺席",
    }
)


_STATES = {"cancelled": "（已取消）", "over": "（已结束）"}


def item(event: Event) -> str:
    """#E3「出海圆桌」"""
    return f"#E{event.id}「{event.title}」"


def when(scene: Scene, at: datetime) -> str:
    """11月28日（周六）14:00, where the community lives; the year when it is another one."""
    local = at.astimezone(scene.settings.zone)
    year = "" if local.year == scene.now.astimezone(scene.settings.zone).year else f"{local.year}年"
    day = f"{year}{local.month}月{local.day}日（周{WEEKDAYS[local.weekday()]}）"
    return f"{day}{local:%H:%M}"


def announcement(scene: Scene, event: Event) -> str:
    """All that one has to know before one signs up, and how to."""
    return f"{details(scene, event)}\n报名：发 #报名 E{event.id}，或引用这条回 报名"


def details(scene: Scene, event: Event) -> str:
    """What, when and where."""
    lines = [f"#E{event.id} {event.title}{_STATES.get(event.state, '')}"]
    lines += [f"{name}：{text}" for name, text in facts(scene, event)]
    return "\n".join([*lines, event.note] if event.note else lines)


def facts(scene: Scene, event: Event) -> list[tuple[str, str]]:
    """When and where, and how one gets a seat, by what each is called."""
    found = [
        ("时间", when(scene, event.starts_at)),
        ("地点", event.place),
        ("名额", f"{event.cap} 个，满了可以候补"),
        ("报名截止", when(scene, event.closes_at)),
    ]
    if event.priority_id is not None:
        found.append(("优先", f"来过 E{event.priority_id} 的朋友"))
    return found


def left(free: int, waiting: int) -> str:
    """How many seats are free, or how many wait for one."""
    if free:
        return f"余 {free} 个名额"
    return f"满了，候补 {waiting} 人" if waiting else "满了，可以候补"


def name_in_group(member: Member) -> str:
    """What everybody in the group reads of him anyway."""
    return shown_as(member.id, member.group_nickname, member.name)
