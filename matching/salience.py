"""Which units a text is about, and which are circumstances."""

import re
from collections.abc import Sequence
from dataclasses import replace

from matching.segment import Span
from matching.signals import clauses
from matching.unit import Unit

# What opens the thing asked for. What stands before it in the clause is circumstance.
_NEED = re.compile(
    r"找|求(?!职)|招(?!商|标|牌|投|待|生)|寻|收(?!银|益|藏|纳|入|录|款|尾)|缺|想要|想做|想买|想学|想租|想请|想接|想看|想认识|想报|想把"
    r"|想|要(?!求|是|么)|需要|谁有|谁能|谁懂|谁会|谁认识|谁做|有没有|哪家|哪里|能不能|征|租|急"
)
_STRONG = 0.6  # units lighter than this are places or general words
HEAD, BESIDE, ELSEWHERE = 1.0, 0.7, 0.55


def weigh(text: str, spans: Sequence[Span], units: Sequence[Unit], kind: str) -> list[Unit]:
    """Mark the heads and lower what only stands around them."""
    parts = clauses(text)
    homes = [_home(parts, span) for span in spans]
    strong = {
        at for at, unit in enumerate(units) if unit.weight > _STRONG and len(unit.terms) > 1
    } or {at for at, unit in enumerate(units) if unit.weight >= _STRONG}
    heads, main = _heads(text, parts, spans, homes, strong, kind)
    weighed = []
    for at, unit in enumerate(units):
        share = HEAD if at in heads else BESIDE if homes[at] in main else ELSEWHERE
        weighed.append(replace(unit, weight=round(unit.weight * share, 3), head=at in heads))
    return weighed


def _home(parts: Sequence[tuple[int, int]], span: Span) -> int:
    for number, (start, end) in enumerate(parts):
        if start <= span.start < end:
            return number
    return -1


def _heads(  # noqa: PLR0917
    text: str,
    parts: Sequence[tuple[int, int]],
    spans: Sequence[Span],
    homes: Sequence[int],
    strong: set[int],
    kind: str,
) -> tuple[set[int], set[int]]:
    """Heads, and the clauses in which they stand."""
    heads: set[int] = set()
    main: set[int] = set()
    for number, (start, end) in enumerate(parts):
        inside = {at for at in strong if homes[at] == number}
        if not inside:
            continue
        cue = _NEED.search(text, start, end) if kind == "need" else None
        if (
            kind == "need"
            and cue is None
            and (main or _later_cue(text, parts, homes, strong, number))
        ):
            continue
        if kind != "need" and main:
            break
        begin = cue.start() if cue else start
        of = text.rfind("的", begin, end)
        after = {at for at in inside if spans[at].start >= begin}
        last = {at for at in after if spans[at].start > of}
        heads |= last or after or inside
        main.add(number)
    return heads, main


def _later_cue(
    text: str, parts: Sequence[tuple[int, int]], homes: Sequence[int], strong: set[int], now: int
) -> bool:
    return any(
        _NEED.search(text, *parts[number])
        for number in range(now + 1, len(parts))
        if any(homes[at] == number for at in strong)
    )
