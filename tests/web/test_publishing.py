"""Publishing on the pages: what is shown at once, and what brings a letter later."""

from datetime import timedelta

from community.due import Round
from community.lookback import ticking
from storage.tables import Account
from tests.web.world import HOME, World


def told_later(world: World, address: str) -> list[str]:
    """What the member is told of his posts, once a day has passed."""
    before = len(world.letters(address))
    world.clock.advance(timedelta(days=1))
    with world.database.begin() as session:
        door = world.door
        turn = Round(session, door.communities, door.analyser(), world.clock.now(), 10)
        while ticking.tick(turn):
            pass
    return [letter.text for letter in world.letters(address)[before:]]


def test_publishing_shows_what_fits(world: World) -> None:
    world.posts("小红", "亚马逊代运营，做过三年跨境电商", kind="offer")
    browser = world.signed_in("小明")
    browser.looks(f"{HOME}/new?text=跨境电商")
    assert ">\n跨境电商</textarea>" in browser.page
    page = browser.sends(f"{HOME}/new", kind="need", text="找亚马逊代运营，懂跨境电商")
    assert browser.path.startswith(f"{HOME}/posts/2")
    assert "合适的列在下面" in page
    assert "/posts/1" in page
    assert "因为" in page
    page = browser.sends(f"{HOME}/new", kind="need", text="找亚马逊代运营，懂跨境电商！")
    assert "和 #2 一样，已经替你顶上来" in page


def test_publishing_speaks_of_members_who_fit_as_the_page_does(world: World) -> None:
    world.signed_in("小红").describes(name="小红", skills="亚马逊代运营、跨境电商")
    browser = world.signed_in("小明")
    browser.looks(f"{HOME}/new")
    page = browser.sends(f"{HOME}/new", kind="need", text="找亚马逊代运营，懂跨境电商")
    assert "合适的列在下面" in page
    assert "暂时没有" not in page


def test_what_the_page_has_shown_brings_no_letter(world: World) -> None:
    world.signed_in("小红").describes(name="小红", skills="亚马逊代运营、跨境电商")
    browser = world.signed_in("小明")
    browser.looks(f"{HOME}/new")
    browser.sends(f"{HOME}/new", kind="need", text="找亚马逊代运营，懂跨境电商")
    assert told_later(world, "onebot:小明") == []
    browser.looks(f"{HOME}/posts/1/edit")
    page = browser.sends(f"{HOME}/posts/1/edit", text="找一位亚马逊代运营，懂跨境电商")
    assert "/members/1" in page
    world.signed_in("小红").describes(city="杭州")
    assert told_later(world, "onebot:小明") == []


def test_what_comes_up_later_brings_a_letter(world: World) -> None:
    browser = world.signed_in("小明")
    browser.looks(f"{HOME}/new")
    page = browser.sends(f"{HOME}/new", kind="need", text="找亚马逊代运营，懂跨境电商")
    assert "暂时没有合适的，以后有了我告诉你。" in page
    assert "以后有了我私下告诉你。" in page
    world.signed_in("小红").describes(name="小红", skills="亚马逊代运营、跨境电商")
    assert len(told_later(world, "onebot:小明")) == 1


def test_who_gets_no_letters_is_promised_none(world: World) -> None:
    quiet, lettered = world.signed_in("小明", muted=True), world.signed_in("小红", mail="h@x.cn")
    with world.scene() as scene:
        scene.session.delete(scene.session.get_one(Account, ("renren", "onebot:小红")))
    for browser in (quiet, lettered):
        browser.looks(f"{HOME}/new")
        page = browser.sends(f"{HOME}/new", kind="need", text="找亚马逊代运营，懂跨境电商")
        assert "告诉你" not in page
        assert page.count("以后有了会列在这里。") == 2


def test_the_author_hears_of_what_an_admin_has_read(world: World) -> None:
    world.signed_in("小明")
    world.signed_in("小红").describes(name="小红", skills="亚马逊代运营、跨境电商")
    world.posts("小明", "求一台咖啡机")
    admin = world.signed_in("小王", role="admin")
    admin.looks(f"{HOME}/posts/1/edit")
    admin.sends(f"{HOME}/posts/1/edit", text="找亚马逊代运营，懂跨境电商")
    assert len(told_later(world, "onebot:小明")) == 1


def test_what_is_refused_keeps_the_text(world: World) -> None:
    browser = world.signed_in("小明")
    for number in range(3):
        browser.looks(f"{HOME}/new")
        browser.sends(f"{HOME}/new", kind="need", text=f"求一台{'甲乙丙'[number]}型咖啡机")
    browser.looks(f"{HOME}/new")
    page = browser.sends(f"{HOME}/new", kind="offer", text="出<b>一张办公桌")
    assert browser.status == 422
    assert "今天已经发了 3 条（每人每天最多 3 条），这条没有保存。" in page
    assert "你的原文" not in page
    assert "出&lt;b&gt;一张办公桌" in page
    assert "先选一下" in browser.sends(f"{HOME}/new", text="求一台咖啡机")
    assert "还没写内容" in browser.sends(f"{HOME}/new", kind="need", text=" ")


def test_a_member_who_fits_is_named_with_the_reason(world: World) -> None:
    world.signed_in("小红").describes(title="会计师", skills="税务筹划、审计", company="税务筹划所")
    browser = world.signed_in("小明")
    browser.looks(f"{HOME}/new")
    page = browser.sends(f"{HOME}/new", kind="need", text="找一位会计师做税务筹划")
    assert "/members/1" in page
    assert "因为" in page
