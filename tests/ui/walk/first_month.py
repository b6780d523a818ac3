"""The clerk's first month by keyboard alone: from the first start to the month that is closed.

Run as a program on a screen: the walk goes on beside the command ``hazard-desk`` itself.
"""

from __future__ import annotations

import os
import runpy
import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtWidgets import QApplication, QListView

from tests.ui.walk.walker import Walker
from ui.application import make_application

COMMAND = Path(sys.executable).with_name("hazard-desk")
FIRMS = "FIRMS_SHEET"
"""The environment names the sheet of enterprises under this name."""
ROLE = Qt.ItemDataRole.AccessibleTextRole
PLAN = "三星乡"
DESK = "三星乡应急办"
OF_PAGES = {"hazards": "ctrl+6", "enterprises": "ctrl+7"}


def walk(clerk: Walker) -> None:
    """What she does, key by key."""
    begin(clerk)
    bring_firms(clerk)
    register(clerk)
    write_one_sentence(clerk)
    take_back(clerk)
    check_with_findings(clerk)
    work_in_the_table(clerk)
    do_what_waits(clerk)
    close_the_month(clerk)
    clerk.leave("alt+F4")


def begin(clerk: Walker) -> None:
    """The first start: her office, the plan, where it is kept, where copies go; the code of the seal."""
    clerk.until_window("隐患工作台")
    take(clerk, "新建台账")
    clerk.until_at("填报单位")
    clerk.write(DESK)
    clerk.to("经办人")
    clerk.press("ctrl+a")
    clerk.write("王芳")
    take(clerk, "下一步")
    clerk.until_at("方案")
    go_to(clerk, PLAN)
    take(clerk, "下一步")
    take(clerk, "下一步")
    take(clerk, "建立台账")
    clerk.until_window("恢复码")
    take(clerk, "关闭")
    clerk.until_window(DESK)


def bring_firms(clerk: Walker) -> None:
    """The enterprises come in from the sheet that the office has, its questions answered."""
    clerk.press(OF_PAGES["enterprises"])
    clerk.until_at("新增监管对象")
    take(clerk, "导入")
    clerk.until_at("选择文件")
    clerk.press("Return")
    clerk.until_window("选择要导入的表格")
    clerk.write(os.environ[FIRMS])
    clerk.press("Return")
    clerk.until_at("以后再说")
    clerk.press("Return")
    clerk.until_at("工贸")
    clerk.press("Return")
    clerk.until_at("继续")
    clerk.press("Return")
    clerk.until_at("要导入的每一行")
    take(clerk, "导入")
    clerk.until_at("查看待补的记录")
    take(clerk, "关闭")
    clerk.until_window(DESK)


def register(clerk: Walker) -> None:
    """A hazard of a known firm, and at once what is to be done about it."""
    clerk.press(OF_PAGES["hazards"], "ctrl+n")
    clerk.until_window("新增隐患")
    take_offered(clerk, "红星")
    choose(clerk, "一般")
    choose(clerk, "企业")
    clerk.press("Return")  # the sector is known
    clerk.write("后门")
    clerk.press("Return")
    clerk.write("安全出口堵塞")
    clerk.press("ctrl+Return")
    clerk.until_window("落实“五落实”")
    clerk.write("立即清理通道")
    clerk.to("整改时限")
    clerk.write("30")
    clerk.press("ctrl+s")
    clerk.until_window(DESK)


def write_one_sentence(clerk: Walker) -> None:
    """A hazard that was mended at once, rechecked and signed off: one sentence, one form."""
    clerk.press("ctrl+shift+n")
    clerk.until_at("一句话登记")
    clerk.write("红星超市 一般 灭火器过期 当场整改 王秀")
    clerk.press("Return")
    clerk.until_window("新增隐患")
    clerk.until_at("来源")
    choose(clerk, "检查")
    clerk.press("Return")
    clerk.write("收银台")
    clerk.to("复查人")
    choose(clerk, "李明")
    choose(clerk, "合格")
    clerk.write("王芳")
    clerk.press("ctrl+s")
    clerk.until_window(DESK)


def take_back(clerk: Walker) -> None:
    """An act is taken back and done again, each by one key."""
    clerk.press("ctrl+z")
    clerk.until_seen("撤销了：")
    clerk.press("ctrl+y")
    clerk.until_seen("恢复了：")


def check_with_findings(clerk: Walker) -> None:
    """A check and what it found are one form; its page is found by words."""
    clerk.press("ctrl+k")
    clerk.until_at("查找和操作")
    clerk.write("新增 检查")
    clerk.until_seen("找到")
    clerk.press("Return")
    clerk.until_window("新增检查")
    take_offered(clerk, "加油")
    clerk.to("检查类型")
    choose(clerk, "专项")
    clerk.to("检查人")
    clerk.write("李明、周强")
    for place in ("罩棚", "配电间", "卸油口"):
        clerk.press("alt+a")
        clerk.until_at("级别")
        choose(clerk, "一般")
        clerk.write(place)
        clerk.press("Return")
        clerk.write(f"{place}没有警示标志")
    clerk.press("ctrl+s")
    clerk.until_window(DESK)


def work_in_the_table(clerk: Walker) -> None:
    """A cell is mended where it stands; two rows that are chosen get one form."""
    clerk.press(OF_PAGES["hazards"])
    clerk.until_at("隐患台账")
    clerk.press("Home", "Right", "Right", "F2")
    clerk.until_at("隐患描述")
    clerk.press("End")
    clerk.write("，已张贴提示")
    clerk.press("Return")
    clerk.until_seen("已保存：")
    clerk.until_at("隐患台账")
    clerk.press("shift+Down", "shift+F10")
    clerk.until_at("QMenu")
    clerk.press("Return")
    clerk.until_window("隐患2条")
    clerk.to("整改措施")
    clerk.write("补设标志")
    clerk.to("整改时限")
    clerk.write("明天")
    clerk.press("ctrl+s")
    clerk.until_seen("2条隐患")


def do_what_waits(clerk: Walker) -> None:
    """What waits on the first page is done there; what can wait until tomorrow leaves it for today."""
    clerk.press("ctrl+1")
    clerk.until_at("今天要办的事项")
    go_to(clerk, "卸油口", "j")
    clerk.press("Return")
    clerk.until_window("落实“五落实”")
    clerk.to("整改措施")
    clerk.write("补设标志")
    clerk.to("整改时限")
    clerk.write("明天")
    clerk.press("ctrl+s")
    clerk.until_window(DESK)
    clerk.until(lambda: "卸油口" not in _chosen(), "the next line is chosen")
    go_to(clerk, "监管对象有3条")
    clerk.press("1")
    clerk.until_seen("已推后 1")


def close_the_month(clerk: Walker) -> None:
    """From what is to be reported, as the first page has it, to the draft of the e-mail."""
    clerk.press("ctrl+1")
    clerk.until_at("今天要办的事项")
    go_to(clerk, "调度表")
    clerk.press("Return")
    clerk.until_window("月报向导")
    clerk.until_at("上报")
    clerk.press("ctrl+Return")
    clerk.until_at("做邮件草稿")
    clerk.press("ctrl+Return")
    clerk.until_at("完成")
    clerk.press("Return")
    clerk.until_window(DESK)


def go_to(clerk: Walker, words: str, key: str = "Down") -> None:
    """Go down the list with the focus to the line with these words."""
    clerk.until(lambda: any(words in line for line in _lines()), f"a line with {words}")
    clerk.press("Home")
    for _ in clerk.ask(_lines):
        if words in clerk.ask(_chosen):
            return
        clerk.press(key)
    raise AssertionError(f"{words} is not reached with {key}")


def take(clerk: Walker, button: str) -> None:
    """Go to a button by Tab and press it."""
    clerk.to(button)
    clerk.press("Return")


def choose(clerk: Walker, words: str) -> None:
    """Write what finds a choice, and take it: the cursor goes on."""
    clerk.write(words)
    clerk.press("Return")


def take_offered(clerk: Walker, words: str) -> None:
    """Write what finds a known name and take the one offered: what is only written stays as it is."""
    clerk.write(words)
    clerk.until(_dropped, f"the list for {words}")
    clerk.press("Down", "Return")


def _dropped() -> bool:
    """Whether a list has dropped down."""
    return any(isinstance(one, QListView) and one.isVisible() for one in QApplication.topLevelWidgets())


def _lines() -> list[str]:
    """Return what the lines of the list with the focus say."""
    widget = QApplication.focusWidget()
    model = widget.model() if isinstance(widget, QListView) else None
    return [_said(model.index(row, 0)) for row in range(model.rowCount())] if model else []


def _chosen() -> str:
    """Return what the chosen line of it says."""
    widget = QApplication.focusWidget()
    return _said(widget.currentIndex()) if isinstance(widget, QListView) else ""


def _said(index: QModelIndex) -> str:
    return str(index.data(ROLE) or index.data())


def main() -> None:
    """Start the program as she does, and walk."""
    make_application(offscreen_allowed=False)
    walker = Walker()
    QTimer.singleShot(0, partial(walker.start, walk))
    sys.argv[0] = str(COMMAND)
    runpy.run_path(str(COMMAND), run_name="__main__")


if __name__ == "__main__":
    main()
