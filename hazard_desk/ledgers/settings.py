"""The desk's own settings: the office, who keeps the desk, how hazards are numbered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Field, Row, read_all
from hazard_desk.rules.identifiers import hazard_number
from hazard_desk.store.acts import Change
from hazard_desk.store.cabinet import Cabinet


def check_pattern(pattern: str) -> None:
    """Raise ``Refused`` unless ``pattern`` numbers two hazards of one year differently."""
    try:
        made = {hazard_number(pattern, year, serial) for year in (2023, 2024) for serial in (1, 2)}
    except (ValueError, KeyError, IndexError, AttributeError):
        made = set()
    if len(made) != 4:
        raise Refused(
            "须含有 {year}（年份）和 {seq}（流水号，{seq:03} 为三位），例如 隐患〔{year}〕{seq:03}号"
        )


class Settings:
    """What the clerk sets once. Each field is a setting of the same name."""

    fields = (
        Field("office", "填报单位", required=True, width=14, help="印在台账和报表上的单位名称"),
        Field("clerk", "经办人", required=True, width=6, help="记在每一条办理记录上"),
        Field(
            "hazard_number",
            "隐患编号样式",
            required=True,
            width=16,
            check=check_pattern,
            help="已编的号不变，新登记的按新样式",
        ),
    )

    def __init__(self, cabinet: Cabinet) -> None:
        self.cabinet = cabinet

    def get(self) -> Row:
        """Return the settings by field name."""
        return {field.name: self.cabinet.setting(field.name) for field in self.fields}

    def change(self, values: Mapping[str, Any]) -> Change:
        """Set the given settings; those not in ``values`` stay. Raises ``RefusedFields``."""
        row = read_all(self.fields, self.get() | dict(values), self.cabinet.clock.today)
        with self.cabinet.act("settings.change", "settings") as act:
            for name, value in row.items():
                self.cabinet.set(act, name, value)
            act.done("修改设置")
        return act.result
