"""All tables. Importing this module makes ``Table.metadata`` complete."""

from storage.tables.anonymity import AnonymousAuthor, AnonymousDraft
from storage.tables.arrivals import Arrival
from storage.tables.base import Table, UtcDateTime
from storage.tables.chores import Chore
from storage.tables.events import Event, Registration, Strike
from storage.tables.introductions import Introduction
from storage.tables.learning import Fresh, Label, Lesson, Tip, Tuning
from storage.tables.membership import Code, Mark, Membership, Report
from storage.tables.people import Account, Community, Counter, Group, Member, Seat
from storage.tables.pool import Credit, Follow, Match, Mention, Post, Posting
from storage.tables.traffic import Audit, BotAccount, Inbox, Outbox
from storage.tables.vetting import Application, Voucher
from storage.tables.web import JoinForm, MailCode, Preference, Proof, SignIn

__all__ = [
    "Account",
    "AnonymousAuthor",
    "AnonymousDraft",
    "Application",
    "Arrival",
    "Audit",
    "BotAccount",
    "Chore",
    "Code",
    "Community",
    "Counter",
    "Credit",
    "Event",
    "Follow",
    "Fresh",
    "Group",
    "Inbox",
    "Introduction",
    "JoinForm",
    "Label",
    "Lesson",
    "MailCode",
    "Mark",
    "Match",
    "Member",
    "Membership",
    "Mention",
    "Outbox",
    "Post",
    "Posting",
    "Preference",
    "Proof",
    "Registration",
    "Report",
    "Seat",
    "SignIn",
    "Strike",
    "Table",
    "Tip",
    "Tuning",
    "UtcDateTime",
    "Voucher",
]
