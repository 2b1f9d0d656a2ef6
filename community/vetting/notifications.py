"""Words to the applicant and to the admins, put into the outbox. Never into another group."""

from collections.abc import Collection
from datetime import datetime

from community import urls
from community.actions import Send, Text
from community.notices import Letter, as_mail, by_mail, named, send, way_to
from community.scene import Scene
from community.vetting.reach import hears_at_the_door, is_out_of_reach
from storage.queries.people import memberships, people
from storage.tables import Application


def tell_applicant(
    scene: Scene,
    application: Application,
    text: str,
    letter: Letter | None = None,
    *,
    until: datetime | None = None,
) -> None:
    """In private, and nowhere else. Who asked QQ to be let in reads the answer to the request,
    while QQ waits for one.

    Who applied by mail gets the ``letter`` instead. ``until``: later it is not true any more.
    """
    if hears_at_the_door(application) or is_out_of_reach(scene, application):
        return
    if letter is not None and by_mail(application.account):
        message = as_mail(scene, application.account, letter)
        send(scene, message.model_copy(update={"until": until}), application=application.id)
        return
    message = Send(
        account=application.account,
        via_group=application.group_address,
        segments=(Text(text=text),),
        until=until,
    )
    send(scene, message, application=application.id)


def tell_admins(
    scene: Scene,
    text: str,
    *,
    application: Application | None = None,
    but: Collection[str] = (),
    until: datetime | None = None,
) -> None:
    """In the admins' group; to each of them in private where there is none.

    ``but``: accounts of one whom it is about, unless he is the only admin.
    """
    settings = scene.settings
    number = None if application is None else application.id
    if settings.admin_group is not None:
        message = Send(group=settings.admin_group, segments=(Text(text=text),), until=until)
        send(scene, message, application=number)
        return
    admins = admin_accounts(scene)
    accounts = sorted(admins - set(but) or admins)
    tell_accounts(scene, accounts, text, number=number, until=until)


def tell_accounts(
    scene: Scene,
    accounts: Collection[str],
    text: str,
    *,
    number: int | None = None,
    until: datetime | None = None,
) -> None:
    """To each of these admins in private; ``number`` is that of the application."""
    for account, words in named(scene, dict.fromkeys(accounts, text)).items():
        message = Send(account=account, segments=(Text(text=words),))
        if by_mail(account):
            message = as_mail(scene, account, letter_for_admin(scene, text, number=number))
        send(scene, message.model_copy(update={"until": until}), application=number)


def letter_for_admin(scene: Scene, text: str, *, number: int | None) -> Letter:
    """The text with the way to the back office; ``number`` is that of the application."""
    path = "/office" if number is None else f"/office/queue/{number}"
    return Letter("", text + urls.leading("在网页上处理", urls.home(scene.settings, path)))


def spread(
    scene: Scene, application: Application, text: str, *, heard_in: str | None = None
) -> None:
    """Let the admins know in their group what was decided elsewhere."""
    group = scene.settings.admin_group
    if group is not None and group != heard_in:
        tell_admins(scene, text, application=application)


def admin_accounts(scene: Scene) -> set[str]:
    """Where to reach each of the admins."""
    return set(scene.settings.admins) | _appointed(scene)


def _appointed(scene: Scene) -> set[str]:
    """Where to reach the admins whom the configuration does not name."""
    session, community_id = scene.session, scene.community_id
    found = set()
    for member, _ in memberships.with_roles(session, community_id=community_id, roles=("admin",)):
        held = people.accounts(session, community_id=community_id, member_id=member.id)
        account = way_to(scene, member=member)
        if account and scene.settings.admins.isdisjoint(one.address for one in held):
            found.add(account)
    return found
