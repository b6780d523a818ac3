"""A desk with very many hazards, made by copying the rows of a few real ones inside SQLite."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hazard_desk.desk import Desk

TODAY = date(2023, 10, 20)
_PLACES = ("配电室", "仓库", "厨房", "加工车间", "疏散通道", "储油罐区", "施工脚手架", "锅炉房")


def make_many(folder: Path, hazards: int) -> None:
    """Make a desk in ``folder`` with ``hazards`` hazards, a multiple of 8, in different states."""
    with Desk.create(folder, "sanxiang-2023", today=TODAY) as desk:
        for serial, place in enumerate(_PLACES):
            change = desk.hazards.add(
                {
                    "level": "重大" if serial == 0 else "一般",
                    "criterion": "工贸企业重大事故隐患判定标准",
                    "source": ("企业自查", "执法检查", "群众举报", "上级交办")[serial % 4],
                    "sector": ("工贸", "消防", "学校", "危险化学品")[serial % 4],
                    "unit_name": f"三星乡示例单位{serial}",
                    "place": place,
                    "description": f"{place}线路老化，未穿管保护，存在起火风险",
                    "found_on": f"2023-06-{serial + 1:02}",
                }
            )
            if serial % 2:
                five = {
                    "responsible": "张三",
                    "measures": "更换线路",
                    "funds": "1",
                    "contingency": "断电撤人",
                }
                day = f"2023-06-{serial + 2:02}"
                desk.hazards.step(
                    change.ids[0], "committed", five | {"deadline": "2023-09-01", "happened_on": day}
                )
        multiply(desk, hazards, days=100)


def multiply(desk: Desk, hazards: int, days: int) -> None:
    """Copy the hazards of a desk with their course, each as often as all others, until there are so many.

    The copies are spread over so many days, the latest so much later than what is copied.

    A copy comes from no check and no tip, which would have hundreds of them.
    Done while the desk is open, as its own writing: what changes a closed desk is told of as damage.
    """
    link = desk.cabinet.db.link()
    (step,) = link.execute("SELECT MAX(id) FROM hazard").fetchone()
    copied = "WITH RECURSIVE copies(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copies WHERE n < ?) "
    later = f"date({{}}, '+' || (n % {days}) || ' days')"
    changed = {
        "hazard": {
            "id": f"id + n * {step}",
            "serial": f"serial + n * {step}",
            "number": f"'三星隐患〔2023〕' || (serial + n * {step}) || '号'",
            "found_on": later.format("found_on"),
            "check_id": "NULL",
            "tip_id": "NULL",
        },
        "hazard_event": {
            "id": "NULL",
            "hazard_id": f"hazard_id + n * {step}",
            "happened_on": later.format("happened_on"),
        },
        "hazard_past": {
            "id": "NULL",
            "hazard_id": f"hazard_id + n * {step}",
            "since": later.format("since"),
            "until": later.format("until"),
        },
    }
    with desk.cabinet.together():
        for table, moved in changed.items():
            names = [row[1] for row in link.execute(f"PRAGMA table_info({table})")]
            wanted = {name: moved.get(name, name) for name in names}
            link.execute(
                f"{copied} INSERT INTO {table} ({', '.join(wanted)}) "
                f"SELECT {', '.join(wanted.values())} FROM copies, (SELECT * FROM {table})",
                (hazards // step - 1,),
            )
