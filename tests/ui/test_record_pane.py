"""What can be done from a record: files on it, linked records, its history, what it becomes."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton, QWidget

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from tests.ui.conftest import Seen
from ui.attachments.attached import Attached
from ui.attachments.photo import PhotoDialog, Thumb
from ui.forms.form_dialog import FormDialog
from ui.pages.ledger_page import LedgerPage
from ui.panes.record_sections import HistoryDialog, Linked
from ui.panes.record_view import RecordView
from ui.window import MainWindow

Form = Callable[[], FormDialog]
VISIT = {
    "checked_on": "2023-05-20",
    "kind": "日常",
    "unit_name": "示例木材加工厂",
    "inspectors": "甲检查、乙检查",
}
TIP = {
    "received_on": "2023-05-20",
    "way": "电话",
    "unit_name": "示例木材加工厂",
    "content": "夜间动火作业",
    "verified": "属实",
    "informant_name": "王示例",
    "informant_phone": "13800001234",
}


def picture(colour: str) -> bytes:
    stream = BytesIO()
    Image.new("RGB", (60, 40), colour).save(stream, "PNG")
    return stream.getvalue()


def opened(window: MainWindow, ledger: str, number: int) -> LedgerPage:
    window.open_record(f"{ledger}/{number}")
    QCoreApplication.processEvents()
    page = window.page
    assert isinstance(page, LedgerPage)
    return page


def press(over: QWidget, text: str) -> None:
    QCoreApplication.processEvents()
    next(b for b in over.findChildren(QPushButton) if b.text() == text and b.isVisible()).click()
    QCoreApplication.processEvents()


def texts(over: QWidget) -> str:
    QCoreApplication.processEvents()
    return "\n".join(label.text() for label in over.findChildren(QLabel) if label.isVisible())


def attached(page: LedgerPage) -> Attached:
    QCoreApplication.processEvents()
    (found,) = (one for one in page.pane.findChildren(Attached) if one.isVisible())
    return found


class TestAttachments:
    def test_a_dropped_photo_is_asked_for_and_kept(self, window, desk, hazard, form: Form, tmp_path: Path):
        page = opened(window, "hazards", hazard)
        file = tmp_path / "现场.png"
        file.write_bytes(picture("red"))
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file))])
        drop = QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        attached(page).dropEvent(drop)
        assert form().form.raw()["label"] == "整改前照片"
        form().save()
        (row,) = desk.attachments.of("hazards", hazard)
        assert (row["name"], row["is_photo"]) == ("现场.png", True)
        assert attached(page).findChildren(Thumb)

    def test_before_and_after_stand_side_by_side(self, window, desk, hazard, seen: Seen):
        for label, colour in (("整改前照片", "red"), ("整改后照片", "green"), ("签字扫描件", "white")):
            desk.attachments.add("hazards", hazard, picture(colour), f"{label}.png", label)
        page = opened(window, "hazards", hazard)
        first, second, _ = attached(page).rows
        attached(page).open(first)
        dialog = seen(window, PhotoDialog)
        assert {"整改前照片", "整改后照片"} <= set(texts(dialog).split("\n"))
        press(dialog, "下一张")
        assert "签字扫描件" in texts(dialog)
        assert second["id"] != first["id"]
        dialog.close()

    def test_several_files_come_in_one_act_and_go_with_one_undo(self, desk, hazard):
        change = desk.attachments.add_all("hazards", hazard, [picture("red"), picture("blue")], "整改前照片")
        assert len(change.ids) == 2
        desk.undo()
        assert desk.attachments.of("hazards", hazard) == []

    def test_a_missing_file_is_told_and_breaks_nothing(self, window, desk, hazard):
        desk.attachments.add("hazards", hazard, picture("red"), "现场.png", "整改前照片")
        desk.attachments.path(desk.attachments.of("hazards", hazard)[0]).unlink()
        page = opened(window, "hazards", hazard)
        assert "文件缺失" in texts(attached(page))
        attached(page).open(attached(page).rows[0])
        assert not [box for box in window.findChildren(PhotoDialog) if box.isVisible()]

    def test_a_file_is_opened_as_a_copy_and_comes_back_as_a_new_version(
        self, window, desk, hazard, monkeypatch: pytest.MonkeyPatch
    ):
        desk.attachments.add("hazards", hazard, b"as it was", "检查记录.docx", "文件")
        opened_files: list[Path] = []
        monkeypatch.setattr(
            "ui.attachments.attached.QDesktopServices.openUrl",
            lambda url: opened_files.append(Path(url.toLocalFile())),
        )
        asked: list[str] = []

        def choose(parent: QWidget, title: str, start: str) -> tuple[str, str]:
            asked.append(start)
            return start, ""

        monkeypatch.setattr("ui.attachments.attached.QFileDialog.getOpenFileName", choose)
        page = opened(window, "hazards", hazard)
        (row,) = attached(page).rows
        attached(page).open(row)
        (copy,) = opened_files
        assert (copy.name, copy == desk.attachments.path(row)) == ("检查记录.docx", False)
        changed = copy.with_name("检查记录2.docx")
        changed.write_bytes(b"changed")
        attached(page).choose_version(row)
        assert asked == [str(changed)]
        assert [one["name"] for one in attached(page).rows] == ["检查记录.docx", "检查记录2.docx"]
        assert "是“检查记录.docx”（2023-06-01添加）的新版本" in texts(attached(page))
        attached(page).keep_version(row, copy)
        (box,) = (one for one in window.findChildren(QMessageBox) if one.isVisible())
        assert "没有修改" in box.text()
        box.close()

    def test_a_dangerous_kind_is_opened_only_after_asking(
        self, window, desk, hazard, seen: Seen, tmp_path: Path
    ):
        file = tmp_path / "安装.exe"
        file.write_bytes(b"MZ")
        desk.attachments.add("hazards", hazard, file, label="文件")
        page = opened(window, "hazards", hazard)
        attached(page).open(attached(page).rows[0])
        box = seen(window, QMessageBox)
        assert "来历不明" in box.text()
        box.reject()


class TestLinks:
    def test_they_lead_both_ways(self, window, desk: Desk, found: Row):
        unit = desk.enterprises.add({"name": found["unit_name"], "category": "企业", "sector": "工贸"}).ids[0]
        hazard = desk.hazards.add(found).ids[0]
        page = opened(window, "hazards", hazard)
        (links,) = page.pane.findChildren(Linked)
        press(links, found["unit_name"])
        assert window.page.ledger_id == "enterprises"
        (back,) = window.page.pane.findChildren(Linked)
        assert [link.id for link in back.links] == [hazard]
        assert back.links[0].ledger == "hazards"
        assert unit == window.page.pane.record["id"]


class TestHistory:
    def test_it_tells_who_changed_what_from_which_value(self, window, desk: Desk, seen: Seen):
        unit = desk.enterprises.add({"name": "示例商店", "category": "个体工商户", "sector": "工贸"}).ids[0]
        desk.enterprises.change(unit, {"principal": "甲店主"})
        desk.enterprises.change(unit, {"principal": "乙店主"})
        page = opened(window, "enterprises", unit)
        page.pane.show_history()
        told = texts(seen(window, HistoryDialog))
        assert "主要负责人：甲店主 → 乙店主" in told
        assert told.index("乙店主") < told.index("新增监管对象")


class TestWhatBecomesOfRecords:
    def test_a_finding_becomes_a_hazard_in_one_move(self, window, desk: Desk, form: Form):
        check = desk.checks.add(VISIT).ids[0]
        page = opened(window, "checks", check)
        press(page.pane, "登记发现的问题")
        told = {"level": "一般", "place": "仓库", "description": "通道堵塞"}
        form().form.put(told)
        form().save()
        assert form().form.boxes["sector"].below.text() == "请填写“行业领域”", (
            "neither check nor firm knows it"
        )
        form().form.put(told | {"kept_out": True})
        form().save()
        press(page.pane, "登记为隐患")
        assert form().form.raw()["description"] == "通道堵塞"
        form().form.editor("sector").put("工贸")
        form().save()
        (row,) = desk.hazards.select(Query())
        assert (row["check_id"], row["source"]) == (check, "执法检查")
        press(page.pane, row["number"])
        assert window.page.ledger_id == "hazards"

    def test_a_tip_becomes_a_hazard_and_a_reward(self, window, desk: Desk, form: Form):
        tip = desk.tips.add(TIP).ids[0]
        page = opened(window, "tips", tip)
        press(page.pane, "登记举报奖励")
        assert "informant_name" not in form().form.boxes
        form().form.editor("amount").put(500)
        form().save()
        (reward,) = desk.rewards.select(Query())
        assert (reward["amount"], reward["informant"]) == (500, "王**")

    def test_the_informant_is_shown_only_for_a_reason(self, window, desk: Desk, form: Form, seen: Seen):
        tip = desk.tips.add(TIP).ids[0]
        page = opened(window, "tips", tip)
        assert "王示例" not in texts(page) and "13800001234" not in texts(page)
        press(page.pane, "查看举报人")
        form().save()
        assert form().banner.isVisible() or "请写明" in texts(form())
        form().form.editor("reason").put("回访核实")
        form().save()
        dialog = seen(window, RecordView)
        assert "王示例" in texts(dialog) and "13800001234" in texts(dialog)
        dialog.close()

    def test_two_penalties_are_tied_and_untied(self, window, desk: Desk, form: Form):
        penalty = {"kind": "行政处罚", "happened_on": "2023-05-30", "reason": "未整改"}
        unit = desk.rewards.add(penalty | {"target_kind": "单位", "target": "示例木材加工厂"}).ids[0]
        person = desk.rewards.add(penalty | {"target_kind": "个人", "target": "丙负责"}).ids[0]
        page = opened(window, "rewards-penalties", person)
        press(page.pane, "关联一案双罚")
        choice = form().form.boxes["other"].field.choices[0]
        form().form.editor("other").put(choice)
        form().save()
        assert desk.rewards.get(unit)["paired"] and desk.rewards.get(person)["paired"]
        press(page.pane, "取消一案双罚")
        assert not desk.rewards.get(unit)["paired"]


@pytest.mark.parametrize("ledger", ["enterprises", "checks", "tips", "activities", "three-operations"])
def test_every_ledger_has_files_and_history(window: MainWindow, ledger: str):
    window.open_ledger(ledger, {})
    QCoreApplication.processEvents()
    page = getattr(window.page, "current", None) or window.page
    assert isinstance(page, LedgerPage)
    assert hasattr(page.ledger, "history")
