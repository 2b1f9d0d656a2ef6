"""What can be wrong with a mail server, in words that an operator can act upon."""

import socket
import ssl

import aiosmtplib

from bot.channels.mail.server import Server

_WHICH_SCHEME = "465 端口写 smtps://，其他端口写 smtp://"


class MailError(Exception):
    """The server takes no letters now. ``lasting``: not before the operator does something."""

    def __init__(self, text: str, fix: str, *, lasting: bool = False) -> None:
        super().__init__(text)
        self.text = text
        self.fix = fix
        self.lasting = lasting


def explain(server: Server, error: Exception) -> MailError:
    """The trouble behind an error that came before the letter was handed over."""
    where = server.shown
    causes = _causes(error)
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return MailError(
                f"{where} 的证书不对（{cause.verify_message}），没有交出密码和信件",
                "检查 mail.url 的主机名是否与证书一致；自签的证书用环境变量 SSL_CERT_FILE 指明",
                lasting=True,
            )
        if isinstance(cause, ssl.SSLError):
            return MailError(f"与 {where} 无法加密连接", _WHICH_SCHEME, lasting=True)
        if isinstance(cause, socket.gaierror):
            return MailError(f"找不到服务器 {server.host}", "检查 mail.url 的主机名和网络")
    found = _by_kind(where, error)
    if server.waits_for_tls and isinstance(error, OSError):  # silence, until one side gives up
        found.fix = _WHICH_SCHEME
    return found


def _by_kind(where: str, error: Exception) -> MailError:
    match error:
        case aiosmtplib.SMTPAuthenticationError():
            fix = "检查 mail.url 里的用户名和密码（很多邮箱要用授权码，特殊符号要写成 %XX）"
            return MailError(f"{where} 不接受用户名和密码（{error.code}）", fix, lasting=True)
        case aiosmtplib.SMTPResponseException():
            fix = "过一会儿再试；一直这样就看看服务器的日志"
            return MailError(f"{where} 现在不收信（{error.code}）", fix)
        case TimeoutError():
            return MailError(f"{where} 没有回应", "检查地址、端口和防火墙")
        case ConnectionError() | OSError():
            return MailError(f"连不上 {where}", "检查邮件服务器是否在运行，地址和端口是否正确")
    text = f"{where} 不支持加密（STARTTLS）或登录"
    return MailError(text, "465 端口写 smtps://；密码不会不加密就交出去", lasting=True)


def _causes(error: BaseException) -> list[BaseException]:
    causes = [error]
    while (deeper := causes[-1].__cause__ or causes[-1].__context__) is not None:
        causes.append(deeper)
    return causes
