"""All posts in the back office."""

from datetime import timedelta

from storage.tables import Post
from tests.web.world import OWNER, World

POSTS = "/c/renren/office/posts"


def filled(world: World) -> None:
    world.posts("小明", "找一位懂日语的设计师")
    world.posts("小红", "转让 100% 新的办公桌", kind="offer")
    world.posts("小明", "想租一间带窗的办公室")
    world.posts("别家", "别家的帖子", community="other")


def test_nothing_is_left_behind_a_post(world: World) -> None:
    world.posts("小明", "求一台投影仪")
    page = world.signed_in(OWNER).looks(f"{POSTS}?before=1")
    assert "投影仪" in page
    assert "回到最近的" not in page


def test_filters(world: World) -> None:
    filled(world)
    browser = world.signed_in(OWNER)
    everything = browser.looks(POSTS)
    assert "别家的" not in everything
    assert everything.index("带窗的办公室") < everything.index("设计师")
    assert "设计师" not in browser.looks(f"{POSTS}?kind=offer")
    assert "没有这样的帖子" in browser.looks(f"{POSTS}?state=done")
    assert "办公桌" not in browser.looks(f"{POSTS}?author=小明")
    found = browser.looks(f"{POSTS}?q=0%25")
    assert "办公桌" in found
    assert "设计师" not in found
    browser.looks(f"{POSTS}?author=没有")
    assert browser.status == 422


def test_page_after_page(world: World) -> None:
    member = world.member("小明")
    with world.scene() as scene:
        for number in range(1, 53):
            at = scene.now + timedelta(minutes=number // 3)
            scene.session.add(
                Post(community_id="renren", id=number, kind="need", author_id=member.id,
                     text=f"第{number}条", title=f"第{number}条", fingerprint=str(number),
                     created_at=at, updated_at=at, expires_at=at)
            )  # fmt: skip
    browser = world.signed_in(OWNER)
    first = browser.looks(POSTS)
    assert "第3条" in first
    assert "第2条" not in first
    second = browser.looks(f"{POSTS}?before=3")
    assert "第2条" in second
    assert "第3条" not in second


def test_other_words_and_taking_down(world: World) -> None:
    filled(world)
    browser = world.signed_in(OWNER)
    browser.looks(f"{POSTS}/1")
    assert "内容没有变" in browser.sends(f"{POSTS}/1/edit", text="找一位懂日语的设计师")
    page = browser.sends(f"{POSTS}/1/edit", text="字" * 5000)
    assert browser.status == 422
    assert page.count("字" * 5000) == 1
    page = browser.sends(f"{POSTS}/1/edit", text="找一位懂日语的插画师")
    assert "#1 改好了" in page
    assert "懂日语的插画师" in page
    assert world.letters("onebot:小明")[-1].text.startswith("管理员 管理员 改了你的 #1")
    page = browser.sends(f"{POSTS}/1/withdraw")
    assert "已撤下" in page
    assert "撤下了" in page
    browser.sends(f"{POSTS}/1/withdraw")
    assert browser.status == 422
    browser.looks(f"{POSTS}/99")
    assert browser.status == 404


def test_only_admins(world: World) -> None:
    filled(world)
    operator = world.signed_in("小运", role="operator")
    operator.looks(POSTS)
    assert operator.status == 403
    operator.looks("/c/renren/find")
    operator.sends(f"{POSTS}/1/withdraw")
    assert operator.status == 403
