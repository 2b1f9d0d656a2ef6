"""A member's profile: what may stand in it, and changing it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from community.learning import labels
from community.membership.history import note
from community.pool.indexing import index_member
from community.scene import Scene
from storage.tables import Member


@dataclass(frozen=True)
class Field:
    """One line of a profile; ``entries`` is the most entries of a list, 0 for plain text."""

    label: str
    longest: int  # characters, of one entry in a list
    entries: int = 0


FIELDS: Mapping[str, Field] = MappingProxyType(
    {
        "name": Field("姓名", 20),
        "company": Field("公司", 40),
        "title": Field("职位", 30),
        "city": Field("城市", 20),
        "industry": Field("行业", 30),
        "skills": Field("技能", 20, entries=10),
        "gives": Field("能给", 200),
        "seeks": Field("想要", 200),
        "keywords": Field("关键词", 20, entries=10),
        "bio": Field("简介", 500),
    }
)
_BETWEEN = re.compile(r"[、，,；;|｜\n]+")
_BLANKS = re.compile(r"\s+")
_STEERS = re.compile(r"[@＠#＃﹟]")


def update(scene: Scene, *, member: Member, values: Mapping[str, str]) -> list[str]:
    """Store what the member says of himself, "" clears a field; gives the fields that changed.

    The values have passed ``problems``. They are his own word from now on, also where he says
    what stood there already.
    """
    changed = _store(scene, member, values)
    member.own = [name for name in FIELDS if name in member.own or name in values]
    return changed


def fill_in(scene: Scene, *, member: Member, values: Mapping[str, str]) -> None:
    """Store what was vetted; where that changes a field it is not the member's own any more."""
    changed = _store(scene, member, values)
    member.own = [name for name in member.own if name not in changed]


def mute(scene: Scene, *, member: Member, muted: bool) -> bool:
    """Call the member no more, or again; False: it was so already."""
    if member.muted == muted:
        return False
    member.muted = muted
    if muted:
        labels.record_mute(scene, member=member)
    note(scene, member_id=member.id, verb="mute" if muted else "unmute", actor=member)
    return True


def problems(values: Mapping[str, str]) -> list[str]:
    """All that stands against storing the values."""
    found: list[str] = []
    for name, text in values.items():
        field = FIELDS[name]
        if field.entries:
            found += _list_problems(field, entries(text))
        elif len(_tidy(name, text)) > field.longest:
            over = len(_tidy(name, text)) - field.longest
            found.append(f"{field.label}最多 {field.longest} 字，超出 {over} 字")
        if name == "name" and _STEERS.search(text):
            found.append("姓名里不能有 @ 和 #：会像在叫人、发指令")
    return found


def entries(text: str) -> list[str]:
    """The entries of a list as a member writes it: by 、 or , or lines, or else by blanks."""
    parts = _BETWEEN.split(text) if _BETWEEN.search(text.strip()) else text.split()
    return list(dict.fromkeys(_BLANKS.sub(" ", part).strip() for part in parts if part.strip()))


def _store(scene: Scene, member: Member, values: Mapping[str, str]) -> list[str]:
    """The audit learns which fields changed, never what stands in them."""
    changed = []
    for name, text in values.items():
        new = entries(text) if FIELDS[name].entries else _tidy(name, text)
        if getattr(member, name) != new:
            setattr(member, name, new)
            changed.append(name)
    if changed:
        member.updated_at = scene.now
        index_member(scene.session, scene.analyser, member)
        note(scene, member_id=member.id, verb="profile", actor=member, fields=changed)
    return changed


def _list_problems(field: Field, found: Sequence[str]) -> list[str]:
    why = []
    if len(found) > field.entries:
        over = len(found) - field.entries
        why.append(f"{field.label}最多 {field.entries} 个，超出 {over} 个")
    for entry in found:
        if len(entry) > field.longest:
            over = len(entry) - field.longest
            why.append(f"{field.label}「{entry[:8]}…」最多 {field.longest} 字，超出 {over} 字")
    return why


def _tidy(name: str, text: str) -> str:
    """Lines are kept where a text may be long; elsewhere all blanks become one."""
    if name in ("bio", "gives", "seeks"):
        return "\n".join(line.strip() for line in text.strip().splitlines() if line.strip())
    return _BLANKS.sub(" ", text).strip()
