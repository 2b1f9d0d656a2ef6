"""Members and audit entries, filtered, on both databases."""

from datetime import UTC, datetime, timedelta

from storage.database import Database
from storage.queries import audit, communities
from storage.queries.pool import listing
from storage.tables import Account, Mark, Member, Membership

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def test_members_by_role_state_words_and_city(database: Database) -> None:
    with database.begin() as session:
        communities.ensure(session, community_id="a", name="A", groups=(), now=NOW)
        for number, (name, city) in enumerate(
            [("Anna", "北京"), ("Bob", "上海"), ("陈_晨", "上海"), ("丁", ""), ("无", "")], 1
        ):
            session.add(
                Member(community_id="a", id=number, name=name, city=city, created_at=NOW,
                       updated_at=NOW)
            )  # fmt: skip
        session.flush()
        session.add(Account(community_id="a", address="x:1", member_id=1))
        session.add(Membership(community_id="a", member_id=2, role="admin"))
        session.add(Membership(community_id="a", member_id=4, state="ended"))
        session.add(Membership(community_id="a", member_id=5, state="nobody"))
        session.add(Mark(community_id="a", kind="barred", digest="d", member_id=3, at=NOW))
    with database.read() as session:

        def ids(**filters: str) -> list[int]:
            wanted = listing.WantedMembers(owners={"x:1"}, **filters)
            rows = listing.members(session, community_id="a", wanted=wanted)
            assert listing.count_members(session, community_id="a", wanted=wanted) == len(rows)
            return [member.id for member, _ in rows]

        assert ids() == [4, 3, 2, 1]
        assert ids(words="aNN") == [1]
        assert ids(words="_") == [3]
        assert ids(city="上海") == [3, 2]
        assert ids(role="owner") == [1]
        assert ids(role="admin") == [2]
        assert ids(role="member") == []
        assert ids(state="active") == [2, 1]
        assert ids(state="barred") == [3]
        assert ids(state="ended") == [4]

        def page(**where: int) -> list[int]:
            wanted = listing.WantedMembers()
            rows = listing.members(session, community_id="a", wanted=wanted, limit=2, **where)
            return [member.id for member, _ in rows]

        assert (page(), page(before=4), page(before=2)) == ([4, 3], [3, 2], [1])
        assert (page(after=1), page(after=3), page(after=4)) == ([3, 2], [4], [])
        key = {"community_id": "a", "ids": [1, 2, 3]}
        assert listing.owners_among(session, owners={"x:1"}, **key) == {1}  # type: ignore[arg-type]
        assert listing.barred_among(session, **key) == {3}  # type: ignore[arg-type]


def test_audit_by_everything_and_page_by_page(database: Database) -> None:
    with database.begin() as session:
        communities.ensure(session, community_id="a", name="A", groups=(), now=NOW)
        for number in range(6):
            audit.add(
                session, community_id="a", at=NOW + timedelta(days=number // 2),
                verb="edit" if number % 2 else "post", subject="post", subject_id=number,
                actor_id=None if number == 5 else number % 3,
            )  # fmt: skip
    with database.read() as session:

        def ids(wanted: audit.Wanted, before: int | None = None, limit: int = 9) -> list[int]:
            rows = audit.latest(
                session, community_id="a", wanted=wanted, before=before, limit=limit
            )
            return [row.subject_id for row in rows]

        everything = audit.Wanted()
        assert ids(everything) == [5, 4, 3, 2, 1, 0]
        assert ids(everything, limit=2) == [5, 4]
        assert ids(everything, before=5, limit=2) == [3, 2]
        assert ids(audit.Wanted(actor_id=0)) == [3, 0]
        assert ids(audit.Wanted(by_nobody=True)) == [5]
        assert ids(audit.Wanted(by_nobody=True, but=("edit",))) == []
        assert ids(audit.Wanted(verbs=("post", "edit"), among=("edit",))) == [5, 3, 1]
        assert ids(audit.Wanted(verbs=("post",))) == [4, 2, 0]
        assert ids(audit.Wanted(subject="post", subject_id=3)) == [3]
        assert ids(audit.Wanted(subject="member")) == []
        day = timedelta(days=1)
        assert ids(audit.Wanted(since=NOW + day, until=NOW + 2 * day)) == [3, 2]
