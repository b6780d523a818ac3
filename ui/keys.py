"""The keys of the window, declared once: for the shortcuts, the tips and the help page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Key:
    """A key, '' for an act that has none, and what it does: ``does`` is the name of a method of the page, or
    ``of_window`` of the window. ``name`` is what Ctrl+K and its button call it, '' where neither needs it."""

    keys: str
    text: str
    does: str = ""
    name: str = ""
    of_window: bool = False

    @property
    def tip(self) -> str:
        """What the button says that does it."""
        return f"{self.name}（{self.keys}）" if self.keys else self.name


NEW = Key("Ctrl+N", "新增一条；在方案任务页为登记工作记录", "start_new")
CAPTURE = Key(
    "Ctrl+Shift+N",
    "一句话登记：写一句话，核对以后打开登记表",
    does="capture",
    name="一句话登记",
    of_window=True,
)
FIND = Key("Ctrl+F", "把光标放到查找框", "start_search")
FIND_ALL = Key(
    "Ctrl+K",
    "查找记录、页面、操作、文书：复查 红星、打印 通报",
    does="find_all",
    name="查找和操作",
    of_window=True,
)
EXPORT = Key("Ctrl+E", "把当前筛选出的记录导出为电子表格", "export")
PRINT = Key("Ctrl+P", "打印：预览、打印、保存各类材料", "print_papers", "打印材料", True)
CLOSE_MONTH = Key("Ctrl+M", "月报向导：核对、上报、做邮件草稿，一步一步办", "close_month", "月报向导", True)
UNDO = Key("Ctrl+Z", "撤销上一步操作，可连按", "undo", "撤销上一步", True)
REDO = Key("Ctrl+Y", "恢复刚才撤销的操作，也可按 Ctrl+Shift+Z", "redo", "恢复撤销的操作", True)
HISTORY = Key("Ctrl+H", "操作记录：某一天办过的事，可以撤销其中任何一项", "show_acts", "操作记录", True)
LOCK = Key(
    "Ctrl+L",
    "锁定窗口，输入锁屏密码才能打开；没有设锁屏密码的，先设一个",
    does="lock",
    name="锁定窗口",
    of_window=True,
)
REFRESH = Key("F5", "刷新当前页", "refresh")
HELP = Key("F1", "打开帮助", "show_help", "使用手册", True)
NEXT_PART = Key(
    "F6",
    "到窗口的下一部分：顶栏、左侧导航、页面上方、列表、详情；Shift+F6 回上一部分",
    does="next_part",
    of_window=True,
)
BACK = Key("Esc", "关闭表单；窗口较窄时从详情返回列表", "go_back")

WINDOW_KEYS = (
    NEW,
    CAPTURE,
    FIND,
    FIND_ALL,
    EXPORT,
    PRINT,
    CLOSE_MONTH,
    UNDO,
    REDO,
    HISTORY,
    LOCK,
    REFRESH,
    NEXT_PART,
    HELP,
    BACK,
)

COPIES = Key("", "", "show_copies", "备份与恢复", True)
CHECK = Key("", "", "check", "校验台账", True)
DESKS = Key("", "", "show_desks", "打开其他台账", True)
SEAL = Key("", "", "show_seal", "举报人信息保护", True)
SETTINGS = Key("", "", "change_settings", "设置", True)

WINDOW_ACTS = tuple(
    key
    for key in (*WINDOW_KEYS, COPIES, CHECK, DESKS, SEAL, SETTINGS)
    if key.of_window and key.name and key is not FIND_ALL
)
"""What the window itself does, as Ctrl+K offers it and the buttons of the bar are called."""

BAR_TOOLS = (
    (FIND_ALL, "search"),
    (COPIES, "backup"),
    (DESKS, "folder"),
    (SEAL, "seal"),
    (SETTINGS, "settings"),
    (UNDO, "undo"),
    (HISTORY, "history"),
    (HELP, "help"),
)
"""What the bar has a button for, and its picture."""

FORM_KEYS = (
    Key("Enter", "到下一栏，Shift+Enter 回上一栏（多行文字中 Enter 为换行，用 Tab 到下一栏）"),
    Key("Tab", "到下一栏；Shift+Tab 回上一栏"),
    Key("Alt+↓", "列出可选的内容，日期栏打开日历；打几个字或拼音首字母就只列合适的，Enter 选中"),
    Key("Ctrl+S", "保存"),
    Key("Ctrl+Enter", "保存并办下一步：登记或办理隐患后，接着打开下一步的表单"),
    Key("Ctrl+Shift+Enter", "保存并新增：单位、日期、人员留在表单里，结论不留"),
    Key("Alt+A", "登记检查时，加一个发现的问题"),
    Key("Esc", "取消；有未保存的内容时会先询问"),
)

TABLE_KEYS = (
    Key("Enter", "打开选中的记录"),
    Key("F2", "就地修改光标所在的一格，也可双击；Enter 保存并到下一行，Tab 保存并改下一格，Esc 放弃"),
    Key("Alt+Enter", "就地修改长文字时换行"),
    Key("Shift+方向键", "连续选择；Shift+空格选整行，Ctrl+A 全选"),
    Key("Ctrl+空格", "加选或取消一行，先用 Ctrl+↑、Ctrl+↓ 移到那一行；也可按住 Ctrl 单击"),
    Key("Ctrl+C", "复制选中的单元格，可粘贴到 WPS"),
    Key("Ctrl+V", "粘贴单元格：先列出会改的内容，确认后才改"),
    Key("Ctrl+D", "把选中各行的第一行内容填到下面各行"),
    Key("Alt+← Alt+→", "把光标所在的栏目左移、右移；也可拖动栏目标题，在标题上单击右键可隐藏、冻结"),
    Key("Shift+F10", "打开选中记录的菜单，也可按菜单键或单击鼠标右键"),
)

PAGE_KEYS = tuple(f"Ctrl+{number}" for number in range(1, 10))
"""One for each page, in the order of the navigation."""
