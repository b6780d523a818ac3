"""Word's properties of text: official families by role, styles, and elements put in the order Word wants."""

from __future__ import annotations

from math import floor

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.text.font import CT_RPr
from docx.oxml.text.parfmt import CT_PPr
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Pt, RGBColor, Twips
from docx.styles.style import ParagraphStyle
from docx.text.parfmt import ParagraphFormat
from docx.text.run import Run

from hazard_desk.papers.fonts import FontRole, official_family
from hazard_desk.papers.layout import Layout
from hazard_desk.papers.lines import NO_END, NO_START

ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_ALTERNATIVES: dict[FontRole, str] = {"仿宋": "仿宋", "楷体": "楷体", "小标宋": "华文中宋"}
"""What Windows or Office has where the official family is not installed: Word takes it without asking."""

HEADING_ROLES: dict[int, FontRole] = {1: "黑体", 2: "楷体", 3: "仿宋", 4: "仿宋"}

_AFTER_BORDERS = (
    *("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct"),
    *("w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid"),
    *("w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc"),
    *("w:textDirection", "w:textAlignment", "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:rPr"),
)
_PROPERTIES = ("w:pBdr", *_AFTER_BORDERS)
"""The properties of a paragraph from its borders on, in the order of the schema."""
AFTER_FRAMES = ("w:numPr", "w:suppressLineNumbers", *_PROPERTIES)
"""Those that stand after its frame but for ``w:widowControl``."""

_CHINESE_LINES = {"kinsoku": 1, "autoSpaceDE": 0, "autoSpaceDN": 0, "snapToGrid": 0}
"""No mark where it may not stand, no gaps between digits and characters; the pitch of lines is the
paragraph's own."""

_NO_HANGING_MARKS = f"""
<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" {nsdecls("w")}
 xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">
<mc:Choice Requires="w15"><w:overflowPunct w:val="0"/></mc:Choice>
<mc:Fallback><w:overflowPunct w:val="1"/></mc:Fallback>
</mc:AlternateContent>"""
"""No mark hangs over the end of a line, in Word (``w15``) and in LibreOffice, which takes the value the
other way round."""


def twips(points: float) -> int:
    """Return points in twentieths, rounded down so that 22 lines and 28 characters fit."""
    return floor(points * 20 + 0.001)


def blank_lines(layout: Layout, lines: float) -> Length:
    """Return the height of so many blank lines of a page: those that stand on it all fit."""
    return Twips(floor(twips(layout.pitch) * lines))


def element(tag: str, **values: object) -> BaseOxmlElement:
    """Return an element ``w:tag`` with the given ``w:`` attributes."""
    made = OxmlElement(f"w:{tag}")
    for name, value in values.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def page_field(name: str, size: float, role: FontRole = "宋体") -> BaseOxmlElement:
    """A field that Word fills in: the number of the page, or of all pages."""
    field = element("fldSimple", instr=name)
    run = element("r")
    properties = run.get_or_add_rPr()
    set_font(properties, role)
    properties.append(element("sz", val=round(size * 2)))
    run.text = "1"
    field.append(run)
    return field


def set_property(properties: CT_PPr, tag: str, **values: object) -> BaseOxmlElement:
    """Set a property of a paragraph (``w:pPr``) in its place; return its element."""
    old = properties.find(qn(f"w:{tag}"))
    if old is not None:
        properties.remove(old)
    made = element(tag, **values)
    properties.insert_element_before(made, *_PROPERTIES[_PROPERTIES.index(f"w:{tag}") + 1 :])
    return made


def set_font(properties: CT_RPr, role: FontRole) -> None:
    """Name the official family of ``role`` for every script of a run or style (``w:rPr``)."""
    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), official_family(role))


def set_run(
    run: Run, role: FontRole | None = None, size: float = 0, colour: str = "", spread: float | None = None
) -> Run:
    """Set a run's family, size, colour (RRGGBB) and the points its characters are moved apart.

    Only the size of body text goes with the spread of body text.
    """
    if role:
        set_font(run._r.get_or_add_rPr(), role)
    if size:
        run.font.size = Pt(size)
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)
    if size or spread is not None:
        set_spread(run._r.get_or_add_rPr(), spread or 0)
    return run


def set_spread(properties: CT_RPr, points: float) -> None:
    """Move the characters of a run or style (``w:rPr``) apart."""
    for old in properties.findall(qn("w:spacing")):
        properties.remove(old)
    after = ("w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:lang")
    properties.insert_element_before(element("spacing", val=round(points * 20)), *after)


def set_line(form: ParagraphFormat, points: float) -> None:
    """Give a paragraph lines of exactly so many points, nothing before and after."""
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    form.line_spacing = Twips(twips(points))
    form.space_before = form.space_after = Pt(0)


def indent_two(form: ParagraphFormat, advance: float) -> None:
    """Indent the first line by two characters, whatever their size becomes."""
    form.first_line_indent = Pt(2 * advance)
    form._element.get_or_add_pPr().get_or_add_ind().set(qn("w:firstLineChars"), "200")


def set_styles(document: Document, layout: Layout) -> None:
    """Make body, headings and title of the document what the layout says."""
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    defaults.find(qn("w:lang")).set(qn("w:eastAsia"), "zh-CN")
    body = document.styles["Normal"]
    assert isinstance(body, ParagraphStyle)
    _set_style(body, "仿宋", layout.size, layout.pitch, layout.advance - layout.size)
    body.paragraph_format.alignment = ALIGN["both"]
    body.paragraph_format.widow_control = False
    for tag, value in _CHINESE_LINES.items():
        set_property(body.element.get_or_add_pPr(), tag, val=value)
    kinsoku = body.element.pPr.find(qn("w:kinsoku"))
    kinsoku.addnext(parse_xml("".join(_NO_HANGING_MARKS.splitlines())))
    for level, role in HEADING_ROLES.items():
        style = document.styles[f"Heading {level}"]
        assert isinstance(style, ParagraphStyle)
        _set_style(style, role, layout.size, layout.pitch, layout.advance - layout.size)
        style.paragraph_format.keep_together = False
        indent_two(style.paragraph_format, layout.advance)
    title = document.styles["Title"]
    assert isinstance(title, ParagraphStyle)
    _set_style(title, "小标宋", layout.title_size, layout.title_pitch)
    title.paragraph_format.alignment = ALIGN["center"]


def name_alternatives(document: Document) -> None:
    """Tell Word in the file's table of fonts which family stands in for one that is not there."""
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    fonts = parse_xml(part.blob)
    for role, alternative in _ALTERNATIVES.items():
        font = element("font", name=official_family(role))
        font.append(element("altName", val=alternative))
        fonts.append(font)
    part._blob = serialize_part_xml(fonts)


def set_breaks(settings: BaseOxmlElement) -> None:
    """Tell Word where no line may break: after and before the marks that the PDF keeps so, in ``lines``.

    A line that a break ends is not stretched.
    """
    following = settings.find(qn("w:savePreviewPicture"))
    for tag, marks in (("noLineBreaksAfter", NO_END), ("noLineBreaksBefore", NO_START)):
        following.addprevious(element(tag, lang="zh-CN", val="".join(sorted(marks))))
    settings.find(qn("w:compat")).insert(0, element("doNotExpandShiftReturn"))


def table_style(document: Document, role: FontRole, size: float, leading: float) -> str:
    """Return the id of the style of a table's cells, made when it is new."""
    name = f"{'表格' if role == '仿宋' else '表头'}{size:g}"
    if name not in [style.name for style in document.styles]:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        assert isinstance(style, ParagraphStyle)
        style.base_style = document.styles["Normal"]
        _set_style(style, role, size, leading)
    return str(document.styles[name].style_id)


def _set_style(style: ParagraphStyle, role: FontRole, size: float, line: float, spread: float = 0) -> None:
    properties = style.element.get_or_add_rPr()
    for child in list(properties):
        properties.remove(child)
    set_font(properties, role)
    style.font.size = Pt(size)
    set_spread(properties, spread)
    form = style.paragraph_format
    for tag in ("w:pBdr", "w:contextualSpacing"):
        for old in form._element.get_or_add_pPr().findall(qn(tag)):
            form._element.pPr.remove(old)
    set_line(form, line)
