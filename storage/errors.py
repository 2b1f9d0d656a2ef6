"""What can be wrong with a database, told so that an operator can mend it."""

from sqlalchemy.exc import DBAPIError


class DatabaseError(Exception):
    """The database cannot be used; the text says why and what to do, in the operator's language."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


_SIGNS = (
    ("readonly", "数据库是只读的：请检查文件和所在文件夹的写权限"),
    ("unable to open", "打不开数据库文件：请检查文件夹是否存在、是否可写"),
    ("locked", "数据库被另一个程序锁住了：请关掉正在使用它的程序再试"),
    ("disk is full", "磁盘满了：请腾出空间再试"),
    ("not a database", "这个文件不是 SQLite 数据库：请检查 database 一项"),
    ("malformed", "数据库文件已损坏：请从备份恢复"),
    ("password", "数据库不接受这个用户名或密码：请检查 database 一项"),
    ("does not exist", "数据库或用户不存在：请先在 PostgreSQL 里建好"),
    ("connection", "连不上数据库：请检查它是否在运行、地址和端口是否正确"),
    ("could not translate host", "找不到数据库主机：请检查 database 一项里的地址"),
)


def explain(error: DBAPIError) -> DatabaseError:
    """The trouble behind an error of the driver, in one sentence."""
    said = str(error.orig).lower()
    for sign, text in _SIGNS:
        if sign in said:
            return DatabaseError(text)
    return DatabaseError(f"数据库出错：{type(error.orig).__name__}")
