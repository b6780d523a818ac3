"""What of a document nothing was made of: whole sentences outside of what was used, and brackets in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hazard_desk.grid.document import Paragraph
from hazard_desk.library.annex.annex import UnreadPart
from hazard_desk.library.annex.origins import UsedSpan
from hazard_desk.library.prose.assigned import brackets, looks_assigning
from hazard_desk.library.prose.points import OF_TASKS, WHO

_SENTENCE = re.compile(r"[^。；！？\n]*[。；！？\n]?[”’）)]*")
_CHARGE = re.compile(
    r"[\u3400-\u9fff（）()、和与]{2,80}?(?:股|科|室|办|局|队|站|所|中心|委|会|部|单位)(?:牵头负责|负责牵头|牵头|负责)"
    r"(?!同志|人)[^，。；]{4,60}|[\u3400-\u9fff、（）()]{4,300}?为[^，。；]{0,24}(?:牵头|责任)单位"
)


def unread_in(paragraphs: Sequence[Paragraph], used: Sequence[UsedSpan]) -> Iterator[UnreadPart]:
    """Yield the sentences of each paragraph in which nothing was used, and brackets that say who or when."""
    by_place: dict[int, list[UsedSpan]] = {}
    for span in used:
        by_place.setdefault(span.place, []).append(span)
    for number, paragraph in enumerate(paragraphs, start=1):
        text, spans = paragraph.whole, by_place.get(paragraph.place, [])
        place = f"第{number}段"
        unused = [one for one in _sentences(text) if not _touched(spans, *one)]
        left = "".join(text[start:end] for start, end in unused)
        if re.search(r"\w", left):
            where = UsedSpan(paragraph.place, unused[0][0], unused[-1][1], "")
            yield UnreadPart(place, "paragraph", left.strip(), where)
        told = [span for span in spans if span.what == WHO]
        for start, end in brackets(text):
            if (
                looks_assigning(text[start:end])
                and _touched(spans, start, end)
                and not _touched(told, start, end)
            ):
                where = UsedSpan(paragraph.place, start, end, "")
                yield UnreadPart(place, "bracket", text[start:end], where)


def stray_charges(paragraphs: Sequence[Paragraph], used: Sequence[UsedSpan]) -> list[str]:
    """Return a doubt for every sentence that says who answers for something, outside of all tasks."""
    of_tasks = {span.place for span in used if span.what in OF_TASKS}
    return [
        f"第{number}段另写有“{match.group()}”，没有对应到任务，请核对。"
        for number, paragraph in enumerate(paragraphs, start=1)
        if paragraph.place not in of_tasks
        for match in _CHARGE.finditer(re.sub(r"\s|\*\*", "", paragraph.whole))
    ]


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    for match in _SENTENCE.finditer(text):
        if match.group().strip():
            yield match.span()


def _touched(spans: Sequence[UsedSpan], start: int, end: int) -> bool:
    return any(span.start < end and start < span.end for span in spans)
