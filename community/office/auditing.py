"""Looking through the audit: what was asked for, entry by entry, or as a table to take along."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final, TypeAlias

from community import audit_log
from community.anonymity.hiding import unseen
from community.errors import UserError
from community.members import directory
from community.office.audit_wording import BY_APPLICANT, SUBJECTS, VERBS
from community.office.history import Entry, in_words
from community.scene import Scene
from storage.queries import audit
from storage.queries.pool import posts
from storage.tables import Audit, Member

Wanted: TypeAlias = audit.Wanted

PAGE: Final = 50
HEAD: Final = ("编号", "时间", "谁", "做了什么", "对象", "详情", "从哪里")
_YEARS: Final = range(1970, 9999)
_BOT: Final = ("机器人", "bot")
_APPLICANT: Final = "申请人"
_NUMBER = re.compile(r"\s*[#＃]?\s*([AaMmEe]?)\s*(\d{1,9})\s*")
_KINDS: Final = {"a": "application", "m": "member", "e": "event", "": "post"}
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Page:
    """Some entries, the latest first."""

    entries: Sequence[Entry]
    onward: int  # the number behind which the next page begins; 0: there is none


def wanted(scene: Scene, asked: Mapping[str, str]) -> Wanted:
    """What was asked for: who, what, thing, since, until. Raises UserError."""
    found = _doing(asked.get("what", ""))
    if who := asked.get("who", "").strip():
        found = _by(scene, found, who)
    if thing := asked.get("thing", "").strip():
        found = _thing(found, thing)
    first, last = _day(asked.get("since", "")), _day(asked.get("until", ""))
    if first is not None:
        found = replace(found, since=_midnight(scene, first))
    if last is not None:
        found = replace(found, until=_midnight(scene, last + timedelta(days=1)))
    return found


def page(
    scene: Scene,
    *,
    wanted: Wanted,
    viewer: Member | None = None,
    before: int = 0,
    limit: int = PAGE,
) -> Page:
    """The latest; with ``before`` what comes behind the entry of that number.

    Nothing of posts that are hidden from the viewer; no viewer: from anybody.
    """
    rows = audit.latest(
        scene.session, community_id=scene.community_id, wanted=wanted, before=before or None,
        limit=limit + 1,
    )  # fmt: skip
    shown = rows[:limit]
    told = in_words(scene, _seen(scene, shown, viewer))
    return Page(told, shown[-1].id if len(rows) > limit else 0)


def _seen(scene: Scene, rows: Sequence[Audit], viewer: Member | None) -> list[Audit]:
    numbers = {row.subject_id for row in rows if row.subject == "post"}
    known = posts.by_ids(scene.session, community_id=scene.community_id, ids=numbers)
    writers = {post.author_id for post in known.values()}
    hidden = unseen(scene, by=None if viewer is None else viewer.id, among=writers)
    gone = {number for number, post in known.items() if post.author_id in hidden}
    return [row for row in rows if row.subject != "post" or row.subject_id not in gone]


def kinds() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """What may be asked for, group by group, for a list to choose from."""
    for subject, title in SUBJECTS.items():
        verbs = [(f"{subject}.{verb}", words) for verb, words in VERBS[subject].items()]
        yield title, [(subject, f"{title}：全部"), *verbs]


def cells(scene: Scene, entry: Entry) -> tuple[str, ...]:
    """An entry as a line of a table."""
    when = f"{entry.at.astimezone(scene.settings.zone):%Y-%m-%d %H:%M:%S}"
    said = (str(entry.number), when, entry.who, entry.did, entry.what, entry.more, entry.place)
    return tuple(safe(one) for one in said)


def safe(text: str) -> str:
    """What no program that opens a table takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def note_export(scene: Scene, *, actor: Member) -> None:
    """Somebody took the entries along."""
    audit_log.note(scene, verb="export", subject="community", actor=actor)


def _doing(what: str) -> Wanted:
    subject, _, verb = what.partition(".")
    if subject not in VERBS:
        return Wanted()
    return Wanted(subject=subject, verbs=(verb,) if verb in VERBS[subject] else ())


def _by(scene: Scene, found: Wanted, who: str) -> Wanted:
    if who in _BOT:
        return replace(found, by_nobody=True, but=BY_APPLICANT)
    if who == _APPLICANT:
        return replace(found, by_nobody=True, among=BY_APPLICANT)
    return replace(found, actor_id=person(scene, who))


def person(scene: Scene, who: str) -> int:
    """The number of the one who is named, by number or by name. Raises UserError."""
    number = _NUMBER.fullmatch(who)
    if number is not None and number[1] in ("M", "m"):
        return int(number[2])
    namesakes = directory.find(scene, name=who)
    if namesakes.total == 1:
        return namesakes.members[0].id
    some = "、".join(f"{one.shown} M{one.id}" for one in namesakes.members[:5])
    if some:
        raise UserError(f"叫「{who}」的有 {namesakes.total} 位，写编号：{some}")
    raise UserError(f"没找到叫「{who}」的成员。退出的人写编号，例如 M12。")


def _thing(found: Wanted, thing: str) -> Wanted:
    number = _NUMBER.fullmatch(thing)
    if number is None:
        raise UserError("对象写编号：帖子 #12，申请 A12，成员 M12，活动 E3。")
    subject = _KINDS[number[1].lower()]
    if found.subject not in ("", subject):
        raise UserError("「做了什么」和「对象」说的不是一类东西。")
    return replace(found, subject=subject, subject_id=int(number[2]))


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        day = date.min
    if day.year not in _YEARS:  # at the ends of the calendar there is no midnight elsewhere
        raise UserError("日期写成 2026-03-02 这样。")
    return day


def _midnight(scene: Scene, day: date) -> datetime:
    return datetime.combine(day, time.min, scene.settings.zone)
