"""检查执法一览: the yearly plan, the caps on checks and whom to look after, on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized

from hazard_desk.books.catalogue import Books
from hazard_desk.books.checks.book import CheckRow
from hazard_desk.books.checks.plans import CheckPlanRow
from hazard_desk.books.enterprises import GRADES, Enterprise
from hazard_desk.books.kit.query import Query
from hazard_desk.figures.check_overview import AGAIN, LONG, FirmChecks, Overview, check_overview
from hazard_desk.papers.model import Block, Cell, Column, Line, Note, Paper, Table, TableRow, Title
from hazard_desk.papers.texts.tables import head_line, ledger_table, mark_of
from hazard_desk.rules.fields import Field
from hazard_desk.store.columns import field_of, fields_of

_PLANNED = fields_of(
    CheckPlanRow.unit_name, CheckPlanRow.office, CheckPlanRow.due_on, CheckPlanRow.done_on, CheckPlanRow.state
)
_CLASS = fields_of(Enterprise.name, Enterprise.grade, Enterprise.high_risk)
_PLACE = fields_of(Enterprise.name, Enterprise.sector, Enterprise.village)


def check_paper(books: Books, query: Query) -> Paper:
    """Return the lists as of ``query.as_of``, or today; a list with nothing in it is one line."""
    day = query.as_of or books.today
    title = f"{day.year}年检查执法一览"
    found = check_overview(books, day)
    blocks: list[Block] = [Title(title), head_line(books, day)]
    blocks += _plan(found)
    blocks += _caps(found)
    blocks += _firms("三、今年还没查的", found.unchecked)
    blocks += _firms(f"四、超过{LONG}天没有检查的", found.long_unchecked)
    blocks += _again(found)
    blocks += _insured(found)
    return Paper(title, tuple(blocks), style="ledger", mark=mark_of(books))


def _plan(found: Overview) -> Iterator[Block]:
    if not found.planned:
        yield Line(f"一、年度检查计划：{found.day.year}年没有登记")
        return
    yield Line(f"一、年度检查计划：共{len(found.planned)}家次，已检查{found.done}家次")
    yield ledger_table(_PLANNED, found.planned)


def _caps(found: Overview) -> Iterator[Block]:
    cited = dict.fromkeys(one.cap.cited for one in found.firms if one.cap)
    if not cited:
        yield Line("二、检查额度：没有适用的规定")
        return
    yield Line(f"二、检查额度：{len(found.at_cap)}家已用完（{'；'.join(cited)}）")
    rows = [one for one in found.firms if one.cap and one.counted]
    if rows:
        names = (*_labels(_CLASS), "今年已检查", "每年额度", "还可检查")
        yield _table(names, (_cap_row(one) for one in rows))
    exempt = dict.fromkeys(kind for one in found.firms if one.cap for kind in one.cap.exempt)
    left_out = f"{field_of(CheckRow.kind).label}为{'、'.join(exempt)}的不计入；" if exempt else ""
    yield Note(f"注：{left_out}标准化等级没有填写的，按{GRADES[-1]}计算。")


def _cap_row(one: FirmChecks) -> Iterator[str | int]:
    assert one.cap is not None  # those without are left out
    yield from (one.firm.name, one.firm.grade or f"（{GRADES[-1]}）", "是" if one.firm.high_risk else "否")
    yield from (one.counted, one.cap.most, one.left or 0)


def _firms(title: str, firms: list[FirmChecks]) -> Iterator[Block]:
    yield _heading(title, firms)
    if firms:
        names = (*_labels(_PLACE), "最近一次检查")
        yield _table(names, (_place(one.firm, one.last.isoformat() if one.last else "—") for one in firms))


def _heading(title: str, found: Sized) -> Line:
    return Line(f"{title}：{f'{len(found)}家' if found else '没有。'}")


def _place(firm: Enterprise, more: str) -> tuple[str, ...]:
    return firm.name, firm.sector, firm.village, more


def _again(found: Overview) -> Iterator[Block]:
    told = f"一年内处罚{AGAIN}次以上、仍有未销号隐患的"
    yield _heading(f"五、屡罚未改（{told}）", found.again)
    if found.again:
        rows = ((firm.name, firm.sector, penalties, left) for firm, penalties, left in found.again)
        yield _table((*_labels(_PLACE[:2]), "一年内处罚次数", "未销号隐患"), rows)


def _insured(found: Overview) -> Iterator[Block]:
    if found.insurance is None:
        return
    firms = found.uninsured
    yield _heading(f"六、应投保安全生产责任保险而没有登记的（{found.insurance.cited}）", firms)
    if firms:
        names = _labels((*_PLACE, field_of(Enterprise.principal)))
        yield _table(names, (_place(firm, firm.principal) for firm in firms))


def _labels(fields: Iterable[Field]) -> tuple[str, ...]:
    return tuple(field.label for field in fields)


def _table(names: tuple[str, ...], rows: Iterable[Iterable[str | int]]) -> Table:
    """A table whose first column is a name, the others short."""
    columns = (
        Column("序号", 3, "center"),
        Column(names[0], 14),
        *(Column(one, 7, "center") for one in names[1:]),
    )
    return Table(columns, tuple(_row(place, row) for place, row in enumerate(rows, 1)), keys=2)


def _row(place: int, row: Iterable[str | int]) -> TableRow:
    cells = (Cell(str(one), number=one if isinstance(one, int) else None) for one in row)
    return (Cell(str(place)), *cells)
