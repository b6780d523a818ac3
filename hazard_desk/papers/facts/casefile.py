"""What the sheets around a case file can tell: whose it is, how much is in it, where each piece stands."""

from __future__ import annotations

from collections.abc import Sequence

from hazard_desk.papers.casefile.pieces import CaseFile, CasePiece
from hazard_desk.papers.wording.facts import Each, PaperFacts, fact, told_fact
from hazard_desk.rules.fields import Kind

Places = Sequence[tuple[int, int]]
"""The first and the last page of each piece."""


def case_facts(case: CaseFile | None = None, places: Places = ()) -> PaperFacts:
    """Return what is known of a case file that is bound; without one the same names with nothing known."""
    pieces = case.pieces if case else []
    apart = case.apart if case else []
    photos = sum(len(piece.files) for piece in pieces if piece.photos)
    pages = places[-1][1] if places else None
    numbered = list(enumerate(zip(pieces, places, strict=True), start=1))
    return PaperFacts(
        {
            "题名": told_fact("题名", case.title if case else ""),
            "件数": fact("件数", lambda: len(pieces) or None, Kind.INTEGER, "件"),
            "页数": fact("页数", lambda: pages, Kind.INTEGER, "页"),
            "照片数": fact("照片数", lambda: photos or None, Kind.INTEGER, "张"),
            "电子文件数": fact("电子文件数", lambda: len(apart) or None, Kind.INTEGER, "个"),
            "电子文件": told_fact("电子文件", "、".join(f"“{row.name}”" for row in apart)),
            "封面事项": Each(
                lambda: _on_cover("", ""), lambda: [_on_cover(*one) for one in (case.facts if case else ())]
            ),
            "目录": Each(lambda: _entry(0, None), lambda: [_entry(number, *one) for number, one in numbered]),
        }
    )


def _on_cover(label: str, told: str) -> PaperFacts:
    return PaperFacts({"名称": told_fact("名称", label), "内容": told_fact("内容", told)})


def _entry(number: int, piece: CasePiece | None, place: tuple[int, int] = (0, 0)) -> PaperFacts:
    """A line of the contents."""
    first, last = place
    told = {
        "号": str(number) if number else "",
        "文号": piece.number if piece else "",
        "责任者": piece.maker if piece else "",
        "题名": piece.title if piece else "",
        "日期": piece.on.isoformat() if piece and piece.on else "",
        "页号": "" if not first else str(first) if first == last else f"{first}—{last}",
        "备注": piece.told if piece else "",
    }
    return PaperFacts({name: told_fact(name, text) for name, text in told.items()})
