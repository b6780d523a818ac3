"""The font of the window: a Chinese one of the system, else the one that ships."""

from __future__ import annotations

import logging

from PySide6.QtGui import QFontDatabase

from hazard_desk.library.places import resources

PREFERRED = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "微软雅黑",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "SimHei",
    "SimSun",
)
SHIPPED = resources() / "fonts" / "hazard-desk-sans.ttf"
SHIPPED_FAMILY = "Hazard Desk Sans"


def chinese_family() -> str:
    """Return the family to write Chinese with; '' when none is to be had at all (text would be boxes)."""
    known = set(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))
    for family in PREFERRED:
        if family in known:
            return family
    return _shipped_family() or next(iter(sorted(known)), "")


def _shipped_family() -> str:
    if SHIPPED_FAMILY in QFontDatabase.families():
        return SHIPPED_FAMILY
    if not SHIPPED.is_file():
        logging.getLogger(__name__).info("no Chinese font in the system and none at %s", SHIPPED)
        return ""
    families = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(SHIPPED)))
    return families[0] if families else ""
