"""A form as it was sent: its versions, its files byte for byte, and the sum of what the units sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, Trouble
from hazard_desk.exchange import FORM_FORMATS
from hazard_desk.figures.progress.checks import (
    differences,
    doubts,
    replaced_by,
    sent_already,
    version_before,
)
from hazard_desk.figures.progress.filling import FilledProgressForm, fill, thawed
from hazard_desk.figures.progress.summing import sum_up
from hazard_desk.library.plan_file import find_plan
from hazard_desk.library.progress_forms import find_progress_form
from hazard_desk.papers.order import Order
from hazard_desk.papers.telling import tell_text
from hazard_desk.rules.fields import Row
from hazard_desk.rules.readings import Reading
from tests.papers.reading import read_pdf

JUNE = date(2023, 6, 28)
FORM = find_progress_form("fangshan-2023")


@pytest.fixture
def major(desk: Desk, found: Row) -> Callable[..., int]:
    """Registers a major hazard that an enterprise found itself."""
    desk.cabinet.clock.set(JUNE)

    def register(**more: object) -> int:
        known = {"level": "重大", "source": "企业自查", "criterion": "判定标准"}
        return desk.hazards.add(found | known | more).ids[0]

    return register


def sent(desk: Desk, group: str = "", reason: str = "") -> FilledProgressForm:
    """Count the form of a group for the 28th and send it; return it as it was kept."""
    change = desk.papers.send_form(fill(desk.books, FORM, JUNE, group), reason)
    return thawed(desk.submissions.get(change.ids[0]))


def test_what_was_sent_is_given_back_byte_for_byte(desk, major, tmp_path):
    major()
    to = tmp_path / "上报.xlsx"
    number = desk.papers.send_form(fill(desk.books, FORM, JUNE), to=to).ids[0]
    kept = {file.suffix: file for file in desk.attachments.of("submissions", number)}
    assert sorted(kept) == sorted(f".{ending}" for ending in FORM_FORMATS)

    desk.cabinet.clock.set(date(2023, 12, 1))
    desk.hazards.step(1, "voided", {"happened_on": "2023-06-20", "note": "误报"})
    desk.settings.change({"office": "别的办"})
    again = desk.papers.save_sent(number, tmp_path / "again.xlsx")
    assert again.read_bytes() == to.read_bytes()
    for suffix, file in kept.items():
        saved = desk.papers.save_sent(number, tmp_path / f"again{suffix}")
        assert saved.read_bytes() == desk.attachments.content(file)


def test_a_damaged_file_of_what_was_sent_is_named(desk, major, tmp_path):
    major()
    number = desk.papers.send_form(fill(desk.books, FORM, JUNE)).ids[0]
    pdf = next(file for file in desk.attachments.of("submissions", number) if file.suffix == ".pdf")
    desk.attachments.path(pdf).write_bytes(b"%PDF-")
    with pytest.raises(Trouble, match="缺失或已损坏，请用备份恢复"):
        desk.papers.save_sent(number, tmp_path / "again.pdf")
    assert not (tmp_path / "again.pdf").exists()


def test_nothing_is_sent_when_its_file_cannot_be_saved(desk, major, tmp_path):
    major()
    with pytest.raises(Refused, match=r"请用 \.pdf、\.docx 或 \.xlsx"):
        desk.papers.send_form(fill(desk.books, FORM, JUNE), to=tmp_path / "a.txt")
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(Trouble):
        desk.papers.send_form(fill(desk.books, FORM, JUNE), to=tmp_path / "a.pdf")
    assert desk.submissions.rows() == [] and desk.attachments.of("submissions", 1) == []
    assert not list(tmp_path.glob("*.txt"))


def test_corrected_and_sent_again(desk, major):
    major()
    first = sent(desk)
    major(unit_name="乙厂")
    now = fill(desk.books, FORM, JUNE)
    assert sent_already(desk.books, now) == first
    with pytest.raises(Refused, match="更正重报请写明更正原因"):
        desk.papers.send_form(now)
    second = sent(desk, reason="漏报乙厂一处")
    assert (second.version, second.reason, second.cell("1.1").value) == (2, "漏报乙厂一处", 2)
    assert version_before(desk.books, second) == first
    assert (replaced_by(desk.books, first), replaced_by(desk.books, second)) == (2, 0)
    (change,) = differences(first, second)
    assert change.told == "第1.1项“企业自查发现的重大事故隐患(个)”1，改为2"
    assert [record.title for record in change.added] == ["三星隐患〔2023〕002号 乙厂"]
    assert thawed(desk.submissions.get(first.number)) == first, "the first one stays as it was"


def test_the_paper_of_a_correction_says_so(desk, major, tmp_path):
    major()
    first = sent(desk)
    major(unit_name="乙厂")
    second = sent(desk, reason="漏报一处。")
    texts = []
    for one in (first, second):
        file = desk.papers.save_sent(one.number, tmp_path / f"{one.number}.pdf")
        texts.append("".join(page.text for page in read_pdf(file)).replace("\n", ""))
    assert "第2次上报，更正原因：漏报一处。" in texts[1] and "漏报一处。。" not in texts[1]
    assert "次上报" not in texts[0]


def test_the_sum_of_what_the_units_sent(desk, major):
    major(sector="工贸", unit_name="甲厂")
    shared = major(sector="消防", office="应急办", unit_name="乙店")
    for group in ("工贸", "消防"):
        sent(desk, group)
    sent(desk, "工贸", "没有变化，重报")
    major(sector="工贸", unit_name="报后又发现")
    whole = sum_up(desk.books, FORM, JUNE)
    cell = whole.cell("1.1")
    assert (cell.value, whole.group, len(whole.summed)) == (2, "", 2)
    assert [(one.unit, one.version, one.value) for one in cell.sources] == [("工贸", 2, 1), ("消防", 1, 1)]
    assert [record.id for record in cell.records] == [1, shared]
    assert whole.cell("3.3").value == {"次": 0, "万元": 0} and whole.cell("4.6").value == "否"
    assert sum_up(desk.books, FORM, JUNE, groups=["消防"]).cell("1.1").value == 1
    assert not [one for one in doubts(whole) if "重复" in one.sentence]

    sent(desk, "应急办")
    twice = [one for one in doubts(sum_up(desk.books, FORM, JUNE)) if "重复" in one.sentence]
    assert [one.sentence for one in twice] == [
        "第1.1项“企业自查发现的重大事故隐患(个)”在几张表里重复计入：三星隐患〔2023〕002号 乙店"
    ]


def test_the_sum_is_kept_with_what_made_it(desk, major, tmp_path):
    major(sector="工贸")
    parts = [sent(desk, "工贸").number]
    number = desk.papers.send_form(sum_up(desk.books, FORM, JUNE)).ids[0]
    kept = thawed(desk.submissions.get(number))
    assert list(kept.summed) == parts
    assert kept.cell("1.1").sources[0].records[0].ledger == "hazards"
    text = "".join(page.text for page in read_pdf(desk.papers.save_sent(number, tmp_path / "a.pdf")))
    assert "本表由工贸上报的表汇总。" in text.replace("\n", "")


def test_a_sum_is_compared_with_the_one_before(desk, major):
    def told() -> str:
        return str(tell_text("form-changes", desk.books, Order()).blocks)

    major(sector="工贸")
    sent(desk, "工贸")
    desk.papers.send_form(sum_up(desk.books, FORM, JUNE))
    assert "没有可以比较的" in told()
    desk.papers.send_form(sum_up(desk.books, FORM, JUNE), "重新汇总")
    assert "截至2023年6月28日，第2次上报与第1次上报相比" in told()
    assert "完全一样" in told()


def test_there_must_be_something_to_sum_up(desk, major):
    major(sector="工贸")
    with pytest.raises(Refused, match="还没有单位上报截至2023-06-28的这张表（累计），没有可以汇总的"):
        sum_up(desk.books, FORM, JUNE)
    sent(desk, "工贸")
    with pytest.raises(Refused, match="消防还没有上报截至2023-06-28的这张表（累计），不能汇总"):
        sum_up(desk.books, FORM, JUNE, groups=["工贸", "消防"])
    with pytest.raises(Refused):
        sum_up(desk.books, FORM, JUNE, Reading.MONTHLY)


def test_another_plan_takes_nothing_of_it_away(desk, major):
    major()
    first = sent(desk)
    second = sent(desk, reason="核对后重报")
    desk.plans.enter(find_plan("chongming-2023"))
    assert [row.id for row in desk.submissions.under_any_plan()] == [second.number, first.number]
    assert version_before(desk.books, second) == first
    assert (replaced_by(desk.books, first), replaced_by(desk.books, second)) == (2, 0)
    assert sent_already(desk.books, fill(desk.books, FORM, JUNE)) is None, "of the other plan"
