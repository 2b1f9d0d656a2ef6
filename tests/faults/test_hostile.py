"""What people write is words, to whatever program they may look like commands."""

import csv
import io
from contextlib import closing
from itertools import cycle

import pytest
from markupsafe import escape
from openpyxl import load_workbook
from sqlmodel import col, select

from bot.incoming.processor import FAILURE_TEXT
from community.rules import Limits
from handlers.framework.discovery import discover
from matching import Analyser
from storage.database import Database
from storage.tables import Member, Post
from storage.tables.people import shown_as
from tests.conversations.chat import ADMIN, ADMIN_GROUP, Chat
from tests.conversations.vetting import applies
from tests.web.world import OWNER, Browser, World

TEXTS = {
    "search": '找 AND 会计* OR NEAR("a" b) -NOT',
    "sql": "'; DROP TABLE post; -- \" OR 1=1",
    "like": "100%_\\ 会计",
    "cq": "[CQ:at,qq=all][CQ:image,file=x]",
    "cq escaped": "&#91;CQ:at,qq=all&#93;&amp;",
    "template": "{{7*7}}{% raw %}${7*7}<%= 7 %>",
    "format": "{0.__class__}{name}%s%(a)n",
    "yaml": "!!python/object:os.system {a: &x *x}",
    "html": "<script>alert(1)</script>",
    "attribute": "\"' onmouseover='alert(1)",
    "entities": "&lt;b&gt;粗&lt;/b&gt;",
    "formula": '=HYPERLINK("http://x.example")',
    "calculation": "+1+cmd|' /C calc'!A0",
    "path": "../../etc/passwd",
    "everybody": "@全体成员 @all",
    "right to left": "会计\u202egnp.exe\u202c",
    "log": "会计 ERROR {} \\x1b[31m",
    "signs": "𠮷👨‍👩‍👧 会计",
}


MEMBERS_SAY = (
    "#找 {}", "#谁是 {}", "#订阅 {}", "#名片 公司 {}", "#举报 {}", "#搞定 1 {}",
    "#供 {}",
)  # fmt: skip
ADMINS_SAY = ("#移除 {}",)


def test_in_the_chat(database: Database, analyser: Analyser) -> None:
    with closing(Chat(database, analyser, limits=Limits(posts_per_day=0))) as chat:
        for number, hostile in enumerate(TEXTS.values(), 1):
            assert "已记下 #" in chat.says(hostile, f"#求 找第{number}位会计 {hostile}")
            assert set(chat.called) <= {"小红"}  # who offers something by now
            for command in (*MEMBERS_SAY, *ADMINS_SAY)[
                number % 3 :: 3
            ]:  # each with a third of them
                who = ADMIN if command in ADMINS_SAY else "小红"
                chat.says(who, command.format(hostile))
                assert FAILURE_TEXT not in [one.text for one in chat.sent], command.format(hostile)
            told = chat.says(hostile, "#我的数据", private=True)
            assert f"找第{number}位会计 {hostile}" in told
        with database.read() as session:
            kept = session.exec(select(Post.text).order_by(col(Post.id))).all()
            names = session.exec(select(Member.name)).all()
        wanted = [f"找第{n}位会计 {hostile}" for n, hostile in enumerate(TEXTS.values(), 1)]
        assert [one for one in kept if one.startswith("找第")] == wanted
        assert set(TEXTS.values()) <= set(names)


ABOUT = ("{}", "1 {}", "A1 {}", "@小红 {}", "R1 成立 {}", "@小红 第1条 {}", "M1 {}", "姓名 {}")


def test_behind_every_command(database: Database, analyser: Analyser) -> None:
    """In the group, in private, and among the admins."""
    texts, about = cycle(TEXTS.values()), cycle(ABOUT)
    with closing(Chat(database, analyser, limits=Limits(posts_per_day=0))) as chat:
        chat.sits("小明", "小红")
        chat.says("小明", "#求 找一位会计")
        applies(chat, "小张")
        for command in {id(one): one for one in discover().words.values()}.values():
            for who in ("小明", "小张", ADMIN):
                text = f"#{command.words[-1]} {next(about).format(next(texts))}"
                place = {"group": ADMIN_GROUP} if who == ADMIN else {"private": who == "小张"}
                chat.says(who, text, **place)
                assert FAILURE_TEXT not in [one.text for one in chat.sent], text
                assert set(chat.called) <= {"小明", "小红"}, text


LISTS = ("find", "me", "members", "office/posts", "office/members", "office/audit")
RAW = ("<script>alert", "' onmouseover='", "<b>粗")


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_on_the_pages_and_in_files(world: World) -> None:
    for number, hostile in enumerate(TEXTS.values(), 1):
        browser = world.signed_in(hostile, role="admin")
        text = f"找第{number}位会计 {hostile}"
        browser.looks("/c/renren/new")
        browser.sends("/c/renren/new", kind="need", text=text)
        browser.looks("/c/renren/me/profile")
        browser.sends("/c/renren/me/profile", name=hostile[:20], company=hostile[:20], bio=hostile)
        for page in (f"posts/{number}", "me/data"):
            html = browser.looks(f"/c/renren/{page}")
            assert str(escape(text)) in html, (hostile, page)
            assert not any(raw in html for raw in RAW), (hostile, page)
        browser.client.get("/c/renren/find", params={"q": hostile})
        data = browser.client.get("/c/renren/me/data.json").json()
        assert text in strings(data)
    browser = world.signed_in(OWNER)
    for page in LISTS:
        html = browser.looks(f"/c/renren/{page}")
        assert browser.status == 200
        assert not any(raw in html for raw in RAW), page
    assert world.faults == []
    exported(browser)


def strings(data: object) -> list[str]:
    """All that stands in it."""
    if isinstance(data, dict):
        return [one for value in data.values() for one in strings(value)]
    if isinstance(data, list):
        return [one for value in data for one in strings(value)]
    return [data] if isinstance(data, str) else []


def exported(browser: Browser) -> None:
    """The audit as files names who did it, and no program takes that for a formula."""
    browser.looks("/c/renren/office/audit")
    token = browser.page.split('X-CSRF-Token": "')[1].split('"')[0]
    files = {
        form: browser.client.post(
            "/c/renren/office/audit/export", data={"csrf": token, "form": form}
        ).content
        for form in ("csv", "xlsx")
    }
    lines = csv.reader(io.StringIO(files["csv"].decode("utf-8-sig")))
    told = {cell for line in lines for cell in line}
    sheet = load_workbook(io.BytesIO(files["xlsx"])).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in told)
    for kept in (told, {str(cell.value) for cell in cells}):
        shown = [shown_as(0, text, "") for text in TEXTS.values()]
        missing = [text for text in shown if not any(text[:15] in cell for cell in kept)]
        assert missing == []
