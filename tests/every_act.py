"""Every act of every book, once each, on a desk that holds what they need: for what is true of all acts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from hazard_desk.books.checks.findings import enter_check, note_finding
from hazard_desk.books.hazards.same_day import register_hazard
from hazard_desk.books.hazards.steps import Steps
from hazard_desk.books.kit.query import Query
from hazard_desk.books.postponed import PutOff
from hazard_desk.books.registers import RegisterLedger
from hazard_desk.desk import Desk
from hazard_desk.figures.progress.filling import fill, submit
from hazard_desk.library.plan_file import bundled_plans, load_plan
from hazard_desk.library.plans import Plan
from hazard_desk.library.progress_forms import find_progress_form
from hazard_desk.papers.own.keeping import OwnFile
from hazard_desk.rules.fields import Row
from hazard_desk.sheets.importing import OnExisting, run_import
from hazard_desk.sheets.opening import open_pasted
from hazard_desk.sheets.questions import Answers
from hazard_desk.store.acts import Change
from tests.papers.own.word import content_of, of_paragraphs

UNIT = "示例木材加工厂"
SHOP = {"name": UNIT, "category": "企业", "sector": "工贸"}
FOUND: Row = {
    "level": "一般",
    "source": "执法检查",
    "sector": "工贸",
    "unit_name": UNIT,
    "place": "加工车间",
    "description": "电线私拉乱接",
    "found_on": "2023-05-20",
    "inspectors": "甲检查、乙检查",
}
RECTIFIED = {"happened_on": "2023-05-20", "rectified_by": "丁整改"}
MENDED: Row = {
    "on_the_spot": True,
    "rectified_by": "丁整改",
    "rechecked_by": "甲检查",
    "recheck_finding": "已整改",
}
VISIT: Row = {"checked_on": "2023-05-20", "kind": "日常", "unit_name": UNIT, "inspectors": "甲检查、乙检查"}
PROBLEM: Row = {"level": "一般", "place": "仓库", "description": "通道堵塞"}
TIP = {"received_on": "2023-05-20", "way": "电话", "unit_name": UNIT, "content": "消防通道堵塞"}
TRUE = TIP | {"verified": "属实", "informant_name": "王示例", "informant_phone": "13800005678"}
FINE = {"kind": "行政处罚", "target": UNIT, "happened_on": "2023-05-25", "reason": "未按要求整改"}
LETTER = FINE | {"kind": "督办函", "target_kind": "单位", "reason": "进度偏慢"}
ACTIVITY = {"kind": "五进宣传", "title": "进村入户宣传", "held_on": "2023-05-25", "level": "镇"}
OWN_DUTY = {"title": "每月上报进展情况", "rule": "每月28日前", "fulfilled_by": "报送进展情况调度表（方山县）"}
FESTIVAL = {"title": "节假日前检查", "trigger": "节假日前", "fulfilled_by": "节前检查"}
STORM = {"name": "暴雨", "happened_on": "2023-05-30", "due": "2023-05-31"}
OF_2030 = "劳动节：5月1日至3日放假调休，共3天。4月28日（星期日）上班。"
COLUMNS: list[Row] = [
    {"label": "单位名称", "kind": "text", "required": True},
    {"label": "材质", "kind": "text"},
]
FORM: Row = {"form": "fangshan-2023", "as_of": date(2023, 6, 1), "group": "", "reading": "累计"}
REGISTER = "experts"
PART = {"text": "组织各村学习", "leads": "应急办"}
INSPECTION = ("党政主要负责人每月实地督导检查", "2023-05-31")
FIVE = ("每月“五进”宣传活动", "2023-05-31")


def furnish(desk: Desk) -> None:
    """Enter what the acts are about: the first record of a book is the plain one, the second what is said."""
    desk.enterprises.add(SHOP)
    desk.enterprises.add(SHOP | {"name": "无人提及的商店"})
    for more in ({}, {}, {"level": "重大", "criterion": "判定标准第三条"}):
        desk.hazards.add(FOUND | more)
    desk.hazards.step(2, "rectified", RECTIFIED)
    for _ in range(2):
        desk.checks.add(VISIT)
        desk.checks.add_finding(1, PROBLEM)
    desk.tips.add(TIP)
    desk.tips.add(TRUE)
    people = {"target_kind": "个人", "target": "丙负责"}
    for row in ({"target_kind": "单位"}, people, {"target_kind": "单位"}, people, LETTER):
        desk.rewards.add(FINE | row)
    desk.rewards.pair(3, 4)
    desk.activities.add(ACTIVITY)
    desk.enterprise_duties.add({"unit_name": UNIT, "duty": "应急演练", "state": "已落实"})
    desk.enterprise_duties.add(
        {"unit_name": UNIT, "duty": "教育培训", "state": "部分落实", "next_due": "2023-05-30"}
    )
    desk.books.postponed.silence([PutOff("示例", ("task tasks/1 2023-06-30",))], "另行办理")
    desk.rewording.use("rectification-plan", desk.rewording.text("rectification-plan") + "请按期完成。\n")
    desk.documents.add({"kind": "提醒函", "title": "示例", "issued_on": "2023-05-30"})
    desk.attachments.add("hazards", 1, b"text", "a.txt")
    desk.registers.create("梯子台账", COLUMNS, "梯子")
    register(desk).add(entered(desk))
    desk.books.units.add({"name": "甲村", "kind": "村（社区）"})
    desk.duties.add(OWN_DUTY)
    desk.duties.add(FESTIVAL)
    desk.duties.trigger(duty(desk, FESTIVAL["title"]), STORM)
    desk.duties.tick(duty(desk, FIVE[0]), "2023-06-30", {"happened_on": "2023-05-30", "note": "已办"})
    desk.duties.end(duty(desk, OWN_DUTY["title"]), date(2023, 5, 31), "不再报送")
    desk.holidays.enter_notice(OF_2030, 2030)
    desk.views.save("hazards", "逾期", Query(where={"overdue": "是"}))
    desk.submissions.override(FORM | {"item": "1.2", "value": 1, "reason": "补报"})
    desk.task_edits.withdraw(task(desk, 12), {"withdrawn_on": "2023-06-01", "withdrawn_why": "重复"})
    desk.part_edits.add(task(desk, 1), PART)
    desk.plans.enter(other_plan(), switch=False)


def register(desk: Desk) -> RegisterLedger:
    return desk.registers.ledgers()[REGISTER]


def entered(desk: Desk) -> dict[str, str]:
    fields = [field for field in register(desk).fields if field.required]
    return {field.name: field.choices[0] if field.choices else "示例" for field in fields}


def duty(desk: Desk, title: str) -> int:
    number = desk.duties.find(title)
    assert number is not None
    return number


def task(desk: Desk, number: int) -> int:
    (found,) = [row.id for row in desk.tasks.all_rows() if row.number == number]
    return found


def other_plan() -> Plan:
    return load_plan(next(file for name, file in sorted(bundled_plans().items()) if name != "sanxiang-2023"))


def part(desk: Desk) -> tuple[int, int]:
    """Return a task and a part of it."""
    number = task(desk, 1)
    return number, desk.tasks.get(number).parts[0].id


def settled(desk: Desk) -> Change:
    (row,) = [row for row in desk.tasks.all_rows() if row["number"] == 4]
    answer = {"answer": "按全乡合计", "by": "肖永富"}
    return desk.task_edits.settle(row.id, row.doubts[0], answer)


def renamed(desk: Desk) -> Change:
    first = desk.groups.groups()[0]
    return desk.groups.change_group(first.id, {"name": "工作专班"})


def imported(desk: Desk, ledger: str, row: Mapping[str, str], chosen: str) -> Change:
    """Take a row in from a file of another office, whose last column the clerk says is ``chosen``."""
    book = Workbook()
    assert book.active is not None
    book.active.append(list(row))
    book.active.append(list(row.values()))
    file = desk.folder / "来表.xlsx"
    book.save(file)
    answers = Answers(columns={list(row)[-1]: chosen})
    incoming = desk.sheets.incoming(ledger, file).answered(answers)
    change = run_import(desk.books, incoming, OnExisting.NEW).change
    assert change is not None
    return change


def form_filled(desk: Desk) -> Change:
    """Fill a blank form of another office."""
    book = Workbook()
    assert book.active is not None
    book.active.append(["隐患情况统计表"])
    book.active.append(["指标", "数量"])
    book.active.append(["排查隐患数（条）"])
    book.active["B3"].number_format = "0"
    blank = desk.folder / "空表.xlsx"
    book.save(blank)
    change = desk.sheets.keep_filled(desk.sheets.filled(blank), desk.folder / "填好的表.xlsx")
    assert change is not None
    return change


def pasted(desk: Desk) -> Change:
    text = "单位名称\t类别\t行业领域\n贴一厂\t企业\t工贸"
    change = run_import(desk.books, open_pasted(desk.books, desk.enterprises, text)).change
    assert change is not None
    return change


RETOLD = {
    "级别": "一般",
    "来源": "企业自查",
    "行业领域": "工贸",
    "隐患部位": "车间",
    "隐患描述": "通道堵塞",
    "发现日期": "2023-05-20",
    "整改完成日期": "2023-05-20",
    "某人": "丙",
}
GUEST = {"role": "成员", "person": "新任甲", "post": "副乡长", "starts_on": "2023-05-25"}
NEW_TASK = {"key_task": "3．强化宣传力度", "text": "开展咨询日活动。", "deadline_text": "6月16日前"}
WITHDRAWN = {"withdrawn_on": "2023-06-01", "withdrawn_why": "重复"}

LINE = PutOff("复查", ("recheck hazards/2 待复查",))

ACTS: dict[str, Callable[[Desk], Change]] = {
    "a line of the inbox put off": lambda desk: desk.books.postponed.put_off([LINE], "2023-06-05"),
    "a line of the inbox silenced": lambda desk: desk.books.postponed.silence([LINE], "县局接办"),
    "a line of the inbox brought back": lambda desk: desk.books.postponed.bring_back([1]),
    "the words of a paper changed": lambda desk: desk.rewording.use(
        "sign-in", desk.rewording.text("sign-in").replace("会议签到表", "活动签到表")
    ),
    "words of a paper changed again": lambda desk: desk.rewording.use(
        "rectification-plan", desk.rewording.text("rectification-plan") + "特此报告。\n"
    ),
    "a paper said by a Word file": lambda desk: desk.rewording.use_file(
        "通知", OwnFile("通知.docx", content_of(of_paragraphs("«隐患.编号»")), "hazards")
    ),
    "a text replaced by a Word file": lambda desk: desk.rewording.use_file(
        "rectification-plan", OwnFile("方案.docx", content_of(of_paragraphs("«隐患.编号»")), "hazards")
    ),
    "the words of a paper brought back": lambda desk: desk.rewording.go_back("rectification-plan"),
    "firms urged together": lambda desk: desk.books.urging.urge_firms([2]),
    "an enterprise entered": lambda desk: desk.enterprises.add(SHOP | {"name": "示例商店"}),
    "an enterprise changed": lambda desk: desk.enterprises.change(1, {"name": "改名的厂"}),
    "an enterprise removed": lambda desk: desk.enterprises.remove(2),
    "enterprises changed together": lambda desk: (
        desk.enterprises.change_many({1: {"phone": "13800001111"}, 2: {"phone": "13800001112"}}).change
    ),
    "enterprises removed together": lambda desk: desk.enterprises.remove_many([1, 2]).change,
    "an enterprise merged into another": lambda desk: desk.enterprises.merge([1], 2),
    "a name that is no enterprise's": lambda desk: desk.enterprises.no_firm("村道三公里处"),
    "records linked to their enterprises": lambda desk: desk.enterprises.link_all(),
    "an enterprise's duty entered": lambda desk: desk.enterprise_duties.add(
        {"unit_name": UNIT, "duty": "应急预案", "state": "未落实"}
    ),
    "an enterprise's duty changed": lambda desk: desk.enterprise_duties.change(1, {"state": "未落实"}),
    "an enterprise's duty removed": lambda desk: desk.enterprise_duties.remove(1),
    "a hazard registered": lambda desk: desk.hazards.add(FOUND),
    "a hazard settled on its day": lambda desk: register_hazard(desk.hazards, FOUND | MENDED),
    "a registration corrected": lambda desk: desk.hazards.change(1, {"place": "二车间"}),
    "registrations corrected together": lambda desk: (
        desk.hazards.change_many({1: {"place": "二车间"}, 2: {"place": "三车间"}}).change
    ),
    "a step": lambda desk: desk.hazards.step(1, Steps.RECTIFIED.kind, RECTIFIED),
    "a step for many": lambda desk: desk.books.issuing.step_many([1], Steps.RECTIFIED.kind, RECTIFIED).change,
    "a document about another": lambda desk: desk.documents.also_about(1, "hazards/1", "示例隐患"),
    "a step corrected": lambda desk: desk.hazards.correct(2, 2, {"rectified_by": "戊"}),
    "a step withdrawn": lambda desk: desk.hazards.withdraw(2),
    "a hazard voided": lambda desk: desk.hazards.step(
        1, Steps.VOIDED.kind, {"happened_on": "2023-05-30", "note": "录错"}
    ),
    "a foreign form filled": form_filled,
    "hazards imported": lambda desk: imported(desk, "hazards", RETOLD, "rectified_by"),
    "a check entered": lambda desk: desk.checks.add(VISIT | {"kind": "专项"}),
    "a check entered with what it found": lambda desk: enter_check(
        desk.checks, {**VISIT, "kind": "突击", "sector": "工贸", "found": [PROBLEM, {**PROBLEM, **MENDED}]}
    ),
    "a check changed": lambda desk: desk.checks.change(1, {"situation": "已整改"}),
    "a check removed": lambda desk: desk.checks.remove(2),
    "a finding noted": lambda desk: desk.checks.add_finding(2, PROBLEM),
    "a finding noted with its hazard": lambda desk: note_finding(
        desk.checks, 2, PROBLEM | {"kept_out": True}
    ),
    "a finding made a hazard": lambda desk: desk.checks.make_hazard(1, {"sector": "工贸"}),
    "a tip entered": lambda desk: desk.tips.add(TRUE),
    "a tip changed": lambda desk: desk.tips.change(1, {"verified": "不属实"}),
    "a tip removed": lambda desk: desk.tips.remove(2),
    "a tip made a hazard": lambda desk: desk.tips.make_hazard(
        2, {"level": "一般", "sector": "消防", "place": "后门"}
    ),
    "a tip's reward": lambda desk: desk.tips.make_reward(2, {"amount": "500"}),
    "an informant shown": lambda desk: desk.tips.reveal(2, "回访")[1],
    "an informant erased": lambda desk: desk.erasing.erase("tips", 2, "保存期满"),
    "the recovery code typed": lambda desk: desk.seal.unlock(desk.seal.code),
    "the recovery code shown": lambda desk: desk.seal.show(str),
    "the recovery code printed": lambda desk: desk.seal.print(str),
    "a PIN chosen": lambda desk: desk.pin.choose("8462", "8462"),
    "a PIN given up": lambda desk: desk.pin.remove(),
    "a penalty entered": lambda desk: desk.rewards.add(FINE | {"target_kind": "单位"}),
    "a penalty changed": lambda desk: desk.rewards.change(1, {"amount": "2"}),
    "a penalty removed": lambda desk: desk.rewards.remove(1),
    "penalties paired": lambda desk: desk.rewards.pair(1, 2),
    "penalties unpaired": lambda desk: desk.rewards.unpair(3),
    "an activity entered": lambda desk: desk.activities.add(ACTIVITY),
    "an activity changed": lambda desk: desk.activities.change(1, {"title": "进企业"}),
    "an activity removed": lambda desk: desk.activities.remove(1),
    "a document registered": lambda desk: desk.documents.add(
        {"kind": "提醒函", "title": "另一份", "issued_on": "2023-05-31"}
    ),
    "an old document registered": lambda desk: desk.documents.add(
        {"kind": "提醒函", "title": "以前的", "issued_on": "2023-05-01", "seq": "9"}
    ),
    "a document changed": lambda desk: desk.documents.change(1, {"title": "改过"}),
    "a document voided": lambda desk: desk.documents.void(1, "有误"),
    "documents voided together": lambda desk: desk.documents.void_many([1], "有误").change,
    "a notice issued": lambda desk: desk.papers.issue("notice-rectify", "1", {"deadline": "2023-06-10"}),
    "a letter issued": lambda desk: desk.papers.issue("letter-urge", "5"),
    "a bulletin issued": lambda desk: desk.papers.issue("bulletin"),
    "a file attached": lambda desk: desk.attachments.add("hazards", 1, b"more", "b.txt"),
    "files attached": lambda desk: desk.attachments.add_all("hazards", 1, [b"one", b"two"]),
    "a new version attached": lambda desk: desk.attachments.add_version(1, changed_copy(desk)),
    "an attachment relabelled": lambda desk: desk.attachments.relabel(1, "其他", "说明"),
    "an attachment removed": lambda desk: desk.attachments.remove(1),
    "a register made": lambda desk: desk.registers.create("灯具台账", COLUMNS, "灯具"),
    "a register redefined": lambda desk: desk.registers.redefine("own-1", [*COLUMNS, {"label": "高度"}]),
    "a register's row entered": lambda desk: register(desk).add(entered(desk)),
    "a register's row changed": lambda desk: register(desk).change(1, {"remark": "说明"}),
    "a register's row removed": lambda desk: register(desk).remove(1),
    "a duty added": lambda desk: desk.duties.add(OWN_DUTY | {"title": "每月例会"}),
    "a duty changed": lambda desk: desk.duties.change(duty(desk, FIVE[0]), {"leads": "谭华祥"}),
    "a duty ended": lambda desk: desk.duties.end(duty(desk, FIVE[0]), date(2023, 5, 31), "不再开展"),
    "a duty resumed": lambda desk: desk.duties.resume(duty(desk, OWN_DUTY["title"])),
    "a duty ticked": lambda desk: desk.duties.tick(
        duty(desk, FIVE[0]), FIVE[1], {"happened_on": "2023-05-30", "note": "已办"}
    ),
    "a duty waived": lambda desk: desk.duties.waive(duty(desk, FIVE[0]), FIVE[1], {"note": "并入"}),
    "a duty linked": lambda desk: desk.duties.link(duty(desk, FIVE[0]), FIVE[1], "activities/1"),
    "a duty unmarked": lambda desk: desk.duties.unmark(duty(desk, FIVE[0]), "2023-06-30"),
    "a duty urged": lambda desk: desk.books.urging.urge(duty(desk, INSPECTION[0]), INSPECTION[1]),
    "a duty triggered": lambda desk: desk.duties.trigger(
        duty(desk, FESTIVAL["title"]), STORM | {"name": "端午节前"}
    ),
    "a duty untriggered": lambda desk: desk.duties.untrigger(
        duty(desk, FESTIVAL["title"]), desk.duties.history(duty(desk, FESTIVAL["title"]))[0].key
    ),
    "holidays entered": lambda desk: desk.holidays.enter_notice("元旦：2031年1月1日（周三）放假"),
    "a holiday entered": lambda desk: desk.holidays.add({"day": "2030-06-05", "rest": "放假"}),
    "a holiday changed": lambda desk: desk.holidays.change(1, {"rest": "上班"}),
    "a member entered": lambda desk: desk.groups.add(GUEST),
    "a member changed": lambda desk: desk.groups.change(1, {"post": "调研员"}),
    "a member gone": lambda desk: desk.groups.end(1, date(2023, 5, 31)),
    "a group set up": lambda desk: desk.groups.add_group({"name": "综合协调组"}),
    "a group renamed": renamed,
    "work of before recorded": lambda desk: desk.books.backlog.record(
        [("tasks", task(desk, 2), "")], {"happened_on": "2023-05-30", "note": "起账前已办"}
    ),
    "work logged": lambda desk: desk.tasks.add_log(
        task(desk, 1), {"happened_on": "2023-05-30", "kind": "进展", "note": "已部署"}
    ),
    "a task added": lambda desk: desk.task_edits.add(NEW_TASK),
    "a task changed": lambda desk: desk.task_edits.change(task(desk, 11), {"leads": "王新任"}),
    "a task withdrawn": lambda desk: desk.task_edits.withdraw(task(desk, 11), WITHDRAWN),
    "a task brought back": lambda desk: desk.task_edits.bring_back(desk.task_edits.withdrawn()[0].id),
    "a doubt settled": settled,
    "a part added": lambda desk: desk.part_edits.add(task(desk, 2), PART | {"deadline_text": "6月16日前"}),
    "a part changed": lambda desk: desk.part_edits.change(*part(desk), {"leads": "乡安委办"}),
    "a part withdrawn": lambda desk: desk.part_edits.withdraw(*part(desk), WITHDRAWN),
    "a unit entered": lambda desk: desk.books.units.add({"name": "乙村", "kind": "村（社区）"}),
    "a unit changed": lambda desk: desk.books.units.change(1, {"form_day": 28}),
    "a unit removed": lambda desk: desk.books.units.remove(1),
    "a sector added": lambda desk: desk.books.sectors.add({"name": "能源"}),
    "a sector renamed": lambda desk: desk.books.sectors.change(4, {"name": "工矿商贸"}),
    "a sector merged": lambda desk: desk.books.sectors.merge(4, {"into": "建设施工"}),
    "a sector removed": lambda desk: desk.books.sectors.remove(15),
    "a plan switched": lambda desk: desk.plans.switch(2),
    "a plan changed": lambda desk: desk.plans.change({"number": "三星府发〔2023〕1号"}),
    "the year turned": lambda desk: desk.plans.next_year(desk.plans.next_values()),
    "a form sent": lambda desk: submit(
        desk.books, fill(desk.books, find_progress_form("fangshan-2023"), date(2023, 5, 28))
    ),
    "a form sent with its files": lambda desk: desk.papers.send_form(
        fill(desk.books, find_progress_form("fangshan-2023"), date(2023, 5, 28))
    ),
    "a value set by hand": lambda desk: desk.submissions.override(
        FORM | {"item": "1.1", "value": 5, "reason": "补报"}
    ),
    "a value set back": lambda desk: desk.submissions.restore(FORM | {"item": "1.2"}),
    "a view saved": lambda desk: desk.views.save("hazards", "重大", Query(where={"level": "重大"})),
    "a view removed": lambda desk: desk.views.remove("hazards", "逾期"),
    "a setting changed": lambda desk: desk.settings.change({"clerk": "新来的"}),
    "a sheet imported": lambda desk: imported(
        desk,
        "enterprises",
        {"单位名称": "来一厂", "类别": "企业", "行业领域": "工贸", "某列": "甲"},
        "principal",
    ),
    "rows pasted": pasted,
}


def changed_copy(desk: Desk) -> Path:
    file = desk.folder / "改过.txt"
    file.write_bytes(b"changed")
    return file
