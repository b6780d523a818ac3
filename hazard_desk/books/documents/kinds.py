"""The kinds of documents that the office issues, and the series (字号) that number them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Series:
    """One run of numbers a year. ``code`` stands before the year: 三星府发〔2023〕76号 has 府发."""

    id: str
    title: str
    code: str

    @property
    def setting(self) -> str:
        """The setting that holds the office's own pattern."""
        return f"document_{self.id}"

    def pattern(self, place: str) -> str:
        """Return the usual pattern of a place: 三星 gives 三星府发〔{year}〕{seq}号."""
        return f"{place}{self.code}〔{{year}}〕{{seq}}号"


GOVERNMENT = "government"
"""The series of what the government issues itself; all else is issued by its office."""
SERIES = {
    series.id: series
    for series in (
        Series(GOVERNMENT, "政府文件", "府发"),
        Series("office", "应急办文件", "应急"),
        Series("rectify", "限期整改意见书", "应急责改"),
        Series("recheck", "复查意见书", "应急复查"),
        Series("supervise", "挂牌督办", "督"),
        Series("remind", "提醒函", "安提"),
        Series("urge", "督办函", "安督"),
    )
}


@dataclass(frozen=True)
class DocumentKind:
    """A kind of document (文种): its series, and the paper that prints it where the desk has one."""

    title: str
    series: str
    report: str = ""
    cites: bool = False
    """Whether the clerk chooses the articles of law that it is based on."""


DOCUMENT_KINDS = {
    kind.title: kind
    for kind in (
        DocumentKind("通报", GOVERNMENT, "bulletin"),
        DocumentKind("领导小组通知", GOVERNMENT, "leading-group-notice"),
        DocumentKind("年度总结", GOVERNMENT, "year-summary"),
        DocumentKind("限期整改意见书", "rectify", "notice-rectify", cites=True),
        DocumentKind("复查意见书", "recheck", "notice-recheck"),
        DocumentKind("挂牌督办通知书", "supervise", "notice-supervise", cites=True),
        DocumentKind("督办延期批复", "supervise", "notice-extension"),
        DocumentKind("督办验收通知书", "supervise", "notice-acceptance"),
        DocumentKind("提醒函", "remind", "letter-remind", cites=True),
        DocumentKind("督办函", "urge", "letter-urge", cites=True),
        DocumentKind("举报奖励通知书", "office", "notice-reward"),
        DocumentKind("会议通知", "office", "meeting-notice"),
        DocumentKind("会议纪要", "office", "meeting-minutes"),
        DocumentKind("公示", "office", "public-notice"),
        DocumentKind("工作报告", GOVERNMENT, "report-county"),
        DocumentKind("动员部署情况报告", GOVERNMENT, "report-launch"),
        DocumentKind("贯彻落实情况报告（阶段）", GOVERNMENT, "report-midway"),
        DocumentKind("贯彻落实情况报告（全年）", GOVERNMENT, "report-final"),
        DocumentKind("行动总结", GOVERNMENT, "closing-report"),
        DocumentKind("移送函", "office", "letter-transfer"),
        DocumentKind("上报函", "office", "letter-escalate"),
        DocumentKind("请示", GOVERNMENT, "request-county"),
        DocumentKind("问题交办单", "office", "assignment"),
        DocumentKind("约谈通知书", "office", "notice-talk"),
        DocumentKind("停产停业整改通知书", "office", "notice-stop", cites=True),
        DocumentKind("其他政府文件", GOVERNMENT),
        DocumentKind("其他应急办文件", "office"),
    )
}


def place_of_issuer(issuer: str) -> str:
    """Return the word before the codes of an issuer's documents: 三星乡人民政府 gives 三星."""
    place = issuer.removesuffix("人民政府")
    return place.removesuffix("街道办事处").rstrip("乡镇") if place else issuer
