"""Pictures of what keeps the desk safe: copies of every kind, a password, the first page when it warns."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from hazard_desk.errors import Fault
from hazard_desk.store.copies.list import Copy
from hazard_desk.store.copies.places import HOME
from hazard_desk.store.rescue.situation import Plight, Situation
from ui.copies.checking import Findings, FoundDialog
from ui.copies.dialog import CopiesDialog
from ui.copies.leaving import LeavingNote
from ui.copies.making import PortableDialog
from ui.copies.reading import KeptCopies
from ui.pages.desk_page import DeskPage
from ui.rescue.dialog import RescueDialog
from ui.settings.dialog import SettingsDialog
from ui.shots.camera import Camera
from ui.window import MainWindow

_STICK = Path("E:/隐患工作台备份-1f0c77aa")
_REMARK = "U盘插着时自动备份，备份完可以拔出。"
_DAY = "今天办了3件：登记隐患；复查2条。\n明天1件：长岭农贸市场举报；还没有办的36件。"
_PLAIN = "最多丢失：今天的3项（登记隐患、办理整改、登记检查）"
_AMBER = "最多丢失：10月17日以来的12项，已有3天没有备份"
_RED = "最多丢失：10月11日以来的46项，已有9天没有备份"
_FAILED = "2023-10-20 08:31自动备份时，本机已备份；U盘没有备份成：“E:/备份”磁盘已满，请清理后再试"
_DAMAGED = "“D:/台账”里的台账数据文件已损坏，可以恢复最近的备份，或抢救还能读出的内容"
_MISSING = "缺少10月20日08:31之后的5项操作，请用最近的备份恢复；找不回来的，可以在确认后继续使用"
_FAULTS = (
    "2023-06-14添加的附件“整改后.jpg”（整改后照片）的文件缺失，请用备份恢复",
    "2023-08-02添加的附件“约谈记录.docx”（文书）的文件已损坏（与添加时不一致），请用备份恢复",
)


def visit_safety(camera: Camera) -> None:
    """Take the pictures; nothing is written to the desk."""
    window = camera.window
    window.go(0)
    page = window.page
    assert isinstance(page, DeskPage)
    for name, kept in _mornings(window).items():
        page.show_kept(kept)
        page.line.show()
        camera.shoot(f"desk-{name}")
    page.refresh()
    _visit_copies(camera, window)
    portable = PortableDialog(window.office, window)
    portable.file.setText("E:/三星乡应急办备份-2023-10-20.zip")
    portable.open()
    camera.shoot("copies-to-file", portable)
    portable.password.setText("三星乡应急办2023")
    portable.again.setText("三星乡应急办")
    portable.go()
    camera.shoot("copies-password", portable)
    camera.close(portable)
    record = f"{window.office.desk.hazards.id}/1"
    faults: list[str] = [Fault(said, record) for said in _FAULTS]
    for name, found in (("nothing", Findings([], [], 8)), ("faults", Findings(faults, [_FAILED], 7))):
        dialog = FoundDialog(found, window)
        dialog.open()
        camera.shoot(f"check-{name}", dialog)
        camera.close(dialog)
    settings = SettingsDialog(window.office, window.locker, window)
    settings.open()
    camera.settle()
    settings.second.show_place(_STICK, _REMARK)
    for row in range(settings.pages.count()):
        settings.pages.setCurrentRow(row)
        camera.shoot(f"settings-{row + 1}", settings)
    camera.close(settings)
    note = LeavingNote()
    note.tell_day([_DAY])
    note.show()
    camera.shoot("copies-leaving", note)
    camera.close(note)
    _visit_rescue(camera, window)


def _visit_copies(camera: Camera, window: MainWindow) -> None:
    """The table: empty, with eight copies, on one that is damaged and on one of version 0.3.0."""
    window.show_copies()
    copies = next(one for one in window.findChildren(CopiesDialog) if one.isVisible())
    camera.settle()
    camera.shoot("copies-none", copies)
    copies.view.show_kept(KeptCopies(_copies(window), _STICK, _REMARK, _PLAIN, ""))
    for row, name in ((0, "copies"), (4, "copies-faulty"), (7, "copies-clear")):
        copies.view.table.selectRow(row)
        camera.shoot(name, copies)
    camera.close(copies)


def _visit_rescue(camera: Camera, window: MainWindow) -> None:
    """The rescue room: with copies, without any, where acts are missing."""
    office = window.office
    for name, kind, sentence, copies in (
        ("damaged", Plight.DAMAGED, _DAMAGED, _copies(window)),
        ("no-copies", Plight.DAMAGED, _DAMAGED, []),
        ("missing", Plight.LOST, _MISSING, _copies(window)),
    ):
        room = RescueDialog(office.desk.folder, office.today, sentence, window, office.jobs)
        room.open()
        camera.settle()
        room.show_found((Situation(kind, sentence), copies))
        camera.shoot(f"rescue-{name}", room)
        camera.close(room)


def _mornings(window: MainWindow) -> dict[str, KeptCopies]:
    """The first page in each tone."""
    copies = _copies(window)
    return {
        "at-risk": KeptCopies(copies, _STICK, _REMARK, _PLAIN, ""),
        "amber": KeptCopies(copies, _STICK, _REMARK, _AMBER, "amber"),
        "red": KeptCopies(copies, None, "", _RED, "red"),
    }


def _copies(window: MainWindow) -> list[Copy]:
    """Eight copies: proved and not, damaged, lost, behind a password, of version 0.3.0."""
    now = window.office.desk.cabinet.clock.now.replace(hour=8, minute=31, second=5, microsecond=0)
    home, stick, share = window.office.desk.folder / "backups", _STICK, Path("//fwq/应急办/备份")
    made: list[Copy] = []
    for days, place, within, more in (
        (0, home, HOME, Copy(now, home, home, proved=now)),
        (0, stick, "stick", Copy(now, home, home, proved=now)),
        (1, home, HOME, Copy(now, home, home, proved=now)),
        (1, share, "share", Copy(now, home, home, there=False, proved=now)),
        (3, home, HOME, Copy(now, home, home, faults=("附件“整改后.jpg”（整改后照片）的文件缺失",))),
        (9, Path("D:/交接"), "", Copy(now, home, home, locked=True, proved=now)),
        (40, stick, "stick", Copy(now, home, home, there=False, gone=True)),
        (120, Path("D:/存档"), "", Copy(now, home, home)),
    ):
        at = now - timedelta(days=days)
        file = place / f"desk-{at:%Y%m%d-%H%M%S}.zip"
        portable = not within
        made.append(
            Copy(
                at,
                file,
                place,
                within,
                15 if days < 100 else 13,
                5312 - 40 * days,
                "",
                5312 - 30 * days,
                214,
                (1_310_000_000 if portable else 12_900_000) - days * 90_000,
                more.proved and at,
                more.faults,
                portable,
                more.locked,
                more.there,
                more.gone,
            )
        )
    return made
