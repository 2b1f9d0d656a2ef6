"""The audit in words, filtered, and as files."""

import csv
import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from community.membership import erasure
from community.membership.erasure import Choice
from community.office import auditing
from tests.web.office.newcomers import applies
from tests.web.world import OWNER, Browser, World

AUDIT = "/c/renren/office/audit"


def busy(world: World) -> Browser:
    """Some things happen."""
    world.posts("小明", "找一位设计师")
    applies(world, "张三")
    browser = world.signed_in(OWNER)
    browser.looks("/c/renren/office/queue")
    browser.sends("/c/renren/office/queue/1/approve")
    return browser


def test_in_words(world: World) -> None:
    browser = busy(world)
    page = browser.looks(AUDIT)
    assert "通过了" in page
    assert "小明（M1）" in page
    assert "网页" in page
    assert "onebot:" not in page


def test_filters(world: World) -> None:
    browser = busy(world)
    rows = "<tr><td"
    assert browser.looks(f"{AUDIT}?who=小明").count(rows) == 1
    assert browser.looks(f"{AUDIT}?who=M1").count(rows) == 1
    assert browser.looks(f"{AUDIT}?who=机器人").count(rows) == 0
    assert "<td>申请人</td>" in browser.looks(f"{AUDIT}?who=申请人")
    assert browser.page.count(rows) == 1
    assert browser.looks(f"{AUDIT}?who=申请人&what=application.approve").count(rows) == 0
    assert "申请人 提交了申请" in browser.looks("/c/renren/office/queue/1")
    assert browser.looks(f"{AUDIT}?what=application").count(rows) == 2
    assert browser.looks(f"{AUDIT}?what=application.approve").count(rows) == 1
    assert browser.looks(f"{AUDIT}?thing=A1").count(rows) == 2
    assert browser.looks(f"{AUDIT}?thing=%231").count(rows) == 1
    assert "没有这样的记录" in browser.looks(f"{AUDIT}?until=2020-01-01")
    assert "没找到叫「没有」" in browser.looks(f"{AUDIT}?who=没有")
    assert browser.status == 422
    for day in ("since=昨天", "since=0001-01-01", "until=9999-12-31"):
        assert "日期写成" in browser.looks(f"{AUDIT}?{day}")
    assert "不是一类东西" in browser.looks(f"{AUDIT}?what=post&thing=A1")


def test_days_are_those_of_the_community(world: World) -> None:
    world.posts("小明", "找一位设计师")  # 12:00 in Shanghai, on March 2nd
    world.clock.advance(timedelta(hours=13))  # the 3rd there, the 2nd in UTC
    world.posts("小明", "想租一间办公室")
    browser = world.signed_in(OWNER)
    found = browser.looks(f"{AUDIT}?what=post&since=2026-03-03")
    assert "#2" in found
    assert "<td>#1</td>" not in found
    found = browser.looks(f"{AUDIT}?what=post&until=2026-03-02")
    assert "<td>#1</td>" in found
    assert "<td>#2</td>" not in found


def test_files_that_programs_open_and_take_for_text(world: World) -> None:
    evil = world.member('=HYPERLINK("http://evil.example")')
    world.member("坏\x0b\ufffe\uffff字")
    for one in (evil.id, evil.id + 1):
        browser = world.signed_in(OWNER)
        browser.looks(f"/c/renren/office/members/{one}")
        browser.sends(f"/c/renren/office/members/{one}/role", role="operator")
    browser.looks(AUDIT)
    fields = {"csrf": browser.page.split('X-CSRF-Token": "')[1].split('"')[0], "what": "member"}
    answer = browser.client.post(f"{AUDIT}/export", data={**fields, "form": "csv"})
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.headers["content-disposition"].endswith('-audit-20260302.csv"')
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert lines[0][:4] == ["编号", "时间", "谁", "做了什么"]
    told = [line[4] for line in lines if line[3] == "改了角色"]
    assert told[1].startswith("'=HYPERLINK")
    answer = browser.client.post(f"{AUDIT}/export", data={**fields, "form": "xlsx"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert any(str(cell.value).startswith("'=HYPERLINK") for cell in cells)
    assert any(str(cell.value).startswith("坏字") for cell in cells)
    assert "导出了记录" in browser.looks(AUDIT)


@pytest.mark.parametrize(
    ("choice", "told"), [("anonymous", "帖子匿名留下"), ("removed", "帖子也删了")]
)
def test_what_became_of_the_posts_of_who_is_gone(world: World, choice: Choice, told: str) -> None:
    member = world.member("小明")
    world.posts("小明", "想找会计")
    with world.scene() as scene:
        erasure.erase(scene, member=scene.session.merge(member), choice=choice)
    found = world.signed_in(OWNER).looks(AUDIT)
    assert told in found
    assert f"撤下 {choice}" not in found


def test_page_after_page_and_in_batches(world: World) -> None:
    browser = world.signed_in(OWNER)
    owner = world.member(OWNER)
    with world.scene() as scene:
        for _ in range(60):
            auditing.note_export(scene, actor=owner)
    first = browser.looks(AUDIT)
    assert first.count("<tr><td") == 50
    onward = first.split("before=")[1].split('"')[0]
    assert browser.looks(f"{AUDIT}?before={onward}").count("<tr><td") == 11


def test_only_admins(world: World) -> None:
    operator = world.signed_in("小运", role="operator")
    operator.looks(AUDIT)
    assert operator.status == 403
