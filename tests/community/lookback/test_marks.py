"""Which members are held against open posts: those who say something else than before."""

from sqlmodel import select

from community.members import profiles
from community.members.people import get_or_create_member
from community.pool import indexing
from matching import Analyser
from storage.database import Database
from storage.tables import Fresh, Member
from tests.community.conftest import NewScene

ACCOUNT = "onebot:10001"


def marked(database: Database) -> list[int]:
    """Takes the marks off as well."""
    with database.begin() as session:
        rows = session.exec(select(Fresh)).all()
        for row in rows:
            session.delete(row)
        return [row.member_id for row in rows]


def fill_in(scene_in: NewScene, **values: str) -> None:
    with scene_in() as scene:
        profiles.update(scene, member=get_or_create_member(scene, account=ACCOUNT), values=values)


def index(database: Database, analyser: Analyser, *, version: str, **values: object) -> None:
    """The member was analysed by these rules when the index is brought up to date."""
    with database.begin() as session:
        member = session.get_one(Member, ("renren", 1))
        member.analysis_version = version
        for name, value in values.items():
            setattr(member, name, value)
    with database.begin() as session:
        assert indexing.refresh(session, analyser=analyser, limit=9) == 1


def test_a_profile_that_says_something_is_news_once(scene_in: NewScene, database: Database) -> None:
    fill_in(scene_in, skills="代理记账")
    assert marked(database) == [1]
    fill_in(scene_in, skills="代理记账")
    assert marked(database) == []
    fill_in(scene_in, skills="代理记账、报税")
    assert marked(database) == [1]


def test_a_profile_that_says_nothing_to_match_is_none(
    scene_in: NewScene, database: Database
) -> None:
    fill_in(scene_in, name="欧阳修文")
    assert marked(database) == []


def test_what_was_imported_or_read_off_a_card_is_news(
    scene_in: NewScene, database: Database, analyser: Analyser
) -> None:
    fill_in(scene_in, skills="代理记账")
    marked(database)
    index(database, analyser, version="", skills=["代理记账", "搬家"])
    assert marked(database) == [1]
    index(database, analyser, version="", group_nickname="张三-青禾财税-会计")
    assert marked(database) == [1]
    index(database, analyser, version="")
    assert marked(database) == []


def test_other_rules_are_no_news_about_a_member(
    scene_in: NewScene, database: Database, analyser: Analyser
) -> None:
    fill_in(scene_in, skills="代理记账")
    marked(database)
    index(database, analyser, version="0", analysis=None)
    assert marked(database) == []
