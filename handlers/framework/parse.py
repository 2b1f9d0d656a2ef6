"""Telling a command from chatter: pure, and done with chatter after a look at its first sign."""

import re
from itertools import islice

from community.courtesy import THANKS
from community.covenant import NUMBER
from community.updates import Message
from handlers.framework.discovery import Features
from handlers.framework.feature import Call, Command
from handlers.framework.lasting import without_time
from matching import fold

_UNSEEN = "\xad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"  # copied along, never typed
_BLANK = " \t\r\n\v\f\x85\xa0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"
_NOTHING = _BLANK + _UNSEEN
_OPENERS = frozenset("#＃﹟【[［@＠「" + _NOTHING)

_HASH = r"[#＃﹟]"
_SIGN = re.compile(rf"{_HASH}|[【\[［]")
_TAG = re.compile(rf"{_HASH}(?:[^\S\n]|[{_UNSEEN}])*(\w+)")
_BRACKETS = re.compile(rf"[【\[［]\s*{_HASH}?\s*(\w{{1,12}})\s*[】\]］]")
# A name may hold blanks when the wide blank of WeChat ends it.
_CALLED = re.compile(r"[@＠](?:[^\u2005\n@＠#＃]{1,40}\u2005|\S{1,40}(?=\s))\s*")
_MOST_NAMES = 10
_CORNER = re.compile(r"[「」]")
_AFTER_QUOTE = re.compile(r"[^\S\n]*\n(?:[-—–─_= \t]*\n)?\s*")
_SEPARATORS = re.compile(r"(?:[\s：:，,、。；;！!|｜·~～—–]|-(?!\d))*")
_JOINED = re.compile(r"[-'’./\\&+@][A-Za-z0-9]")
_SECOND = re.compile(_HASH)
_NUMBER = re.compile(rf"{_HASH}[AaＡａIiＩｉ]?\d{{1,9}}(?!\w)")  # #搞定#12, #通过#A12, #愿意#I3
# #通过A12, #愿意I3, #搞定第3条, #搞定12谢谢李四
_ATTACHED = re.compile(
    rf"(.+?)(?:[AaＡａIiＩｉ]?\d{{1,9}}|\d{{1,9}}号|第(?:\d{{1,9}}|{NUMBER})[条号])((?:{'|'.join(THANKS)})\w*)?"
)
# #解除M12, #处理R3成立, #补充A5哪个部门？; A4 and R5 are things, too.
_NAMED = re.compile(r"(\w{1,10}?)(?:[AaＡａ]\d{1,9}(\D.*)?|[MmＭｍRrＲｒ]\d{1,9}(?:不?成立|驳回)?)")
_EVENT = re.compile(rf"{_HASH}?[EeＥｅ]\d{{1,9}}(?!\w)")  # #报名E3, #报名#E3
_OF_EVENT = re.compile(r"(\w{1,10}?)[EeＥｅ]\d{1,9}")
_BEHIND = re.compile(rf"[\s：:，,]*{_HASH}?第?\d{{1,9}}[条号]?(?!\w)")
_LATIN = re.compile(r"([A-Za-zＡ-Ｚａ-ｚ]+)(?=[\u3400-\u9fff])")
_GLUED_LENGTH = 6
_LONGEST_WORD = 40  # characters; no known word is as long
# Where the tag of a second post may begin: with the body, a line, or a word.
_GAP = re.compile(rf"(?:^|[{_NOTHING}，,。；;！!]+)(?=[#＃﹟【\[［])")
_MOST_TAGS = 20
_WISH_LENGTH = 4  # "不要说 #offer 那种" offers nothing
# A second hash closes a topic where it ends a word; those of "C#", "3#" and "#北京" do not.
_TOPIC = re.compile(rf"[^#＃\n]{{0,20}}(?:[\u3400-\u9fff]|[A-Za-z]{{2}}){_HASH}(?!\w)")
_ORDER = re.compile(r"\s*(\w{1,10})[\s：:，,]+(\S.*)", re.DOTALL)
_ANSWER = re.compile(
    rf"\s*([^\W\d]+?|[+＋]1)[^\S\n]*({_HASH}?\d{{1,9}})?[\s。.！!~～，,]*((?:[@＠][^\s@＠]+\s*)*"
    rf"(?:(?:{'|'.join(THANKS)})[^\n]{{0,30}})?)"
)
_POLITE = re.compile(rf"(?:{'|'.join(THANKS)})\w{{0,4}}\W*$")
_ENDING = re.compile(r"(.+?)(?:了|啦|吧|一下|掉|下)+")  # 搞定了, 续一下, 撤掉吧


def parse(message: Message, features: Features) -> Call | None:
    """The command that the message is, or None: then the bot says nothing."""
    text = message.text
    if text[:1] in _OPENERS and (call := _command(opening(text), features)):
        return call
    if message.to_bot and message.quoted is not None:
        return _answer(text, features)
    return None


def may_command(text: str, features: Features, *, quoting: bool) -> bool:
    """Whether a message may be a command, by its text alone: no sign in it, no command.

    A bare word is one only as an answer to the bot, and that only where something is quoted.
    """
    return _SIGN.search(text) is not None or (quoting and _answer(text, features) is not None)


def tag_without_blank(text: str, features: Features) -> str | None:
    """The known word of a tag that runs straight into what follows, as in #求找会计."""
    tag = _TAG.match(opening(text))
    run = tag[1][:_LONGEST_WORD] if tag else ""
    for end in range(len(run) - 1, 0, -1):
        command = features.words.get(fold(run[:end]))
        parted = not (run[end - 1].isascii() and run[end].isascii())
        if command and parted and not command.feature.admin:
            return run[:end]
    return None


def unquoted(text: str, features: Features) -> Call | None:
    """The command that a text would be as an answer to the bot."""
    answer = _answer(text, features, ended=False)
    return None if answer is None or answer.command.feature.admin else answer


def opening(text: str) -> str:
    """The text from where its author begins: after typed quotes and the names called."""
    text = text.lstrip(_NOTHING)
    for _ in range(_MOST_NAMES):
        called = _CALLED.match(text)
        start = called.end() if called else _end_of_quote(text) if text[:1] == "「" else 0
        if start == 0:
            break
        text = text[start:].lstrip(_NOTHING)
    return text


def _end_of_quote(text: str) -> int:
    """Where the lines under a quote 「…」 begin; 0 when the text opens with something else."""
    depth = 0
    for corner in _CORNER.finditer(text):
        depth += 1 if corner[0] == "「" else -1
        if depth == 0:
            rest = _AFTER_QUOTE.match(text, corner.end())
            return rest.end() if rest else 0
    return 0


def _command(text: str, features: Features) -> Call | None:
    found = _tagged(text, features) or _bracketed(text, features)
    if found is None:
        return None
    command, word, end = found
    body = text[end:]
    body = body[_separators(body) :].rstrip(_NOTHING)
    return Call(command, word, body, mixed=command.posts and _mixed(command, body, features))


def _separators(body: str) -> int:
    found = _SEPARATORS.match(body)
    return found.end() if found else 0


def _tagged(text: str, features: Features) -> tuple[Command, str, int] | None:
    """The command of a tag that opens the text, its word, and where it ends."""
    tag = _TAG.match(text)
    if tag is None:
        return None
    word = fold(tag[1])
    command = features.words.get(word)
    if command is None:
        return (
            _glued(text, tag, features)
            or _attached(text, tag, features)
            or _of_admins(tag, features)
            or _of_event(tag, features)
            or _ended(text, tag, features)
        )
    end = tag.end()
    if not command.posts and _NUMBER.match(text, end):
        return command, word, end
    if command.number == "event" and _EVENT.match(text, end):
        return command, word, end
    if any(pattern.match(text, end) for pattern in (_SECOND, _JOINED, _TOPIC)):
        return None
    return command, word, end


def _glued(text: str, tag: re.Match[str], features: Features) -> tuple[Command, str, int] | None:
    """An English tag that runs straight into Chinese text, long enough to be meant."""
    latin = _LATIN.match(text, tag.start(1))
    if latin is None:
        return None
    word = fold(latin[1])
    command = features.words.get(word)
    if command is None or not command.posts:
        return None
    line = text[latin.end() :].partition("\n")[0]
    long_enough = sum(sign.isalnum() for sign in line) >= _GLUED_LENGTH
    return (command, word, latin.end()) if long_enough and not _SECOND.search(line) else None


def _attached(text: str, tag: re.Match[str], features: Features) -> tuple[Command, str, int] | None:
    """A word that runs straight into the number: #通过A12, #搞定12 @李四.

    Members write years into topics, so what follows must not read like one. It may be a time
    as well: #续7天.
    """
    untimed = without_time(tag[1])
    command = features.words.get(fold(untimed))
    if command is not None and command.lasting and names_only(text[tag.end() :]):
        return command, fold(untimed), tag.start(1) + len(untimed)
    found = _ATTACHED.fullmatch(tag[1])
    word = fold(found[1]) if found else ""
    command = features.words.get(word)
    if found is None or command is None:
        return None
    rest = _before_next(text[tag.end() :], features)
    rest = without_time(rest) if command.lasting else rest
    meant = (command.number == "before text" and not found[2]) or (
        command.number == "alone" and names_only((found[2] or "") + rest)
    )
    return (command, word, tag.start(1) + found.end(1)) if meant or command.feature.admin else None


def _of_admins(tag: re.Match[str], features: Features) -> tuple[Command, str, int] | None:
    """An admin's word that runs into what it is about; what applicants read, too, behind A12."""
    named = _NAMED.fullmatch(tag[1])
    word = fold(named[1]) if named else ""
    command = features.words.get(word)
    if named is None or command is None or not command.feature.admin:
        return None
    if named[2] and not (command.prose and command.answers):
        return None
    return command, word, tag.start(1) + named.end(1)


def _of_event(tag: re.Match[str], features: Features) -> tuple[Command, str, int] | None:
    """A word that runs into the number of an event."""
    named = _OF_EVENT.fullmatch(tag[1])
    word = fold(named[1]) if named else ""
    command = features.words.get(word)
    if named is None or command is None or command.number != "event":
        return None
    return command, word, tag.start(1) + named.end(1)


def _ended(text: str, tag: re.Match[str], features: Features) -> tuple[Command, str, int] | None:
    """#搞定了 12: only with a number and no more, for #完成了 may be a topic."""
    found = _ENDING.fullmatch(tag[1]) if len(tag[1]) <= _LONGEST_WORD else None
    word = fold(found[1]) if found else ""
    command = features.words.get(word)
    if command is None or command.number != "alone":
        return None
    number = _BEHIND.match(text, tag.end())
    meant = number is not None and names_only(_before_next(text[number.end() :], features))
    return (command, word, tag.end()) if meant else None


def _before_next(text: str, features: Features) -> str:
    """The text up to the next line, where that gives a command of its own."""
    said, _, below = text.partition("\n")
    line = below.lstrip(_NOTHING).partition("\n")[0]
    return said if _tagged(line, features) else text


def names_only(text: str) -> bool:
    """Nothing follows, or it thanks somebody."""
    said = text.strip(_NOTHING + "。.！!~～，,")
    return not said or said.startswith(THANKS) or "@" in text or "＠" in text


def _bracketed(text: str, features: Features) -> tuple[Command, str, int] | None:
    """【求】 and [need]: only for posting, since apps write [名片] and the like themselves."""
    tag = _BRACKETS.match(text)
    word = fold(tag[1]) if tag else ""
    command = features.words.get(word)
    return (command, word, tag.end()) if tag and command and command.posts else None


def _mixed(command: Command, body: str, features: Features) -> bool:
    """The tag of the other kind opens a line, or stands within one with a wish of its own."""
    for gap in islice(_GAP.finditer(body), _MOST_TAGS):
        text = body[gap.end() :]
        other = _tagged(text, features) or _bracketed(text, features)
        if other is None or not other[0].posts or other[0] is command:
            continue
        within_line = gap.start() > 0 and "\n" not in gap[0]
        rest = text[other[2] :].partition("\n")[0]
        if not within_line or sum(sign.isalnum() for sign in rest) >= _WISH_LENGTH:
            return True
    return False


def _answer(text: str, features: Features, *, ended: bool = True) -> Call | None:
    """A bare word that answers the bot, with only a number, names, thanks or a time beside it."""
    if call := _word(text, features, ended=ended):
        return call
    timed = _word(without_time(text[:200]), features, ended=ended)
    return timed if timed is not None and timed.command.lasting else None


def _word(text: str, features: Features, *, ended: bool) -> Call | None:
    answer = _ANSWER.fullmatch(text[:200])
    if answer is None:
        return _order(text, features)
    word = fold(answer[1])
    command = features.answers.get(word)
    if command is None and ended and (found := _ENDING.fullmatch(word)):
        word = found[1]
        command = features.answers.get(word)
        if command is not None and command.feature.admin:  # 通过了 may only tell what was done
            return None
    if command is None:
        return None
    # Applicants read what admins say behind the word; a mere 谢谢 is said to the bot.
    said = _POLITE.sub("", answer[3]) if command.feature.admin else answer[3]
    return Call(command, word, f"{answer[2] or ''} {said}".strip(), bare=True)


def _order(text: str, features: Features) -> Call | None:
    """An admin's bare word with a reason or a question behind it: 拒绝 太笼统."""
    order = _ORDER.fullmatch(text)
    word = fold(order[1]) if order else ""
    command = features.answers.get(word)
    if order is None or command is None or not command.feature.admin:
        return None
    return Call(command, word, order[2].strip(), bare=True)
