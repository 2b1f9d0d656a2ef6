"""All that a community keeps of a person, as data and as text."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from community.actions import Send, Text
from community.anonymity.authors import posts_of
from community.events.strikes import REASONS
from community.events.wording import PLACES
from community.introductions import listing
from community.mailing.wording import RHYTHMS
from community.members.profiles import FIELDS
from community.membership.wording import ROLES
from community.notices import send
from community.office.audit_wording import own
from community.scene import Scene
from community.vetting.cards import ANSWERS
from community.vetting.cards import STATES as APPLICATION_STATES
from community.wording import KINDS, STATES
from storage.queries.people import memberships, people, personal
from storage.queries.vetting import forms, proofs
from storage.tables import Application, JoinForm, Member, Membership, Post, Preference, Proof

LONGEST = 1_500  # characters of one message

Data = Mapping[str, Any]


def collect(scene: Scene, *, member: Member) -> Data:
    """Everything about the member, ready for JSON; times in the community's zone."""
    accounts = people.accounts(scene.session, community_id=scene.community_id, member_id=member.id)
    addresses = [account.address for account in accounts]
    return {
        "社群": scene.settings.name,
        "时间": _time(scene, scene.now),
        "账号": [f"{one.address} {one.name}".strip() for one in accounts],
        **_membership(scene, member, addresses),
        **_in_the_pool(scene, member),
        **_at_events(scene, member),
        **_vetting(scene, member, addresses),
        **_on_the_web(scene, member),
    }


def hand_out(scene: Scene, *, member: Member, account: str) -> None:
    """Send everything to the account, in as many private messages as it takes."""
    data = collect(scene, member=member)
    forget = bool(data["匿名帖子"])
    for part in parts(as_text(data)):
        send(scene, Send(account=account, segments=(Text(text=part),), forget=forget))


def as_text(data: Data) -> str:
    """The data as a member reads it, without what is empty."""
    return "\n".join(line for name, value in data.items() for line in _lines(name, value))


def parts(text: str, longest: int = LONGEST) -> list[str]:
    """The text as messages: broken at the ends of lines where that is possible."""
    found = [""]
    for line in text.split("\n"):
        for piece in _pieces(line, longest):
            if len(found[-1]) + len(piece) + 1 > longest and found[-1]:
                found.append("")
            found[-1] = f"{found[-1]}\n{piece}" if found[-1] else piece
    return found


def _pieces(line: str, longest: int) -> Iterator[str]:
    yield line[:longest]
    for start in range(longest, len(line), longest):
        yield line[start : start + longest]


def _lines(name: str, value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        filled = {inner: text for inner, one in value.items() if (text := _plain(one))}
        if filled:
            yield f"{name}：" + "；".join(f"{inner} {text}" for inner, text in filled.items())
    elif isinstance(value, list):
        if value:
            yield f"{name}（{len(value)}）："
        yield from (f"- {_plain(one)}" for one in value)
    elif text := _plain(value):
        yield f"{name}：{text}"


def _plain(value: object) -> str:
    if isinstance(value, Mapping):
        return " ".join(text for one in value.values() if (text := _plain(one)))
    if isinstance(value, bool):
        return "开" if value else ""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "、".join(str(one) for one in value)
    return "" if value is None else str(value)


def _membership(scene: Scene, member: Member, addresses: list[str]) -> Data:
    session, community_id = scene.session, scene.community_id
    standing = memberships.get(session, community_id=community_id, member_id=member.id)
    return {
        "名片": {field.label: getattr(member, name) for name, field in FIELDS.items()},
        "群名片": member.group_nickname,
        "勿扰": member.muted,
        "加入": _time(scene, member.created_at),
        "成员资格": _standing(scene, standing),
        "所在的群": [
            f"{seat.group_address} {seat.card or seat.name}".strip()
            for seat in personal.seats(session, member=member, accounts=addresses)
        ],
    }


def _in_the_pool(scene: Scene, member: Member) -> Data:
    session = scene.session
    return {
        "帖子": [_post(scene, post) for post in personal.posts(session, member=member)],
        "匿名帖子": [_post(scene, post) for post in posts_of(scene, person=member)],
        "订阅": [follow.keyword for follow in personal.follows(session, member=member)],
        "被感谢": [
            f"#{one.post_id} {_time(scene, one.created_at)}"
            for one in personal.thanks(session, member=member)
        ],
        "引荐": listing.all_of(scene, member),
        "被 @": [
            f"{f'#{one.post_id}' if one.post_id else '认识新人'} {_time(scene, one.created_at)}"
            for one in personal.mentions(session, member=member)
        ],
        "对匹配的反馈": [
            f"#{one.post_id} {'有用' if one.good else '没用'} {_time(scene, one.created_at)}"
            for one in personal.labels(session, member=member)
        ],
    }


def _at_events(scene: Scene, member: Member) -> Data:
    session = scene.session
    return {
        "活动": [
            f"E{event.id} {event.title} {PLACES[row.state]} {row.feedback}".strip()
            for row, event in personal.places(session, member=member)
        ],
        "活动记分": [
            f"E{one.event_id} {REASONS[one.reason]} {one.points} 分 {_time(scene, one.at)}"
            for one in personal.strikes(session, member=member)
        ],
    }


def _vetting(scene: Scene, member: Member, addresses: list[str]) -> Data:
    """His own applications, and what he has said of others."""
    session, community_id = scene.session, scene.community_id
    return {
        "申请": [
            _application(scene, one)
            for one in personal.applications(session, member=member, accounts=addresses)
        ],
        "网页上填的申请": [
            {**one.answers, "文件": [file.name for file in _files(scene, one)]}
            for one in forms.of_accounts(session, community_id=community_id, accounts=addresses)
            if one.confirmed  # anybody may type an address that is not his
        ],
        "举报": [
            f"R{one.id} {_time(scene, one.created_at)} {one.text}"
            for one in personal.reports(session, member=member)
        ],
        "作证": [
            f"A{one.application_id} {ANSWERS[one.answer]}"
            for one in personal.vouchers(session, member=member)
        ],
    }


def _on_the_web(scene: Scene, member: Member) -> Data:
    """What he chose there, where he signed in, and all that he did anywhere."""
    session = scene.session
    return {
        "网页上的选择": _preference(personal.preference(session, member=member)),
        "登录过的设备": [
            f"{one.device} {_time(scene, one.created_at)}，最近 {_time(scene, one.seen_at)}"
            for one in personal.sign_ins(session, member=member)
        ],
        "操作记录": [
            f"{_time(scene, one.at)} {own(one)}" for one in personal.deeds(session, member=member)
        ],
    }


def _post(scene: Scene, post: Post) -> Data:
    return {
        "编号": f"#{post.id}",
        "类别": KINDS[post.kind],
        "状态": STATES[post.state],
        "时间": _time(scene, post.created_at),
        "内容": post.text,
    }


def _files(scene: Scene, form: JoinForm) -> list[Proof]:
    return proofs.of_form(scene.session, community_id=scene.community_id, form=form.digest)


def _application(scene: Scene, application: Application) -> Data:
    return {
        "编号": f"A{application.id}",
        "状态": APPLICATION_STATES.get(application.state, application.state),
        "时间": _time(scene, application.created_at),
        "附言": application.comment,
        **application.answers,
        "问答": [f"{one['question']} {one['answer']}" for one in application.exchanges],
    }


def _preference(row: Preference | None) -> Data:
    if row is None:
        return {}
    return {
        "匹配邮件": RHYTHMS[row.alerts],
        "摘要邮件": RHYTHMS[row.digest],
        "公开名片": "是" if row.listed else "否",
        "公开公司": "是" if row.shows_company else "否",
        "公开联系方式": "是" if row.shows_contact else "否",
        "联系方式": row.contact,
    }


def _standing(scene: Scene, row: Membership | None) -> Data:
    if row is None:
        return {}
    return {
        "角色": ROLES[row.role if row.state == "active" else "outsider"],
        "接受公约": _time(scene, row.covenant_at),
        "会费登记到": row.paid_until.isoformat() if row.paid_until else "",
        "第一次参加活动": _time(scene, row.attended_at),
        "理由": row.reason,
    }


def _time(scene: Scene, at: datetime | None) -> str:
    return "" if at is None else f"{at.astimezone(scene.settings.zone):%Y-%m-%d %H:%M}"
