"""Finding, posts, people, word left for each other."""

import re
from datetime import timedelta
from typing import Any

import pytest

from community.members import privacy
from community.members.privacy import Privacy
from community.posts import closing, undoing
from storage.tables import Member, Post
from tests.web.world import HOME, OWNER, World

_SEEN = re.compile(r'name="seen" value="(\w+)"')


def chooses(world: World, member: Member, **chosen: Any) -> None:
    with world.scene() as scene:
        me = scene.session.get_one(Member, ("renren", member.id))
        privacy.choose(scene, member=me, chosen=Privacy(**chosen))


def test_finding_with_filters_page_by_page(world: World) -> None:
    browser = world.signed_in("小明")
    for number in range(12):
        world.posts(f"路人{number}", f"{'深圳' if number % 2 else '北京'}跨境电商选品{number}号")
    world.signed_in("小红").describes(title="跨境电商运营", city="深圳", company="某司")
    page = browser.looks(f"{HOME}/find?q=跨境电商")
    assert "12 条" in page
    assert "下一页" in page
    assert "小红" in page
    assert "上一页" in browser.looks(f"{HOME}/find?q=跨境电商&page=2")
    assert "6 条" in browser.looks(f"{HOME}/find?q=跨境电商&city=深圳市&kind=need")
    people = browser.looks(f"{HOME}/find?q=跨境电商&kind=member")
    assert "小红" in people
    assert "选品" not in people
    assert "在北京，不是深圳" in browser.looks(f"{HOME}/find?q=深圳跨境电商&page=2")


def test_a_list_that_has_become_shorter(world: World) -> None:
    browser = world.signed_in("小明")
    for number in range(11):
        world.posts(f"路人{number}", f"跨境电商选品{number}号")
    assert "page=2" in browser.looks(f"{HOME}/find?q=跨境电商")
    with world.scene() as scene:
        for number in (3, 4):
            post = scene.session.get_one(Post, ("renren", number))
            author = scene.session.get_one(Member, ("renren", post.author_id))
            closing.finish(scene, post=post, actor=author, helpers=[])
    page = browser.looks(f"{HOME}/find?q=跨境电商&page=2")
    assert "没找到" not in page
    assert "9 条" in page
    assert "上一页" not in page
    page = browser.looks(f"{HOME}/members?name=路人&page=2")
    assert "11 位" in page
    assert "上一页" not in page


def test_what_is_new_and_what_is_closed(world: World) -> None:
    browser = world.signed_in("小明")
    for number in range(11):
        world.posts(f"路人{number}", f"求购第{number}号咖啡机")
    with world.scene() as scene:
        post = scene.session.get_one(Post, ("renren", 11))
        author = scene.session.get_one(Member, ("renren", post.author_id))
        closing.finish(scene, post=post, actor=author, helpers=[])
    page = browser.looks(f"{HOME}/find")
    assert "#10<" in page
    assert "#11<" not in page
    assert "更早的" not in page
    page = browser.looks(f"{HOME}/find?closed=1")
    assert "#11<" in page
    assert "#1<" in browser.looks(f"{HOME}/find?closed=1&before=2")
    assert "没找到" in browser.looks(f"{HOME}/find?q=第10号咖啡机&kind=offer")
    assert "已办成" in browser.looks(f"{HOME}/find?q=咖啡机&closed=1")


@pytest.mark.parametrize("tail", ["?page=0", "?before=x", "?page=99999999999", "?q=%00", "?kind=x"])
def test_odd_addresses(world: World, tail: str) -> None:
    browser = world.signed_in("小明")
    browser.looks(f"{HOME}/find{tail}")
    assert browser.status in (200, 404)
    browser.looks(f"{HOME}/posts/99999999999999999999")
    assert browser.status == 404


def test_a_part_for_htmx_and_all_of_it_for_going_back(world: World) -> None:
    browser = world.signed_in("小明")
    headers = {"HX-Request": "true"}
    assert "<html" not in browser.client.get(f"{HOME}/find?q=咖啡机", headers=headers).text
    headers["HX-History-Restore-Request"] = "true"
    assert "<html" in browser.client.get(f"{HOME}/find?q=咖啡机", headers=headers).text


def test_the_author_changes_his_post_and_others_do_not(world: World) -> None:
    author, other = world.signed_in("小明"), world.signed_in("小红")
    number = world.posts("小明", "求一台咖啡机").id
    page = author.looks(f"{HOME}/posts/{number}")
    for name in ("办成了", "续期", "撤下", "撤回上一步"):
        assert name in page
    assert "刚发不久" in author.sends(f"{HOME}/posts/{number}/renew")
    page = other.looks(f"{HOME}/posts/{number}")
    assert "撤下" not in page
    assert "只有 ta 本人或管理员能改" in other.sends(f"{HOME}/posts/{number}/withdraw")
    other.looks(f"{HOME}/posts/{number}/edit")
    assert other.status == 403
    author.looks(f"{HOME}/posts/{number}/edit")
    assert "还没写内容" in author.sends(f"{HOME}/posts/{number}/edit", text="")
    assert "改好了" in author.sends(f"{HOME}/posts/{number}/edit", text="求一台磨豆机")
    assert "撤下了" in author.sends(f"{HOME}/posts/{number}/withdraw")
    other.looks(f"{HOME}/posts/{number}")
    assert other.status == 404
    assert "又放回来了" in author.sends(f"{HOME}/posts/{number}/undo")
    assert "作者 撤下" in other.looks(f"{HOME}/posts/{number}")
    boss = world.signed_in(OWNER)
    boss.looks(f"{HOME}/posts/{number}")
    assert f"{OWNER} 撤下" in boss.sends(f"{HOME}/posts/{number}/withdraw")


def test_to_take_back_the_last_step_is_offered_while_it_is_fresh(world: World) -> None:
    author = world.signed_in("小明")
    number = world.posts("小明", "求一台咖啡机").id
    world.clock.advance(undoing.FRESH)
    assert "撤回上一步" in author.looks(f"{HOME}/posts/{number}")
    world.clock.advance(timedelta(seconds=1))
    assert "撤回上一步" not in author.looks(f"{HOME}/posts/{number}")


def test_done_with_helpers_chosen_by_name(world: World) -> None:
    author = world.signed_in("小明")
    helper = world.member("小红", company="拾光")
    hidden = world.member("小红红")
    chooses(world, hidden, listed=False)
    number = world.posts("小明", "求一台咖啡机").id
    page = author.looks(f"{HOME}/posts/{number}/done?who=小红")
    assert f'value="{helper.id}"' in page
    assert f'value="{hidden.id}"' not in page
    page = author.looks(f"{HOME}/posts/{number}/done?helper={helper.id}&who=没有")
    assert f'value="{helper.id}" checked' in page
    page = author.sends(f"{HOME}/posts/{number}/done", who="小红", look="1")
    assert f'value="{helper.id}">' in page
    author.sends(f"{HOME}/posts/{number}/done", helper=str(helper.id))
    assert "多亏 小红" in author.page
    assert "多亏你" in world.letters("onebot:小红")[0].text
    assert "已办成" in author.sends(f"{HOME}/posts/{number}/done", helper=str(hidden.id))
    assert world.letters("onebot:小红红") == []


def test_what_was_changed_meanwhile_is_not_written_over_unseen(world: World) -> None:
    author = world.signed_in("小明")
    path = f"{HOME}/posts/{world.posts('小明', '求一台咖啡机').id}/edit"
    first = _SEEN.findall(author.looks(path))
    author.sends(path, text="求一台磨豆机", seen=first[0])
    page = author.sends(path, text="求一台榨汁机", seen=first[0])
    assert author.status == 422
    assert "现在是「求一台磨豆机」" in page
    assert "求一台榨汁机" in page
    author.sends(path, text="求一台榨汁机", seen=_SEEN.findall(page)[0])
    assert "改好了" in author.page


def test_numbers_in_an_address_tell_no_names(world: World) -> None:
    author = world.signed_in("小明")
    number = world.posts("小明", "找一位会计").id
    hidden, gone = world.member("藏起来的人"), world.member("走了的人")
    chooses(world, hidden, listed=False)
    with world.scene() as scene:
        scene.session.get_one(Member, ("renren", gone.id)).active = False
    page = author.looks(f"{HOME}/posts/{number}/done?helper={hidden.id}&helper={gone.id}")
    assert author.status == 200
    assert "的人" not in page


def test_the_directory_and_a_card(world: World) -> None:
    browser = world.signed_in("小明")
    hong = world.member("小红", company="拾光", city="深圳", industry="摄影", keywords=["密"])
    world.member("小刚", city="北京")
    world.posts("小红", "出租摄影棚", kind="offer")
    page = browser.looks(f"{HOME}/members?city=深圳")
    assert "小红" in page
    assert "小刚" not in page
    assert "没有这样的成员" in browser.looks(f"{HOME}/members?name=没有")
    page = browser.looks(f"{HOME}/members/{hong.id}")
    assert "拾光" in page
    assert "出租摄影棚" in page
    assert "密" not in page
    chooses(world, hong, shows_company=False, shows_contact=True, contact="微信 hong")
    page = browser.looks(f"{HOME}/members/{hong.id}")
    assert "拾光" not in page
    assert "微信 hong" in page
    chooses(world, hong, listed=False)
    assert "没有这样的成员" in browser.looks(f"{HOME}/members?name=小红")
    browser.looks(f"{HOME}/members/{hong.id}")
    assert browser.status == 404
    assert f"/members/{hong.id}" not in browser.looks(f"{HOME}/posts/1")


def test_word_is_left_and_answered(world: World) -> None:
    ming, hong = world.signed_in("小明"), world.signed_in("小红")
    world.posts("小红", "出租摄影棚", kind="offer")
    ming.looks(f"{HOME}/posts/1")
    assert "超出 1 字" in ming.sends(f"{HOME}/posts/1/word", text="字" * 301)
    assert "字" * 301 in ming.page
    assert "捎给 小红 了" in ming.sends(f"{HOME}/posts/1/word", text="周末能看棚吗？")
    [letter] = world.letters("onebot:小红")
    assert "#1「出租摄影棚」" in letter.text
    assert "周末能看棚吗？" in letter.text
    assert letter.forget
    path = letter.text.rpartition("http://127.0.0.1:8080")[2]
    assert "今天已经给 小红 捎过一句了" in ming.sends(f"{HOME}/posts/1/word", text="在吗")
    assert "给 小明 捎句话" in hong.looks(path)
    assert "捎给 小明 了" in hong.sends(f"{path}/word", text="可以")
    assert "可以" in world.letters("onebot:小明")[-1].text


def test_who_is_not_listed_and_wrote_can_be_answered(world: World) -> None:
    ming, hong = world.signed_in("小明"), world.member("小红", company="拾光")
    chooses(world, hong, listed=False)
    quiet = world.signed_in("小红")
    ming_id = world.member("小明").id
    quiet.looks(f"{HOME}/members/{ming_id}")
    quiet.sends(f"{HOME}/members/{ming_id}/word", text="你好")
    page = ming.looks(f"{HOME}/members/{hong.id}")
    assert "没有公开名片，但给你捎过话" in page
    assert "拾光" not in page


def test_another_community_is_another_world(world: World) -> None:
    world.posts("小红", "出租摄影棚", kind="offer")
    there = world.signed_in("小外", community="other")
    for path in ("posts/1", "members/2"):
        there.looks(f"/c/other/{path}")
        assert there.status == 404


def test_taking_back_twice_takes_back_once(world: World) -> None:
    world.posts("小明", "求一台投影仪")
    browser = world.signed_in("小明")
    browser.looks(f"{HOME}/posts/1")
    browser.sends(f"{HOME}/posts/1/withdraw")
    assert '<input type="hidden" name="state" value="withdrawn">' in browser.page
    for _ in range(2):
        browser.sends(f"{HOME}/posts/1/undo", state="withdrawn")
    assert "#1 刚刚变过，没有撤回。" in browser.page
    assert browser.status == 422
    assert "进行中" in browser.looks(f"{HOME}/posts/1")
