"""What the operating system refuses, told in the operator's language."""

import errno
import re
import socket
import ssl
from os import strerror
from pathlib import Path

_REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "这是一个文件夹",
    errno.ENOTDIR: "路径中间有一段不是文件夹",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EROFS: "这里只能读，不能写",
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "磁盘配额用完了",
    errno.EIO: "磁盘出错",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.EADDRNOTAVAIL: "这台机器没有这个地址",
    errno.ECONNREFUSED: "端口上没有服务",
    errno.ECONNRESET: "对方断开了连接",
    errno.EHOSTUNREACH: "网络到不了那里",
    errno.ENETUNREACH: "网络到不了那里",
}
_NUMBER = re.compile(r"\[Errno (\d+)\]")


def os_error_reason(error: OSError) -> str:
    """What stands in the way, in a few words."""
    if isinstance(error, socket.gaierror):
        return "找不到这台主机"
    if isinstance(error, ssl.SSLError):  # its number is one of OpenSSL's
        return "没有建立加密连接，请检查证书和端口"
    number = error.errno
    if number is None and (told := _NUMBER.search(str(error))):
        number = int(told[1])  # asyncio's, when a name has several addresses and none answers
    if number is None:
        return str(error) or type(error).__name__
    return _REASONS.get(number) or error.strerror or strerror(number)


def may_exist(path: Path) -> bool:
    """Whether something is there, or nobody may look: then whoever opens it tells what is wrong.

    From Python 3.14 on ``Path.exists`` says no to both.
    """
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError:
        return True
    return True
