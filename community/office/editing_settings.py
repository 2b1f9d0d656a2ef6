"""Setting on the web what config.yaml says otherwise."""

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from pydantic import ValidationError

from community import audit_log, overrides
from community.scene import Scene
from community.settings import Settings
from storage.queries import communities
from storage.tables import Member

Kind = Literal["tick", "number", "line", "text"]
_MOST_DIGITS = 4
_NONE: Final = "0 是不限。"


@dataclass(frozen=True)
class Choice:
    """One thing that may be set, as it stands on the page."""

    key: str
    label: str
    kind: Kind
    hint: str = ""
    wrong: str = "写 0 或一个不超过 4 位的整数。"


GROUPS: Final[Sequence[tuple[str, Sequence[Choice]]]] = (
    (
        "公开页面",
        (
            Choice("front", "打开公开页面", "tick", "打开后谁都能看到这一页，搜索引擎也能。"),
            Choice("about", "我们是谁", "text", "几句话就好：什么样的人，在一起做什么。"),
            Choice("joining", "怎么加入", "text", "谁可以来、要准备什么。申请的链接会自动放上。"),
            Choice("partners", "合作联系", "text", "比如一个邮箱。不要写个人的手机号。"),
        ),
    ),
    (
        "新人",
        (
            Choice("welcome", "在群里欢迎新人", "tick"),
            Choice(
                "nickname", "群名片的格式", "line",
                "可以用 {name} 姓名、{company} 公司、{title} 职位、{city} 城市、{industry} 行业。"
                "空着就不管群名片。",
                "花括号里只能写 {name}、{company}、{title}、{city}、{industry}，最多 120 字。",
            ),
            Choice(
                "timeout_days", "申请人几天没有动静就作废", "number", "1 到 60 天。",
                "写 1 到 60 的整数。",
            ),
        ),
    ),
    (
        "发帖和 @",
        (
            Choice("posts_per_day", "每人一天最多发几条", "number", _NONE),
            Choice(
                "max_mentions", "一条帖子最多 @ 几个人", "number", "0 到 10。",
                "写 0 到 10 的整数。",
            ),
            Choice("mentions_per_day", "没主动要求的人，一天最多被 @ 几次", "number", _NONE),
            Choice("mentions_per_week", "没主动要求的人，一周最多被 @ 几次", "number", _NONE),
        ),
    ),
)  # fmt: skip
ALL: Final = tuple(choice for _, choices in GROUPS for choice in choices)


@dataclass(frozen=True)
class Held:
    """One of them with what holds, and what the configuration says."""

    choice: Choice
    value: Any
    configured: str
    is_chosen: bool


def held(scene: Scene, *, configured: Settings) -> list[tuple[str, list[Held]]]:
    """Everything that may be set, group by group."""
    stored = communities.chosen(scene.session, community_id=scene.community_id)
    return [
        (
            title,
            [
                Held(
                    choice=one,
                    value=overrides.value_of(scene.settings, one.key),
                    configured=_shown(overrides.value_of(configured, one.key)),
                    is_chosen=one.key in stored,
                )
                for one in choices
            ],
        )
        for title, choices in GROUPS
    ]


def wrong(typed: Mapping[str, str]) -> dict[str, str]:
    """What cannot be set, by name, in words."""
    troubles = {}
    for one in ALL:
        value = _read(one, typed.get(one.key, ""))
        try:
            if value is None:
                raise ValueError(one.key)
            overrides.Overrides.model_validate({one.key: value})
        except ValidationError:
            troubles[one.key] = _wrong(one)
        except ValueError:
            troubles[one.key] = _wrong(one)
    return troubles


def choose(
    scene: Scene,
    *,
    actor: Member,
    configured: Settings,
    typed: Mapping[str, str],
    back: Collection[str] = (),
    left: Collection[str] = (),
) -> list[str]:
    """Keep what was typed, which has passed ``wrong``; gives the names of what changed.

    What says the same as the configuration is not kept, and neither is what goes ``back`` to it:
    there a later change of the configuration holds. What was ``left`` as the page showed it stays
    as it is now: somebody else may have set it since.
    """
    before = dict(communities.chosen(scene.session, community_id=scene.community_id))
    after = {key: value for key, value in before.items() if key not in overrides.PLACES}
    for one in ALL:
        value = _read(one, typed.get(one.key, ""))
        if one.key in left and one.key not in back:
            if one.key in before:
                after[one.key] = before[one.key]
        elif one.key not in back and value != overrides.value_of(configured, one.key):
            after[one.key] = value
    keys = {key for key in {*before, *after} if before.get(key) != after.get(key)}
    changed = [one.key for one in ALL if one.key in keys]
    if changed:
        communities.choose(scene.session, community_id=scene.community_id, values=after)
        audit_log.note(
            scene,
            verb="settings",
            subject="community",
            actor=actor,
            detail={"settings": changed},
        )
    return changed


def label(key: str) -> str:
    """Its name on the page."""
    return next((one.label for one in ALL if one.key == key), key)


def _read(choice: Choice, text: str) -> Any:
    """What was typed as a value; None: it is none."""
    match choice.kind:
        case "tick":
            return bool(text)
        case "number":
            number = unicodedata.normalize("NFKC", text).strip()  # ３ is a number as well
            fits = number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS
            return int(number) if fits else None
        case _:
            return text.strip()


def _wrong(choice: Choice) -> str:
    return f"最多 {overrides.LONGEST} 字。" if choice.kind == "text" else choice.wrong


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "开" if value else "关"
    return str(value) or "空"
