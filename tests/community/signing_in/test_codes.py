"""Mailed codes, and the browsers that they sign in."""

from datetime import timedelta

import pytest
from sqlmodel import select

from community.errors import UserError
from community.signing_in import codes, devices, mail
from community.signing_in.codes import Asker
from storage.tables import MailCode, Member, SignIn
from tests.community.conftest import NOW, NewScene
from tests.community.people import member

ADDRESS = "mail:a@example.com"
HE = Asker("his browser", "at home")


@pytest.mark.parametrize(
    ("typed", "account"),
    [
        ("a@example.com", "mail:a@example.com"),
        ("  A.B+c@Example.COM ", "mail:a.b+c@example.com"),
        ("zhangsan＠例子.example.cn", "mail:zhangsan@例子.example.cn"),
        ("张三@example.com", None),
        ("no-at.example.com", None),
        ("a@b", None),
        ("a b@example.com", None),
        ("a@example.com, b@example.com", None),
        ("a@example.com\nBcc: b@example.com", None),
        ("<a@example.com>", None),
        (f"{'a' * 65}@example.com", None),
        ("", None),
    ],
)
def test_what_is_an_address(typed: str, account: str | None) -> None:
    if account is None:
        with pytest.raises(UserError, match="邮箱地址写得不对"):
            mail.account_of(typed)
    else:
        assert mail.account_of(typed) == account


def test_a_right_code_serves_once(scene_in: NewScene) -> None:
    with scene_in() as scene:
        code = codes.issue(scene, address=ADDRESS, purpose="join", asker=HE)
        assert codes.check(scene, address=ADDRESS, purpose="sign_in", asker=HE, code=code) == "over"
        assert (
            codes.check(scene, address="mail:b@example.com", purpose="join", asker=HE, code=code)
            == "over"
        )
        assert (
            codes.check(scene, address=ADDRESS, purpose="join", asker=HE, code=f" {code} ")
            == "right"
        )
        assert codes.check(scene, address=ADDRESS, purpose="join", asker=HE, code=code) == "over"


@pytest.mark.parametrize("blank", [" ", "\u3000", "\n"])
def test_a_code_as_programs_copy_it_and_people_type_it(scene_in: NewScene, blank: str) -> None:
    with scene_in() as scene:
        code = codes.issue(scene, address=ADDRESS, purpose="join", asker=HE)
        wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code)
        typed = f" {wide[:3]}{blank}{code[3:]}{blank}"
        assert codes.check(scene, address=ADDRESS, purpose="join", asker=HE, code=typed) == "right"


def test_tries_are_counted_over_transactions(scene_in: NewScene) -> None:
    with scene_in() as scene:
        code = codes.issue(scene, address=ADDRESS, purpose="join", asker=HE)
    wrong = "000000" if code != "000000" else "000001"
    for answer in ("wrong", "wrong", "over"):
        with scene_in() as scene:
            assert (
                codes.check(scene, address=ADDRESS, purpose="join", asker=HE, code=wrong) == answer
            )
    with scene_in() as scene:
        assert codes.check(scene, address=ADDRESS, purpose="join", asker=HE, code=code) == "over"


def test_three_codes_in_three_hours(scene_in: NewScene) -> None:
    for _ in range(3):
        with scene_in() as scene:
            codes.issue(scene, address=ADDRESS, purpose="join", asker=HE)
    with scene_in(NOW + timedelta(hours=2, minutes=59)) as scene:
        with pytest.raises(UserError, match="请过 1 分钟再要"):
            codes.issue(scene, address=ADDRESS, purpose="join", asker=HE)
        codes.issue(scene, address=ADDRESS, purpose="sign_in", asker=HE)
    with scene_in(NOW + timedelta(hours=3)) as scene:
        codes.issue(scene, address=ADDRESS, purpose="join", asker=HE)


def test_what_others_ask_for_and_mistype_does_not_touch_the_code(scene_in: NewScene) -> None:
    with scene_in() as scene:
        code = codes.issue(scene, address=ADDRESS, purpose="join", asker=HE)
        for turn in range(3):
            other = Asker(f"browser {turn}", "elsewhere")
            codes.issue(scene, address=ADDRESS, purpose="join", asker=other)
            for _ in range(4):
                codes.check(scene, address=ADDRESS, purpose="join", asker=other, code="x")
        other = Asker("one more", "elsewhere")
        with pytest.raises(UserError, match="发得太多了，请过 3 小时再要"):
            codes.issue(scene, address=ADDRESS, purpose="join", asker=other)
        assert codes.check(scene, address=ADDRESS, purpose="join", asker=other, code=code) == "over"
        assert codes.check(scene, address=ADDRESS, purpose="join", asker=HE, code=code) == "right"
        codes.issue(scene, address=ADDRESS, purpose="join", asker=HE)


def test_a_browser_that_moves_to_and_fro_gets_no_more_codes(scene_in: NewScene) -> None:
    moved = Asker(HE.browser, "elsewhere")
    with scene_in() as scene:
        for asker in (HE, HE, moved):
            codes.issue(scene, address=ADDRESS, purpose="join", asker=asker)
        for asker in (HE, moved, Asker("another browser", "elsewhere")):
            with pytest.raises(UserError, match="发得太多了"):
                codes.issue(scene, address=ADDRESS, purpose="join", asker=asker)
        codes.issue(scene, address=ADDRESS, purpose="join", asker=Asker("a third", HE.place))


@pytest.mark.parametrize(
    ("purpose", "way"),
    [("sign_in", "请过 3 小时再要。在聊天里私聊机器人发 #登录 也能进。"), ("join", "再要。")],
)
def test_nine_letters_to_one_address_whoever_asks(
    scene_in: NewScene, purpose: codes.Purpose, way: str
) -> None:
    with scene_in() as scene:
        for turn in range(9):
            asker = Asker(f"browser {turn}", f"place {turn // 3}")
            codes.issue(scene, address=ADDRESS, purpose=purpose, asker=asker)
        with pytest.raises(UserError, match=f"有人一直在要这个邮箱的验证码.*{way}$"):
            codes.issue(scene, address=ADDRESS, purpose=purpose, asker=HE)
        codes.issue(scene, address="mail:b@example.com", purpose=purpose, asker=HE)
    with scene_in(NOW + timedelta(hours=3)) as scene:
        codes.issue(scene, address=ADDRESS, purpose=purpose, asker=HE)


def test_neither_address_nor_asker_nor_code_is_stored(scene_in: NewScene) -> None:
    with scene_in() as scene:
        code = codes.issue(scene, address=ADDRESS, purpose="join", asker=HE)
        (row,) = scene.session.exec(select(MailCode))
        kept = " ".join(str(value) for value in row.model_dump().values())
    assert not any(word in kept for word in ("example", "browser", "home"))
    assert code not in kept


def test_a_browser_is_forgotten_when_it_is_not_used(scene_in: NewScene) -> None:
    with scene_in() as scene:
        token = devices.start(scene, member=member(scene, "小明"), device="微信")
    late = NOW + devices.IDLE - timedelta(hours=1)
    with scene_in(late) as scene:
        row = devices.find(scene, token=token)
        assert row is not None
        assert devices.is_stale(scene, row)
        devices.touch(scene, row)
    with scene_in(late + devices.IDLE - timedelta(hours=1)) as scene:
        assert devices.find(scene, token=token) is not None
    with scene_in(late + devices.IDLE) as scene:
        assert devices.find(scene, token=token) is None


def test_each_sees_and_ends_his_own_browsers_only(scene_in: NewScene) -> None:
    with scene_in() as scene:
        ming, hong = member(scene, "小明"), member(scene, "小红")
        for device in ("微信", "Chrome"):
            devices.start(scene, member=ming, device=device)
        devices.start(scene, member=hong, device="QQ")
        (row,) = devices.of(scene, member=hong)
        assert not devices.end(scene, member=ming, digest=row.digest)
        assert {one.device for one in devices.of(scene, member=ming)} == {"微信", "Chrome"}
        assert devices.end_all(scene, member=ming) == 2
        assert devices.of(scene, member=ming) == []
        assert len(devices.of(scene, member=hong)) == 1


def test_at_most_twenty_browsers(scene_in: NewScene) -> None:
    tokens = []
    for turn in range(devices.MOST + 1):
        with scene_in(NOW + timedelta(minutes=turn)) as scene:
            tokens.append(devices.start(scene, member=member(scene, "小明"), device=str(turn)))
    with scene_in(NOW + timedelta(hours=1)) as scene:
        assert devices.find(scene, token=tokens[0]) is None
        assert devices.find(scene, token=tokens[1]) is not None


def test_who_goes_takes_his_sign_ins_along(scene_in: NewScene) -> None:
    with scene_in() as scene:
        token = devices.start(scene, member=member(scene, "小明"), device="微信")
        scene.session.delete(scene.session.get_one(Member, ("renren", 1)))
        scene.session.flush()
        scene.session.expire_all()
        assert devices.find(scene, token=token) is None
        assert list(scene.session.exec(select(SignIn))) == []
