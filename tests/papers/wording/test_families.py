"""Papers of one shape are told by one text: every ledger, every progress form; and the recovery code."""

from __future__ import annotations

from datetime import date

import pytest

from hazard_desk.books.documents.wordings import RECOVERY_CODE
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.figures.dossier import dossiers
from hazard_desk.figures.progress.filling import fill
from hazard_desk.library.progress_forms import find_progress_form
from hazard_desk.papers.catalogue import reports_of
from hazard_desk.papers.given import binder_cover, changes_paper, dossier_paper, progress_form_paper
from hazard_desk.papers.model import FieldsLine, Heading, Note, Paper, Title
from hazard_desk.papers.telling import texts_in_use
from hazard_desk.papers.wording.kinds import FORM, FORM_CHANGES, LEDGER
from tests.papers.reading import read_pdf
from tests.papers.wording.reading_back import text_of

JUNE = date(2023, 6, 28)


def change(desk: Desk, report: str, old: str, new: str) -> None:
    """Change the words of a paper for this office."""
    text = desk.rewording.text(report)
    assert old in text
    desk.rewording.use(report, text.replace(old, new))


def notes(paper: Paper) -> list[str]:
    return [block.text for block in paper.blocks if isinstance(block, Note)]


def test_the_words_of_every_paper_are_a_text(desk: Desk) -> None:
    """But the manual, which is the program's own, and those that put other papers together."""
    told = {report.id: report.words for report in reports_of(desk.books).values() if not report.bound}
    assert [name for name, words in told.items() if not words] == ["manual"]
    assert set(told.values()) - {""} <= set(texts_in_use(desk.books))


def test_one_text_tells_every_ledger(desk: Desk) -> None:
    change(desk, LEDGER, "«台账.名称»\n【填报】填报单位", "«台账.名称»（«台账.条数»）\n【填报】制表单位")
    for report, title in (("hazard-ledger", "隐患台账（0条）"), ("activities", "（0条）")):
        text = text_of(desk, report, "")
        assert title in text and "制表单位：" in text and "填报人：" in text
    assert LEDGER not in reports_of(desk.books), "it is no paper by itself"
    with pytest.raises(Refused, match=f"各台账共用“{LEDGER}”"):
        desk.rewording.text("hazard-ledger")
    desk.rewording.go_back(LEDGER)
    assert "制表单位" not in text_of(desk, "hazard-ledger", "")


def test_the_ledger_looked_at_is_the_one_that_was_open(desk: Desk) -> None:
    text = desk.rewording.text(LEDGER)
    for number, title in (("", "隐患台账"), ("enterprises", "监管对象")):
        assert title in "".join(page.text for page in read_pdf(desk.rewording.proof(text, number).pdf))
    said = {one.name: one for one in desk.rewording.sayable(text, "enterprises")}
    assert said["台账.名称"].now == "监管对象一览表"
    assert said["台账.表"].insert == "【插入】台账.表"


def test_a_text_of_all_ledgers_is_not_kept_as_another_paper(desk: Desk) -> None:
    with pytest.raises(Refused, match="各台账共用一份措辞"):
        desk.rewording.make_own("我的台账", desk.rewording.text(LEDGER))


def test_one_text_tells_every_form_and_the_sent_one_stays_as_it_was_filled(desk: Desk) -> None:
    change(desk, FORM, "时间：", "统计截至：")
    for name in ("fangshan-2023", "chongming-2023"):
        paper = progress_form_paper(desk.books, fill(desk.books, find_progress_form(name), JUNE))
        assert paper.title == find_progress_form(name).title
        heads = [block.texts for block in paper.blocks if isinstance(block, FieldsLine)]
        assert "统计截至：2023年6月28日" in heads[0]
    filled = fill(desk.books, find_progress_form("fangshan-2023"), date(2023, 5, 28))
    desk.papers.send_form(filled)
    desk.papers.send_form(filled, "数字有误。")
    (again, _) = desk.submissions.rows()
    said = desk.papers.save_sent(again.id, desk.folder / "again.pdf").read_bytes()
    assert "本表为第2次上报，更正原因：数字有误。" in "".join(read_pdf(said)[0].text.split())


def test_the_binder_speaks_in_the_words_of_the_office(desk: Desk) -> None:
    change(desk, "binder-task", "【一级】缺项", "【一级】尚缺材料")
    change(desk, "binder-cover", "【标题】缺项清单", "【标题】待补充材料清单")
    found = dossiers(desk.books)
    assert Heading(1, "尚缺材料") in dossier_paper(desk.books, found[0]).blocks
    cover = binder_cover(desk.books, found, [one.name for one in found], [("综合材料", "甲没有印出")])
    assert Title("待补充材料清单") in cover.blocks and "甲没有印出" in str(cover.blocks)


def test_what_changed_is_told_by_a_text_too(desk: Desk) -> None:
    form = find_progress_form("fangshan-2023")
    change(desk, FORM_CHANGES, "两次填报的数字和记录完全一样。", "没有变化。")
    same = fill(desk.books, form, JUNE)
    paper = changes_paper(desk.books, same, same)
    assert notes(paper) == [f"共{len(same.cells)}项，0项有变化，{len(same.cells)}项没有变化。"]
    assert "没有变化。" in str(paper.blocks)
    assert "还没有上报过调度表" in text_of(desk, FORM_CHANGES, "")


def test_the_recovery_code_is_printed_in_the_words_of_the_office(desk: Desk) -> None:
    change(desk, RECOVERY_CODE, "请把这张纸放进保险柜", "请交机要室保存")
    told = read_pdf(desk.papers.print_recovery_code(desk.folder / "code.pdf").read_bytes())
    assert "请交机要室保存" in "".join("".join(page.text for page in told).split())


def test_a_sheet_without_the_code_is_not_printed(desk: Desk) -> None:
    change(desk, RECOVERY_CODE, "«换行»«恢复码.后一半»", "")
    with pytest.raises(Refused, match="没有写恢复码"):
        desk.papers.print_recovery_code(desk.folder / "code.pdf")
    assert not (desk.folder / "code.pdf").exists()


def test_looking_at_the_words_shows_no_code(desk: Desk) -> None:
    code = desk.seal.code
    text = desk.rewording.text(RECOVERY_CODE)
    shown = "".join(page.text for page in read_pdf(desk.rewording.proof(text).pdf))
    said = "".join(one.now for one in desk.rewording.sayable(text))
    assert code and not any(group in shown + said for group in code.split("-"))
