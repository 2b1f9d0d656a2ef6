"""What an application must hold before anybody may approve it."""

import re
from collections.abc import Mapping, Sequence

from community.form import ApplicationRules, FormField
from community.members import directory
from community.scene import Scene
from storage.tables import Application, Member

_MAIL = re.compile(r"[\w.+-]{1,64}@([\w-]+(?:\.[\w-]+)+)")
_NO_NAME = re.compile(r"[\d，,。;；:：!！?？\n]|^[我你您]")  # a sentence, not a name
_PARTS = re.compile(r"[-\s_/|—–－]+")
_BETWEEN = re.compile(r"[\s,，、;；:：/和与及@＠。]+")
_VOUCHING = re.compile(
    r"(?:都|也)?(?:可以|能|愿意)?[为给替]?我?(?:作证|做证|证明|担保|推荐)[人我]?|(?:都|也)?认识我"
)
_MOST_NAMES = 6


def missing(scene: Scene, application: Application) -> list[FormField]:
    """The fields without which it cannot be approved; a platform's request has less room."""
    rules = scene.settings.application
    lacking = []
    for field in rules.fields:
        if not _needed(rules, field, application):
            continue
        value = application.answers.get(field.key, "")
        if wrong(field, value) or (field.key == "proof" and not proves(scene, application)):
            lacking.append(field)
    return lacking


def wrong(field: FormField, value: str) -> str | None:
    """What is wrong with the value of a required field, with the exact overrun."""
    length = len(value)
    if not value.strip():
        return f"「{field.shown}」是必填的。"
    if field.key == "name" and _NO_NAME.search(value):
        return f"「{field.shown}」只写名字就好，例如 张三。"
    if length < field.min:
        return f"「{field.shown}」至少 {field.min} 字，还差 {field.min - length} 字。"
    if length > field.max:
        return f"「{field.shown}」最多 {field.max} 字，超出 {length - field.max} 字。"
    return None


def proves(scene: Scene, application: Application) -> bool:
    """The proof is of a kind that the community takes; any text where it has set no rule."""
    rules, answers = scene.settings.application, application.answers
    if not rules.mail_domains and not rules.proof_vouchers:
        return bool(answers.get("proof"))
    if _by_mail(rules, application.account, answers):
        return True
    return 0 < rules.proof_vouchers <= len(vouchers(scene, application))


def reads_like_proof(rules: ApplicationRules, *, account: str, answers: Mapping[str, str]) -> bool:
    """Likewise as far as the applicant is told.

    Any names will do: by what the form says to some and not to others, a stranger would learn who
    is a member. The admins see whether they are.
    """
    if not rules.mail_domains and not rules.proof_vouchers:
        return True
    named = {name.casefold() for name in _names(_naming(answers))}
    return _by_mail(rules, account, answers) or 0 < rules.proof_vouchers <= len(named)


def vouchers(scene: Scene, application: Application) -> Sequence[Member]:
    """The members whom it names, wherever it does; nobody proves himself."""
    return named_members(scene, application, _naming(application.answers))


def mail_of(account: str) -> str:
    """The address of an account that is one: a code has come back from it. Else empty."""
    channel, _, address = account.partition(":")
    return address if channel == "mail" else ""


def proof_wanted(rules: ApplicationRules) -> str:
    """What counts as proof, for the applicant."""
    ways = [f"@{domain} 的邮箱" for domain in rules.mail_domains]
    if rules.proof_vouchers:
        ways.append(f"{rules.proof_vouchers} 位群里成员的名字")
    return "，或 ".join(ways)


def named_members(scene: Scene, application: Application, text: str) -> Sequence[Member]:
    """The other members whom a text names, as far as a name means one person only."""
    found: dict[int, Member] = {}
    for name in _names(text):
        namesakes = directory.find(scene, name=name, limit=1)
        for one in namesakes.members if namesakes.total == 1 else ():
            called = (one.name, *_PARTS.split(one.group_nickname))
            if name in called and one.id != application.member_id:
                found[one.id] = one
    return list(found.values())


def _by_mail(rules: ApplicationRules, account: str, answers: Mapping[str, str]) -> bool:
    found = _MAIL.findall(f"{answers.get('proof', '')} {mail_of(account)}")
    return bool({one.casefold() for one in found} & {one.casefold() for one in rules.mail_domains})


def _naming(answers: Mapping[str, str]) -> str:
    """Where names of vouchers stand."""
    return f"{answers.get('proof', '')} {answers.get('voucher', '')}"


def _names(text: str) -> list[str]:
    """What may be one: 李雷、韩梅梅可以为我作证."""
    parts = _BETWEEN.split(_VOUCHING.sub(" ", text))
    return [one for one in parts if len(one) > 1][:_MOST_NAMES]


def _needed(rules: ApplicationRules, field: FormField, application: Application) -> bool:
    if application.source == "qq_request":
        return field.key in rules.request_required
    return field.required
