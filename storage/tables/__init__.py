"""All tables. Importing this module makes ``Table.metadata`` complete."""

from storage.tables.base import Table, UtcDateTime
from storage.tables.people import Account, Community, Counter, Group, Member, Seat
from storage.tables.pool import Credit, Follow, Match, Mention, Post, Posting
from storage.tables.traffic import Audit, Inbox, Outbox

__all__ = [
    "Account",
    "Audit",
    "Community",
    "Counter",
    "Credit",
    "Follow",
    "Group",
    "Inbox",
    "Match",
    "Member",
    "Mention",
    "Outbox",
    "Post",
    "Posting",
    "Seat",
    "Table",
    "UtcDateTime",
]
