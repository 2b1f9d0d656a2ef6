"""Telling somebody something beyond the reply: put into the outbox within the same transaction."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from community import urls
from community.actions import Action, Send, Text, Topic, dump_action
from community.anonymity.authors import ways_behind
from community.members.people import in_several
from community.scene import Scene
from storage.queries.people import people
from storage.queries.traffic import outbox, timely
from storage.tables import Member


@dataclass(frozen=True)
class Letter:
    """What is written to somebody whom only a letter reaches: no word of the chat works there."""

    subject: str
    text: str


def tell(
    scene: Scene,
    *,
    member: Member,
    text: str,
    letter: Letter | None = None,
    about: int | None = None,
    application: int | None = None,
    until: datetime | None = None,
    topic: Topic = "",
    forget: bool = False,
) -> bool:
    """A private message to the member, by the way that reaches him best. False: there is none.

    Where that is a letter, ``letter`` stands for the text. ``until``: later it is not true any
    more, and not said. ``topic``: what it reminds of, for ``forget_reminders``. ``forget``: once
    it is sent, nothing of it is kept. What is for an alias goes to whoever is behind it, and is
    forgotten likewise.
    """
    told = tell_each(
        scene,
        texts={member.id: text},
        letter=letter,
        about=about,
        application=application,
        until=until,
        topic=topic,
        forget=forget,
    )
    return member.id in told


def tell_each(
    scene: Scene,
    *,
    texts: Mapping[int, str],
    letter: Letter | None = None,
    about: int | None = None,
    application: int | None = None,
    until: datetime | None = None,
    topic: Topic = "",
    forget: bool = False,
) -> set[int]:
    """Likewise to each of the members, with a text of his own; gives those who can be reached.

    The database is asked about all of them at once.
    """
    ways = _own_ways(scene, texts)
    sealed = _ways_of_aliases(scene, texts.keys() - ways.keys())
    ways |= sealed
    spoken = named(scene, {way: texts[id_] for id_, way in ways.items() if not by_mail(way)})
    for id_, text in texts.items():
        way = ways.get(id_)
        if way is None:
            continue
        if way in spoken:
            message = Send(account=way, segments=(Text(text=spoken[way]),))
        else:
            message = as_mail(scene, way, letter or Letter("", text + _on_the_web(scene)))
        kept = forget or id_ in sealed
        message = message.model_copy(update={"until": until, "topic": topic, "forget": kept})
        send(scene, message, about=None if id_ in sealed else about, application=application)
    return set(ways)


def is_cut_off(scene: Scene, *, member: Member) -> bool:
    """What the member was told has not left the bot yet."""
    way = way_to(scene, member=member)
    here = scene.community_id
    return way is not None and timely.is_anything_waiting(
        scene.session, community_id=here, lane=way
    )


def forget_reminders(scene: Scene, *, member: Member, topic: Topic = "") -> None:
    """What still waits to remind the member is not true any more; "": of whatever it is."""
    session, here = scene.session, scene.community_id
    held = people.accounts(session, community_id=here, member_id=member.id)
    lanes = [one.address for one in held]
    timely.forget_reminders(session, community_id=here, lanes=lanes, topic=topic)


def named(scene: Scene, texts: Mapping[str, str]) -> dict[str, str]:
    """The texts, by account, naming the community to whoever has to know which of his it is."""
    club = f"「{scene.settings.name}」"
    bare = [account for account, text in texts.items() if club not in text]
    unclear = in_several(scene, accounts=bare) | scene.settings.leads_more
    return {one: f"{club}{text}" if one in unclear else text for one, text in texts.items()}


def way_to(scene: Scene, *, member: Member) -> str | None:
    """The account he used last in a chat; his mail address only if he is in none."""
    return ways_to(scene, ids=[member.id]).get(member.id)


def ways_to(scene: Scene, *, ids: Collection[int]) -> dict[int, str]:
    """Likewise of each of the members who has any; of an alias, that of whoever is behind it."""
    ways = _own_ways(scene, ids)
    return ways | _ways_of_aliases(scene, set(ids) - ways.keys())


def _own_ways(scene: Scene, ids: Collection[int]) -> dict[int, str]:
    ways: dict[int, str] = {}
    for id_, account in people.addresses(
        scene.session, community_id=scene.community_id, member_ids=ids
    ):
        if id_ not in ways or (by_mail(ways[id_]) and not by_mail(account)):
            ways[id_] = account
    return ways


def _ways_of_aliases(scene: Scene, ids: Collection[int]) -> dict[int, str]:
    """Nobody else has no account, but for some of whom only a roster knows."""
    held = ways_behind(scene, ids=ids) if ids else {}
    return {
        id_: next((one for one in all_ if not by_mail(one)), all_[0]) for id_, all_ in held.items()
    }


def by_mail(account: str) -> bool:
    """The account is a mail address."""
    return account.startswith("mail:")


def as_mail(scene: Scene, account: str, letter: Letter) -> Send:
    """The letter, in the name of the community."""
    return Send(
        account=account,
        segments=(Text(text=letter.text),),
        subject=letter.subject,
        signed=scene.settings.name,
    )


def _on_the_web(scene: Scene) -> str:
    return urls.leading("在网页上处理", urls.home(scene.settings, "/me"))


def send(
    scene: Scene, message: Send, *, about: int | None = None, application: int | None = None
) -> None:
    """Put a message into the outbox; ``about`` is the post that it speaks of."""
    if by_mail(message.target):
        message = message.model_copy(update={"signed": scene.settings.name})
    enqueue(scene, message, about=about, application=application)


def enqueue(
    scene: Scene, action: Action, *, about: int | None = None, application: int | None = None
) -> None:
    """Whatever is to be done on a channel in the name of the community, likewise."""
    outbox.put(
        scene.session,
        lane=action.target,
        action=dump_action(action),
        now=scene.now,
        community_id=scene.community_id,
        post_id=about,
        application_id=application,
    )
