"""Anonymous posts on the pages: under an alias, nobody's own, and not for colleagues."""

import pytest
from pydantic import SecretStr
from sqlmodel import select

from community.anonymity import posting
from community.members.people import get_or_create_member
from community.settings import AnonymousKey
from storage.tables import Member
from tests.web.conftest import NewWorld
from tests.web.world import HOME, World

KEY = AnonymousKey(secret=SecretStr("x" * 32))
TRACES = ("聊聊增长", "看新机会", "匿名·", '/posts/1"')
PAGES = (
    "/find", "/find?q=增长黑客", "/find?q=黑客&closed=1", "/find?kind=need", "/posts/1",
    "/posts/1/edit", "/posts/1/done", "/posts/2", "/posts/3", "/me", "/me/follows", "/me/data",
    "/members", "/members/1", "/members/2", "/members/3", "/members/4", "/office",
    "/office/posts", "/office/posts?q=增长", "/office/posts/1", "/office/members", "/office/queue",
    "/office/audit",
)  # fmt: skip


@pytest.fixture
def posted(new_world: NewWorld) -> World:
    """小明 of 腾讯 has posted #1, which fits #2 of 小红, who works there, too, and #3 of 李四."""
    world = new_world(anonymous=KEY)
    for name, company in (("小明", "腾讯"), ("小红", "腾讯云"), ("李四", "阿里")):
        world.member(name, company=company)
    with world.scene() as scene:
        person = get_or_create_member(scene, account="onebot:小明")
        posting.prepare(scene, person=person, kind="need", text="想聊聊增长黑客，看新机会")
        posting.publish(scene, person=person)
    world.posts("小红", "增长咨询，做过三个产品", kind="offer")
    world.posts("李四", "增长咨询，做过五个产品", kind="offer")
    return world


@pytest.mark.parametrize("role", ["member", "admin"])
def test_no_page_shows_it_to_a_colleague(posted: World, role: str) -> None:
    browser = posted.signed_in("小红", role=role)
    for path in PAGES:
        page = browser.looks(f"{HOME}{path}")
        assert [one for one in TRACES if one in page] == [], path
    assert browser.looks(f"{HOME}/posts/1")
    assert browser.status == 404


def test_others_read_it_under_the_alias(posted: World) -> None:
    browser = posted.signed_in("李四")
    page = browser.looks(f"{HOME}/posts/1")
    assert browser.status == 200
    assert "匿名·" in page
    assert "小明" not in page
    assert "捎不到话。想认识 ta，在下面写一句话问问。" in page
    assert browser.sends(f"{HOME}/posts/1/meet", words="想聊聊增长").count("已转达给 匿名·") == 1
    assert "匿名·" in browser.looks(f"{HOME}/find")
    with posted.database.read() as session:
        alias = next(one for one in session.exec(select(Member)) if "匿名" in one.name)
    assert f"/members/{alias.id}" not in page
    browser.looks(f"{HOME}/members/{alias.id}")
    assert browser.status == 404


def test_on_the_pages_it_is_not_its_authors_own(posted: World) -> None:
    browser = posted.signed_in("小明")
    assert "增长黑客" not in browser.looks(f"{HOME}/me")
    assert "撤下" not in browser.looks(f"{HOME}/posts/1")


def test_a_look_tells_nothing_of_the_author_and_he_answers_as_the_alias(posted: World) -> None:
    asker, author = posted.signed_in("李四"), posted.signed_in("小明")
    with posted.scene() as scene:
        get_or_create_member(scene, account="onebot:小明").muted = True
    assert "为什么想认识" in asker.looks(f"{HOME}/posts/1")
    page = asker.sends(f"{HOME}/posts/1/meet", words="想聊聊增长")
    assert "已转达给 匿名·" in page  # that he wants no calls would tell who he is
    assert "为什么想认识" in author.looks(f"{HOME}/posts/1")
    assert "李四 想认识你（#1" in author.looks(f"{HOME}/me/introductions")
    assert "小明" not in asker.looks(f"{HOME}/me/introductions")
    assert "I1 牵上线了" in author.sends(f"{HOME}/me/introductions/1/agree", contact="微信 abc123")
    page = asker.looks(f"{HOME}/me/introductions")
    assert "想认识 匿名·" in page
    assert "小明" not in page
