"""What the tests of `laoyou import members` have in common."""

from contextlib import closing

from openpyxl import Workbook
from sqlalchemy import and_
from sqlmodel import col, select

from storage.database import Database
from storage.tables import Account, Member

CSV = "姓名,QQ,公司\n张三,10001,拾光科技\n李四,10002,蓝桨科技\n"
BOTH = [("张三", "拾光科技", "onebot:10001"), ("李四", "蓝桨科技", "onebot:10002")]
DONE = "导入完成：新增 2 位，更新 0 位，不变 0 位。\n"


def members(url: str = "sqlite:///data/laoyou.db") -> list[tuple[str, str, str | None]]:
    """Name, company and first account of everybody."""
    with closing(Database(url)) as database, database.read() as session:
        held = and_(
            col(Account.community_id) == col(Member.community_id),
            col(Account.member_id) == col(Member.id),
        )
        statement = select(Member.name, Member.company, Account.address)
        rows = session.exec(statement.join(Account, held, isouter=True).order_by(col(Member.id)))
        return [(name, company, address) for name, company, address in rows]


def save(file: str, *rows: list[object], merged: tuple[str, ...] = ()) -> None:
    """A book of one sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    book.save(file)
