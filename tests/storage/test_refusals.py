"""Operators read why something is refused, and not the machine's English."""

import errno
import os
import socket
import ssl
from pathlib import Path

import pytest

from storage.refusals import os_error_reason

NO_TLS = "没有建立加密连接，请检查证书和端口"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "磁盘满了"),
        (PermissionError(errno.EACCES, "Permission denied"), "没有权限"),
        (ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused"), "端口上没有服务"),
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), "找不到这台主机"),
        (ssl.SSLCertVerificationError(1, "certificate verify failed"), NO_TLS),
        (ssl.SSLError(1, "wrong version number"), NO_TLS),
        (ssl.SSLEOFError(8, "EOF occurred in violation of protocol"), NO_TLS),
        (
            OSError("Multiple exceptions: [Errno 111] Connect call failed ('::1', 1), [Errno 111]"),
            "端口上没有服务",
        ),
        (OSError(errno.ETXTBSY, "Text file busy"), "Text file busy"),
        (OSError("not a number"), "not a number"),
        (OSError(), "OSError"),
    ],
)
def test_reasons(error: OSError, told: str) -> None:
    assert os_error_reason(error) == told


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OSError) as refused:  # noqa: PT011
        (tmp_path / "nowhere").read_text()
    assert os_error_reason(refused.value) == "没有这个文件或文件夹"
