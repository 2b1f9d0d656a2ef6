"""The clock of the letters that come by themselves."""

from collections.abc import Sequence

from community import urls
from community.due import Round
from community.mailing import letters, preferences, send_times
from community.mailing.news import News, Newsroom
from community.notices import as_mail, send
from community.rights import role_of
from community.scene import Scene
from storage.queries import counters
from storage.queries.web import preferences as queries
from storage.tables import Member, Preference

MOST_AT_ONCE = 200  # letters in a minute: who waits for a code is not behind a whole digest


def tick(turn: Round) -> int:
    """Write the letters that are due in a community; gives how many members were looked at, 0 when
    nobody is left.
    """
    here = queries.due_in(turn.session, now=turn.now, among=turn.settings.keys())
    return turn.take_up(here, queries.claim_due, _take_up_all)


def _take_up_all(scene: Scene, due: Sequence[Preference]) -> None:
    newsroom = Newsroom(scene)
    for row in due:
        _take_up(scene, newsroom, row)


def _take_up(scene: Scene, newsroom: Newsroom, row: Preference) -> None:
    due = {part: _is_due(scene, row, rhythm) for part, rhythm in _parts(row).items()}
    since = send_times.one_before(row.alerts, row.due_at or scene.now, zone=scene.settings.zone)
    preferences.schedule_next(scene, row)
    # Without pages there is no link to end it all, and then nothing comes.
    account = _address(scene, row) if scene.settings.public_url else None
    if account is None:
        return
    news = News()
    if due["alerts"]:
        newsroom.matches(row, news, since=since)
        preferences.mark_matches_told(scene, row)
    if due["digest"]:
        news.pool = newsroom.pool(row)
        newest = counters.value(scene.session, community_id=scene.community_id, name="post")
        row.last_post = newest
    if not (news.matched or news.pool):
        return
    letter = as_mail(scene, account, letters.letter(scene, news))
    link = urls.unsubscribe(scene.settings, row.unsubscribe)
    send(scene, letter.model_copy(update={"unsubscribe": link, "forget": True}))


def _parts(row: Preference) -> dict[str, str]:
    return {"alerts": row.alerts, "digest": row.digest}


def _is_due(scene: Scene, row: Preference, rhythm: str) -> bool:
    since = row.due_at or scene.now
    return send_times.is_due(rhythm, since=since, now=scene.now, zone=scene.settings.zone)


def _address(scene: Scene, row: Preference) -> str | None:
    """Where a member in good standing is written to."""
    member = scene.session.get_one(Member, (scene.community_id, row.member_id))
    if not member.active or role_of(scene, member) == "outsider":
        return None
    return next(iter(preferences.addresses(scene, member_id=row.member_id)), None)
