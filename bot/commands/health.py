"""laoyou health: ask the bot that runs with this configuration whether all is well."""

from http.client import HTTPConnection, HTTPException

from bot.config import Config
from bot.errors import StartError
from storage.refusals import os_error_reason

TIMEOUT = 8.0  # seconds; what looks after a container gives up after ten
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}


def health(config: Config) -> int:
    """Print what its ``/healthz`` says; 0 when all is well. Raises StartError."""
    if not config.web.port:
        raise StartError("web.listen 的端口是 0，不知道老友用的是哪一个：请写明端口")
    status, told = _ask(config)
    if status == 200:
        print("老友运行正常。")
        return 0
    if status != 503:
        raise StartError(f"{config.web.listen} 上应答的不是老友")
    print(f"老友运行不正常：{told}")
    return 1


def _ask(config: Config) -> tuple[int, str]:
    host, listen = config.web.host, config.web.listen
    connection = HTTPConnection(_EVERYWHERE.get(host, host), config.web.port, timeout=TIMEOUT)
    try:
        connection.request("GET", "/healthz")
        answer = connection.getresponse()
        return answer.status, answer.read(100).decode(errors="replace").strip()
    except TimeoutError:
        raise StartError(f"{listen} 没有回应") from None
    except OSError as error:
        raise StartError(f"连不上 {listen}（{os_error_reason(error)}）") from None
    except HTTPException:
        raise StartError(f"{listen} 上应答的不是老友") from None
    finally:
        connection.close()
