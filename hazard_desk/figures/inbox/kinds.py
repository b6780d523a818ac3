"""What may wait for the clerk, each kind declared once: its name, and what follows when it is left.

They stand in the order of their consequence: people first, then the law, those above, those who wait for
an answer, the office's own work, the books. The place in this order is the rank.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class InboxKind:
    """A kind of what waits. ``why`` says what follows when it is left, a sentence."""

    id: str
    label: str
    why: str


MAJOR_LATE = InboxKind("major_overdue", "重大隐患逾期", "重大隐患逾期不改，随时可能出事，要先办")
SUPERVISION = InboxKind("supervision", "挂牌督办", "督办有时限，到期要验收摘牌或办理延期")
REPORT = InboxKind("report", "报送", "过了期限，上级通报迟报、漏报")
HAZARD_LATE = InboxKind("hazard_overdue", "隐患逾期", "时限已过还没有整改完成，计入逾期，拉低按期整改率")
RECHECK = InboxKind("recheck", "待复查", "企业说已改好，没有复查就不能确认")
SIGN_OFF = InboxKind("sign_off", "待销号", "复查已通过，没有销号仍算未办结")
UNCOMMITTED = InboxKind("uncommitted", "待落实", "责任人、措施、时限没有落实，整改无从抓起")
HANDED = InboxKind("handed", "移交回复", "移交出去的，收到回复、登记结果以前都不算办结，要去催问")
HAZARD_DUE = InboxKind("hazard", "隐患到期", "整改时限快到，提前问一问，免得逾期")
TIP = InboxKind("tip", "举报", "举报人在等答复，超过时限要说明原因")
LETTER = InboxKind("document", "来文", "来文要求按时回复")
TASK = InboxKind("task", "方案任务", "方案规定的任务，时限一过就算滞后")
DUTY = InboxKind("occurrence", "常态化工作", "方案规定要经常做的，缺一次记一次")
FIRMS = InboxKind("enterprise", "企业履职", "企业自己该做的到期了，要催企业去做")
CERTIFICATE = InboxKind("certificate", "证件", "证件过期后不能再上岗、不能再检查")
REGISTER = InboxKind("register", "台账时限", "台账里写明了时限")
GAP = InboxKind("gap", "待补", "缺的内容不补，报表里就不计")
COPY = InboxKind("copy", "备份", "电脑坏了，这些内容就没有了")

INBOX_KINDS = {
    kind.id: kind
    for kind in (
        *(MAJOR_LATE, SUPERVISION, REPORT, HAZARD_LATE, RECHECK, SIGN_OFF, UNCOMMITTED, HANDED),
        *(HAZARD_DUE, TIP, LETTER, TASK, DUTY, FIRMS, CERTIFICATE, REGISTER, GAP, COPY),
    )
}
"""By id, the gravest first."""
RANKS = {kind: place for place, kind in enumerate(INBOX_KINDS, 1)}


def rank_lines() -> list[str]:
    """Return a sentence of the manual for each rank, the gravest first."""
    return [f"{RANKS[kind.id]}. {kind.label}：{kind.why}。" for kind in INBOX_KINDS.values()]
