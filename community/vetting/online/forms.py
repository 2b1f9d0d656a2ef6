"""What an applicant has written so far. Every word is kept, right or wrong, for thirty days."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from community.errors import UserError
from community.form import FormField
from community.membership.digests import digest
from community.scene import Scene
from community.signing_in.mail import account_of
from community.vetting import checking, filling, finding
from community.vetting.online import proofs
from storage.queries.vetting import forms
from storage.tables import Application, JoinForm

LIFE: Final = timedelta(days=30)  # without a word of the applicant's
MAIL: Final = "@mail"  # what stands in the field for the address; no field of a form is called so
YES: Final = "是"
_MOST = 20_000  # characters of one answer that are kept; a form allows half of that


@dataclass(frozen=True)
class Held:
    """A form and the token by which its browser knows it."""

    form: JoinForm
    token: str


def find(scene: Scene, *, token: str) -> JoinForm | None:
    """The form of that browser, unless its time is over."""
    if not token:
        return None
    form = forms.get(scene.session, community_id=scene.community_id, digest=_digest(scene, token))
    return None if form is None or form.updated_at <= scene.now - LIFE else form


def save(scene: Scene, *, token: str, typed: Mapping[str, str]) -> Held:
    """Keep what was typed, by field; other fields stay as they are."""
    held = _held(scene, token)
    form = held.form
    answers = {**form.answers, **_tidied(scene, typed)}
    account = _account(answers.get(MAIL, ""))
    if account != form.account and form.application_id is not None:
        # Another person's application: what was sent stays with the address that sent it.
        held = _new(scene)
        form = held.form
    if account != form.account:
        form.account, form.confirmed = account, False
    form.answers, form.updated_at = answers, scene.now
    scene.session.flush()
    return held


def begin_looking(scene: Scene, *, token: str, typed: str) -> Held:
    """Somebody wants to see how things stand with an address. Raises UserError for no address."""
    account_of(typed)
    return save(scene, token=token, typed={MAIL: typed})


def confirm(scene: Scene, form: JoinForm) -> None:
    """The code came back: whoever holds this form is the person of the address."""
    form.confirmed, form.updated_at = True, scene.now
    sent = latest(scene, form)
    if sent is not None and set(form.answers) <= {MAIL}:
        form.application_id = sent.id
        form.answers = {**proofs.without_files(sent.answers), **form.answers}
    scene.session.flush()


def latest(scene: Scene, form: JoinForm) -> Application | None:
    """What the person has sent last, through whichever door; nothing before it is known who he is.

    A draft in the chat has not been sent.
    """
    if not form.confirmed:
        return None
    hidden = ("draft", "superseded")
    sent = finding.of_person(scene, form.account)
    return next((one for one in sent if one.state not in hidden), None)


def troubles(scene: Scene, form: JoinForm) -> dict[str, str]:
    """Everything that is wrong, by field."""
    found = {}
    try:
        account_of(form.answers.get(MAIL, ""))
    except UserError as error:
        found[MAIL] = error.text
    for field in scene.settings.application.fields:
        if wrong := _wrong(scene, form, field):
            found[field.key] = wrong
    return found


def sendable(scene: Scene, form: JoinForm) -> dict[str, str]:
    """The answers as they go into the application."""
    rules = scene.settings.application
    values = {field.key: form.answers.get(field.key, "") for field in rules.fields}
    if rules.field("proof") and not values["proof"]:
        values["proof"] = proofs.in_words(proofs.held(scene, form)) or _proving(scene, form)
    return values


def _wrong(scene: Scene, form: JoinForm, field: FormField) -> str | None:
    value = form.answers.get(field.key, "")
    if field.key == "consent":
        return None if value == YES or not field.required else "要勾上这一项才能提交。"
    if field.key == "proof":
        return _unproved(scene, form, field)
    wrong = checking.wrong(field, value)
    return wrong if value or field.required else None


def _unproved(scene: Scene, form: JoinForm, field: FormField) -> str | None:
    rules, value = scene.settings.application, sendable(scene, form)["proof"]
    wrong = checking.wrong(field, value)
    if wrong or not field.required:
        return wrong if value or field.required else None
    # A file alone names nobody.
    if checking.reads_like_proof(rules, account=form.account, answers=form.answers):
        return None
    return f"还不够证明，需要 {checking.proof_wanted(rules)}。"


def _proving(scene: Scene, form: JoinForm) -> str:
    """The address itself, where the community takes one of that domain as proof."""
    address = checking.mail_of(form.account)
    domains = [one.casefold() for one in scene.settings.application.mail_domains]
    return address if address.rpartition("@")[2] in domains else ""


def _held(scene: Scene, token: str) -> Held:
    form = find(scene, token=token)
    return _new(scene) if form is None else Held(form, token)


def _new(scene: Scene) -> Held:
    token = secrets.token_urlsafe(32)
    form = JoinForm(
        community_id=scene.community_id,
        digest=_digest(scene, token),
        created_at=scene.now,
        updated_at=scene.now,
    )
    scene.session.add(form)
    return Held(form, token)


def _tidied(scene: Scene, typed: Mapping[str, str]) -> dict[str, str]:
    rules, kept = scene.settings.application, {}
    for key, value in typed.items():
        field = rules.field(key)
        if field is not None:
            kept[key] = filling.tidied(field, value[:_MOST])
        elif key == MAIL:
            kept[key] = value.strip()[:_MOST]
    return kept


def _account(text: str) -> str:
    try:
        return account_of(text)
    except UserError:
        return ""


def _digest(scene: Scene, token: str) -> str:
    return digest(scene.community_id, f"join:{token}")
