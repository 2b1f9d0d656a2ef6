"""Which community a conversation belongs to."""

from collections.abc import Iterable, Mapping

from sqlmodel import Session

from community.settings import Settings
from community.updates import Update, who
from storage.queries import communities as queries


class Communities:
    """All communities of the configuration, by id and by group."""

    def __init__(self, all_settings: Iterable[Settings]) -> None:
        self.by_id: Mapping[str, Settings] = {one.id: one for one in all_settings}
        self._by_group = {group: one for one in self.by_id.values() for group in groups_of(one)}

    def of_group(self, group: str) -> Settings | None:
        """The community that the group belongs to; None: the bot has nothing to do there."""
        return self._by_group.get(group)

    def of(self, session: Session, update: Update) -> Settings | None:
        """The community of an update; in private, the one where the person was active last."""
        if update.group is not None:
            return self.of_group(update.group)
        account = who(update)
        known = queries.of_account(session, account=account)
        known = known or queries.with_seat(session, account=account)
        return next((self.by_id[id_] for id_ in known if id_ in self.by_id), None)


def groups_of(settings: Settings) -> tuple[str, ...]:
    """The community's groups, the admins' own among them."""
    extra = () if settings.admin_group is None else (settings.admin_group,)
    return tuple(dict.fromkeys((*settings.groups, *extra)))
