"""Documents that stand in tests/data/word too, as LibreOffice made old Word files of them (.doc).

After a change: write them with ``word_file``, then ``soffice --headless --convert-to doc *.docx``.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.sheets.word_files import a_list, family, level, paragraph, word_file

OFFICIAL = family(
    0,
    level(0, "chineseCountingThousand", "%1、"),
    level(1, "chineseCountingThousand", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimal", "（%4）"),
    level(4, "decimalEnclosedCircle", "%5"),
)
_LISTS = OFFICIAL + family(1, level(0, "decimal", "%1")) + a_list(1, 0) + a_list(2, 1)
_OUTLINE = (
    ("主要任务", 0),
    ("压实责任", 1),
    ("健全制度。", 2),
    ("公示清单。", 2),
    ("村级清单", 3),
    ("样式", 4),
    ("份数", 4),
    ("严格执法", 1),
    ("开展检查。", 2),
    ("工作要求", 0),
    ("加强领导", 1),
)
_WIDTHS = (800, 2500, 2000, 2000)
_AUTHOR = 'w:id="1" w:author="甲" w:date="2023-05-01T00:00:00Z"'
_RUN = "<w:r><w:t>{}</w:t></w:r>"


def _cell(content: str, width: int, more: str = "") -> str:
    inside = content if content.startswith("<") else paragraph(content)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}</w:tcPr>{inside}</w:tc>'


def _rows() -> str:
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    number, several = paragraph("", 2, 0), paragraph("（1）修订；") + paragraph("（2）签订。")
    rows = [
        [(text, "") for text in ("序号", "事项", "责任", "时限")],
        [(number, ""), (several, ""), ("应急办", down), ("6月底前", "")],
        [(number, ""), ("检查", ""), ("", on), ("", "")],
    ]
    told = [
        "".join(_cell(text, width, more) for (text, more), width in zip(row, _WIDTHS, strict=True))
        for row in rows
    ]
    told.insert(1, _cell("一、责任方面", sum(_WIDTHS), '<w:gridSpan w:val="4"/>'))
    return "".join(f"<w:tr>{row}</w:tr>" for row in told)


def plan(file: Path) -> Path:
    """A plan with a numbered outline and a table with merged cells and a numbered column."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS)
    body = [
        paragraph("甲镇2023年重大事故隐患专项整治实施方案", more='<w:jc w:val="center"/>'),
        paragraph("为做好整治工作，制定本方案。"),
        *(paragraph(text, 1, at) for text, at in _OUTLINE),
        "<w:p><w:r><w:t>前</w:t><w:tab/><w:t>后</w:t><w:br/><w:t>下一行 Latin é 𬎆</w:t></w:r></w:p>",
        paragraph("附件：任务分解表"),
        f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{_rows()}</w:tbl>",
        paragraph("填表人：张三"),
    ]
    return word_file(file, "".join(body), _LISTS)


def changes(file: Path) -> Path:
    """Paragraphs with tracked changes, hidden text and a field."""

    def p(inner: str) -> str:
        return f"<w:p>{inner}</w:p>"

    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    deleted = f"<w:del {_AUTHOR}><w:r><w:delText>旧的</w:delText></w:r></w:del>"
    code = '<w:r><w:instrText> HYPERLINK "http://x" </w:instrText></w:r>'
    link = mark("begin") + code + mark("separate") + _RUN.format("链接") + mark("end")
    body = [
        p(_RUN.format("前") + f"<w:ins {_AUTHOR}>{_RUN.format('新增')}</w:ins>{deleted}{_RUN.format('后')}"),
        p("<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>" + _RUN.format("显")),
        p(f"<w:pPr><w:rPr><w:del {_AUTHOR}/></w:rPr></w:pPr>{_RUN.format('上半')}") + p(_RUN.format("下半")),
        p(link + _RUN.format("末")),
    ]
    return word_file(file, "".join(body))


SAMPLES: dict[str, Callable[[Path], Path]] = {"plan": plan, "changes": changes}
