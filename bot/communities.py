"""Which community a conversation belongs to."""

from collections import Counter
from collections.abc import Iterable, Mapping

from sqlmodel import Session

from community.settings import Settings
from community.updates import FriendRequested, Update, actor_of
from matching import fold
from storage.queries import communities as queries


class Communities:
    """All communities of the configuration, by id and by group."""

    def __init__(self, all_settings: Iterable[Settings]) -> None:
        self.by_id: Mapping[str, Settings] = {one.id: one for one in _told_apart(all_settings)}
        self._by_group = {group: one for one in self.by_id.values() for group in groups_of(one)}
        self._folded = {one.id: name for one in self.by_id.values() if (name := fold(one.name))}

    def of_group(self, group: str) -> Settings | None:
        """The community that the group belongs to; None: the bot has nothing to do there."""
        return self._by_group.get(group)

    def first_configured(self, ids: Iterable[str]) -> Settings | None:
        """The first of these that is still configured."""
        return next((self.by_id[id_] for id_ in ids if id_ in self.by_id), None)

    def owned_by(self, account: str) -> list[str]:
        """Ids of those whose configuration names the account as one of their admins."""
        return [one.id for one in self.by_id.values() if account in one.admins]

    def commands_per_minute(self, group: str | None) -> int:
        """What one member may ask for in a minute, in a group or in private; 0: no limit."""
        here = None if group is None else self.of_group(group)
        asked = self.by_id.values() if here is None else (here,)
        limits = [one.limits.commands_per_minute for one in asked]
        return 0 if 0 in limits else max(limits, default=0)

    def of(self, session: Session, update: Update) -> Settings | None:
        """The community of an update; in private, the one where the person was active last.

        One that he has left is meant only if he is in no other.
        """
        if update.group is not None:
            return self.of_group(update.group)
        account = actor_of(update)
        if isinstance(update, FriendRequested):
            named = self.named_in(update.comment, account)
            if len(named) == 1:
                return named[0]
        known = queries.of_account(session, account=account)
        known = known or queries.with_seat(session, account=account)
        found = self.first_configured([*known, *self.owned_by(account)])
        # A stranger who wants to be a contact can mean only one.
        return (
            self.only_reachable_by(account)
            if found is None and isinstance(update, FriendRequested)
            else found
        )

    def reachable_by(self, account: str) -> list[Settings]:
        """The communities that somebody can mean: those with a group where he is, if any have."""
        prefix = account.partition(":")[0] + ":"
        near = [
            one
            for one in self.by_id.values()
            if any(group.startswith(prefix) for group in one.groups)
        ]
        return near or list(self.by_id.values())

    def only_reachable_by(self, account: str) -> Settings | None:
        """The one community that somebody can mean, where there is no more than one."""
        all_ = self.reachable_by(account)
        return all_[0] if len(all_) == 1 else None

    def named_at_start(self, text: str) -> list[Settings]:
        """Those whose names the text begins with, the longest name first."""
        said = fold(text)
        found = [self.by_id[id_] for id_, name in self._folded.items() if said.startswith(name)]
        return sorted(found, key=lambda one: len(one.name), reverse=True)

    def named_in(self, text: str, account: str) -> list[Settings]:
        """Those that somebody can mean and whose names the text has in it."""
        said = fold(text)
        found = {id_ for id_, name in self._folded.items() if name in said}
        return [one for one in self.reachable_by(account) if one.id in found]


def _told_apart(all_settings: Iterable[Settings]) -> Iterable[Settings]:
    """Each with those of its admins who have to be told which community speaks to them."""
    known = list(all_settings)
    led = Counter(account for one in known for account in one.admins)
    for one in known:
        more = frozenset(account for account in one.admins if led[account] > 1)
        yield one.model_copy(update={"leads_more": more}) if more else one


def groups_of(settings: Settings) -> tuple[str, ...]:
    """The community's groups, the admins' own among them."""
    extra = () if settings.admin_group is None else (settings.admin_group,)
    return tuple(dict.fromkeys((*settings.groups, *extra)))
