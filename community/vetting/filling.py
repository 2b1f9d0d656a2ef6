"""Taking over what an applicant tells of himself, and finding out what is to be asked next."""

import re
from collections.abc import Mapping

from community.form import FormField
from community.scene import Scene
from community.vetting import checking, reading
from community.vetting.clock import next_due
from community.vetting.transitions import forget_reminders
from storage.tables import Application

_BLANKS = re.compile(r"\s+")
_SHORT = 200  # longer fields keep their lines


def fill(scene: Scene, application: Application, text: str) -> list[str]:
    """Take over what one text says of several fields; gives what is wrong with some of them.

    Whoever writes it all at once is only asked for what is required.
    """
    values = reading.read(text, scene.settings.application, scene.analyser)
    trouble = take(scene, application, values)
    if values:
        _skip_optional(scene, application)
    set_next_question(scene, application)
    return trouble


def take(scene: Scene, application: Application, values: Mapping[str, str]) -> list[str]:
    """Keep the values that are as they should be, by field; gives what is wrong with the others."""
    rules, trouble = scene.settings.application, []
    answers = dict(application.answers)
    for key, value in values.items():
        field = rules.field(key)
        if field is None:
            continue
        tidy = tidied(field, value)
        wrong = checking.wrong(field, tidy)
        if wrong and (tidy or field.required):
            trouble.append(wrong)
            continue
        answers[key] = tidy
    application.answers, application.updated_at = answers, scene.now
    application.reminders = 0
    trouble += _proof_trouble(scene, application, values)
    if application.state == "draft":
        set_next_question(scene, application)
    return trouble


def tidied(field: FormField, value: str) -> str:
    """The value without blanks that say nothing."""
    return value.strip() if field.max > _SHORT else _BLANKS.sub(" ", value).strip()


def set_next_question(scene: Scene, application: Application) -> None:
    """Ask for the next field that nobody has spoken of, at last for a yes."""
    waiting = (
        one.key
        for one in scene.settings.application.asked
        if one.key not in application.answers
        or (one.required and checking.wrong(one, application.answers[one.key]))
    )
    application.asking = next(waiting, "confirm")
    application.due_at = next_due(scene, application)
    forget_reminders(scene, application)


def _proof_trouble(scene: Scene, application: Application, values: Mapping[str, str]) -> list[str]:
    rules, answers = scene.settings.application, application.answers
    field = rules.field("proof")
    if field is None or not field.required or "proof" not in values:
        return []
    if checking.reads_like_proof(rules, account=application.account, answers=answers):
        return []
    application.answers = {k: v for k, v in answers.items() if k != "proof"}
    return [f"还不够证明，需要 {checking.proof_wanted(rules)}。"]


def _skip_optional(scene: Scene, application: Application) -> None:
    skipped = {one.key: "" for one in scene.settings.application.asked if not one.required}
    application.answers = {**skipped, **application.answers}
