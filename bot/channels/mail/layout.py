"""The layout of a letter: as plain text, and as an HTML page around the same words."""

import re
from html import escape

_URL = re.compile(r"https?://[^\s<>\"'（）《》「」，。；！？、]+")
_FOOT = "这封信由老友自动发出，请不要回复。"
_END = "不想再收到这类信："
_PAGE = """\
<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{subject}</title></head>
<body style="margin:0;padding:24px;background:#f6f5f2;color:#2b2b2b;\
font:16px/1.7 -apple-system,'PingFang SC','Microsoft YaHei',sans-serif">
<div style="max-width:560px;margin:0 auto;padding:28px 32px;background:#fff;border-radius:10px">
<p style="margin:0 0 16px;color:#8a8578;font-size:14px">{name}</p>
{body}
</div>
<p style="max-width:560px;margin:16px auto 0;padding:0 32px;color:#8a8578;font-size:13px">{foot}</p>
</body>
</html>
"""


def plain(text: str, *, unsubscribe: str = "") -> str:
    """The letter for programs that show no pages."""
    end = f"\n{_END}{unsubscribe}" if unsubscribe else ""
    return f"{text.strip()}\n\n-- \n{_FOOT}{end}\n"


def page(text: str, *, subject: str, name: str, unsubscribe: str = "") -> str:
    """The same as a page; nothing in it is loaded from anywhere."""
    parts = re.split(r"\n\s*\n", text.strip())
    body = "\n".join(f'<p style="margin:0 0 16px">{_lines(part)}</p>' for part in parts)
    end = f' {_END}<a style="color:inherit" href="{escape(unsubscribe)}">退订</a>'
    return _PAGE.format(
        subject=escape(subject),
        name=escape(name),
        body=body,
        foot=_FOOT + (end if unsubscribe else ""),
    )


def _lines(text: str) -> str:
    return "<br>\n".join(_linked(line) for line in text.split("\n"))


def _linked(line: str) -> str:
    done, end = [], 0
    for found in _URL.finditer(line):
        url = escape(found[0])
        done += [escape(line[end : found.start()]), f'<a href="{url}">{url}</a>']
        end = found.end()
    return "".join([*done, escape(line[end:])])
