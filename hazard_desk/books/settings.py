"""The desk's own settings: the office, who keeps the desk, how hazards and documents are numbered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from hazard_desk.books.documents.kinds import SERIES, Series
from hazard_desk.books.opening import OPENED_ON
from hazard_desk.books.plans.forms import form_key
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.library.progress_forms import bundled_progress_forms
from hazard_desk.rules.fields import Field, Kind, Value, read_all
from hazard_desk.rules.identifiers import check_mail, check_phone, serial_number
from hazard_desk.store.acts import Change
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.seal.seal import YEARS

FORM = "form_in_use"
CODES, NO_CODES = "paper_codes", "不印"
"""Whether papers to be signed carry a code."""
OFFICE_PART, REPORTING_PART, SAFETY_PART = "办公室", "报送", "备份与安全"


def check_pattern(pattern: str) -> None:
    """Raise ``Refused`` unless ``pattern`` numbers two records of one year differently."""
    try:
        made = {serial_number(pattern, year, serial) for year in (2023, 2024) for serial in (1, 2)}
    except (ValueError, KeyError, IndexError, AttributeError):
        made = set()
    if len(made) != 4:
        raise Refused("须有年份和流水号，例如 隐患〔2023〕001号")


def _document_field(series: Series) -> Field:
    help = f"全部留空则用常见样式，如 某某{series.code}〔2023〕1号"
    return Field(
        series.setting,
        f"{series.title}的文号",
        width=16,
        check=check_pattern,
        numbering=True,
        help=help,
    )


class Settings:
    """What the clerk sets once. Each field is a setting of its name; the form is one of the current plan."""

    parts = (
        (
            OFFICE_PART,
            (
                Field("office", "填报单位", required=True, width=14, help="印在台账和报表上的单位名称"),
                Field("clerk", "经办人", required=True, width=6, help="记在每一条办理记录上"),
                Field("signed_by", "落款单位", width=14, help="印在应急办文书落款处的全称；留空用填报单位"),
                Field(
                    "phone", "办公电话", Kind.CODE, width=9, check=check_phone, help="印在文书上供对方联系"
                ),
                Field(
                    "addressees",
                    "常用主送机关",
                    width=16,
                    help="印在通报、通知抬头，如 各村、各科室、乡属各单位",
                ),
                Field(
                    "red_head",
                    "套红头",
                    Kind.CHOICE,
                    choices=("不套", "套"),
                    width=4,
                    help="选“套”时，有文号的公文印红色发文机关标志；用已印好红头的纸打印时选“不套”",
                ),
                Field(
                    CODES,
                    "文书二维码",
                    Kind.CHOICE,
                    choices=("印", NO_CODES),
                    width=4,
                    help="要签字的文书右下角印小二维码，签字后扫描拖进窗口就自动归到那条记录；"
                    "码里没有姓名等个人信息，留空即印",
                ),
            ),
        ),
        (
            "编号和文号",
            (
                Field(
                    "hazard_number",
                    "隐患编号",
                    required=True,
                    width=16,
                    check=check_pattern,
                    numbering=True,
                    help="已编的号不变，新登记的按新样式",
                ),
                *map(_document_field, SERIES.values()),
            ),
        ),
        (
            REPORTING_PART,
            (
                Field(
                    "mail_to",
                    "收件人邮箱",
                    Kind.CODE,
                    width=14,
                    check=check_mail,
                    help="“邮件草稿”的收件人；几个邮箱用逗号分开",
                ),
            ),
        ),
        (
            "起账与方案",
            (
                Field(
                    OPENED_ON,
                    "起账日",
                    Kind.DATE,
                    width=7,
                    help="从哪一天开始记账：这一天以前到期、没有登记的算起账前，不算逾期、缺项；"
                    "留空的，从方案开始之日起",
                ),
            ),
        ),
        (
            SAFETY_PART,
            (
                Field(
                    YEARS,
                    "举报人信息保存年限",
                    Kind.INTEGER,
                    unit="年",
                    width=4,
                    help="举报办结、奖励满这么多年后，提示抹去举报人信息；留空或填0则不提示",
                ),
            ),
        ),
    )
    """The pages of the settings and what stands on each; the form in use stands with the reports."""
    stated = tuple(field for _, fields in parts for field in fields)

    def __init__(self, cabinet: Cabinet) -> None:
        self.cabinet = cabinet

    @property
    def fields(self) -> tuple[Field, ...]:
        return (*self.stated, self._form())

    @property
    def pages(self) -> dict[str, list[str]]:
        """Return the names of the fields on each page of the settings, by its title."""
        pages = {title: [field.name for field in fields] for title, fields in self.parts}
        pages[REPORTING_PART].insert(0, FORM)
        return pages

    def get(self) -> dict[str, str]:
        """Return the settings by field name."""
        told = {field.name: self.cabinet.setting(field.name) for field in self.stated}
        form = bundled_progress_forms().get(self.cabinet.setting(self._form_key))
        return {**told, FORM: form.short if form else ""}

    def change(self, values: Mapping[str, Value]) -> Change:
        """Set the given settings; those not in ``values`` stay. Raises ``RefusedFields``."""
        today = self.cabinet.clock.today
        row = read_all(self.fields, {**self.get(), **values}, today)
        opened = row[OPENED_ON]
        if isinstance(opened, date) and opened > today:
            raise RefusedFields({OPENED_ON: "“起账日”不能晚于今天"})
        with self.cabinet.act("settings.change", "settings") as act:
            short = row.pop(FORM)
            form = next((one.id for one in bundled_progress_forms().values() if one.short == short), "")
            self.cabinet.set(act, self._form_key, form)
            for name, value in row.items():
                self.cabinet.set(act, name, "" if value is None else str(value))
            act.done("修改设置")
        return act.result

    def _form(self) -> Field:
        choices = tuple(form.short for form in bundled_progress_forms().values())
        help = "方案没有写明报哪张调度表的，在这里选；每期到期提醒，写明已报、未报。留空则不提醒"
        return Field(FORM, "在用的调度表", Kind.CHOICE, choices=choices, width=14, help=help)

    @property
    def _form_key(self) -> str:
        return form_key(int(self.cabinet.setting("plan")))
