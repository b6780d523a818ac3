"""What makes a step unlawful where it stands: a guard for each step that has one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from hazard_desk.books.hazards.step import HAPPENED_ON, LAW, Event, Step
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.gaps import ahead, long_ago, odd_day
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.rules.fields import Row, absent
from hazard_desk.rules.states import ENDED, ESCALATED, HANDED, MAJOR, OWN_WORK
from hazard_desk.rules.wording import quoted
from hazard_desk.store.columns import Made, name_of, names_of

_NOTE = "note"
FIVE: dict[Made, str] = {
    Hazard.responsible: "责任",
    Hazard.measures: "措施",
    Hazard.funds: "资金",
    Hazard.deadline: "时限",
    Hazard.contingency: "预案",
}
"""The five commitments (五落实): fact of the hazard -> its one-word name."""
COMMITMENTS = {name_of(made): word for made, word in FIVE.items()}


OF_MAJOR = (Hazard.funds, Hazard.contingency)
"""Those of them that only a major hazard needs (S0 三（二）)."""
ALWAYS_COMMITTED = tuple(name for name in COMMITMENTS if name not in names_of(*OF_MAJOR))
"""What every hazard is put right by: who, how, until when."""


def needed_commitments(level: str, law: int = LAW) -> dict[str, str]:
    """Return the commitments that a hazard of this level is put right by: name of the fact -> its word."""
    if level == MAJOR or not law:
        return COMMITMENTS
    return {name: word for name, word in COMMITMENTS.items() if name in ALWAYS_COMMITTED}


def missing_commitments(facts: Hazard, law: int = LAW) -> list[str]:
    """Return the words of the commitments (责任 措施 资金 时限 预案) that a hazard still lacks."""
    needed = needed_commitments(str(facts.get(name_of(Hazard.level), "")), law)
    return [word for name, word in needed.items() if absent(facts.get(name))]


def owed_commitments(facts: Hazard) -> set[str]:
    """Return the names of the commitments that the hazard must have before it is rectified.

    None where others put it right, where it was put right on the very day, or where it does not count.
    """
    if with_others(facts) or on_the_spot(facts) or facts.state in ENDED:
        return set()
    return set(needed_commitments(facts.level))


def commitment_word(name: str, facts: Hazard, today: date, past: bool = False) -> str:
    """Return how one of the commitments stands, as the clerk reads it.

    On the day of discovery nothing is missing yet: it may still be put right on the spot. Of a hazard that is
    overdue none is said to be kept. ``past`` is history, of which nobody knows.
    """
    if not absent(facts.get(name)):
        if not overdue(facts.state, facts.deadline, today):
            return "已落实"
        return "已逾期" if name == name_of(Hazard.deadline) else "已填写"
    if name not in owed_commitments(facts):
        return "可不填"
    if past:
        return "未填写"
    return "待落实" if facts.found_on == today else "未落实"


def on_the_spot(facts: Hazard) -> bool:
    """Whether the hazard was rectified on the very day of its discovery."""
    return facts.rectified_on is not None and facts.rectified_on == facts.found_on


def with_others(facts: Hazard) -> bool:
    """Whether the hazard is in the hands of another body: handed over or escalated, and not sent back."""
    return facts.pool in (HANDED, ESCALATED)


def was_supervised(facts: Hazard) -> bool:
    """Whether the hazard was ever listed for supervision (挂牌督办), on whatever day."""
    return facts.supervision_on is not None or bool(facts.supervision_level)


def supervised(facts: Hazard) -> bool:
    """Whether the hazard is listed for supervision and not removed from it."""
    return was_supervised(facts) and facts.supervision_removed_on is None


def overdue(state: str, deadline: date | None, today: date) -> bool:
    """Whether the deadline has passed and the hazard is not rectified; what was handed over is not ours."""
    return deadline is not None and deadline < today and state in OWN_WORK


def unfounded(facts: Hazard) -> dict[str, str]:
    """A major hazard is judged by a criterion; return what is lacking, a sentence by field."""
    if facts.level == MAJOR and not facts.criterion:
        return {name_of(Hazard.criterion): "重大隐患请填写“判定依据”，写明判定标准和条款"}
    return {}


def too_long_ago(facts: Hazard, today: date) -> bool:
    """Whether a hazard is said to be found so long ago that it is asked back, and no remark answers that."""
    return long_ago(facts.found_on, today) and not facts.remark


def unregistrable(facts: Hazard, today: date) -> dict[str, str]:
    """No discovery lies ahead, no deadline before it; return what is wrong, a sentence by field."""
    problems = odd_day(Hazard.found_on, facts, today, told_by=Hazard.remark)
    if _before(facts.deadline, facts.found_on):
        problems[name_of(Hazard.deadline)] = "“整改时限”不能早于发现日期"
    return problems


def day_taken(facts: Row, today: date) -> date | None:
    """Take the day of a step out of what its form brought; it lies not ahead. None where it was not told."""
    day = facts.pop(HAPPENED_ON, None)
    if not isinstance(day, date):
        return None
    if ahead(day, today):
        raise RefusedFields({HAPPENED_ON: "“办理日期”不能晚于今天"})
    return day


def rectifiable(step: Step, event: Event, facts: Hazard) -> None:
    """Not rectified on the very day: its commitments must stand, unless others put it right."""
    missing = missing_commitments(facts, event.law)
    if event.happened_on == facts.found_on or with_others(facts) or not missing:
        return
    raise Refused(f"未在发现当日整改的隐患，须先落实“五落实”，现缺：{'、'.join(missing)}", HAPPENED_ON)


def rechecked_by_another(facts: Hazard) -> bool:
    """Whether a major hazard was rechecked by somebody other than who rectified it; True for the others."""
    return facts.level != MAJOR or not _people(facts.rechecked_by) <= _people(facts.rectified_by)


def _people(names: Iterable[str]) -> set[str]:
    """Names as they are told apart: 李 四 is 李四."""
    return {"".join(name.split()) for name in names}


def closable(step: Step, event: Event, facts: Hazard) -> None:
    """A major hazard is rechecked by somebody other than who rectified it."""
    if not rechecked_by_another(facts):
        raise Refused(
            "重大隐患销号前，须由整改人以外的人员复查，请先更正复查人或重新复查",
            name_of(Hazard.signed_off_by),
        )


def own_round_has_time(step: Step, event: Event, facts: Hazard) -> None:
    """A round of this office's work has time; of what others put right no deadline is asked."""
    if not with_others(facts):
        round_has_time(step, event, facts)


def round_has_time(step: Step, event: Event, facts: Hazard) -> None:
    """A round that begins after the deadline gets a new one."""
    limit = event.said.deadline or facts.deadline
    if _before(limit or facts.found_on, event.happened_on):
        passed = f"原整改时限{limit.isoformat()}已过，" if limit else ""
        raise Refused(f"{passed}请定新的整改时限", name_of(Hazard.deadline))


def not_listed(step: Step, event: Event, facts: Hazard) -> None:
    """A hazard enters the full list once, and not while others work on it."""
    if facts.listed_on is not None:
        raise Refused("这条隐患已纳入全量库", HAPPENED_ON)
    if with_others(facts):
        raise Refused(f"这条隐患已推送到{facts.handed_to or facts.pool}，退回后才能纳入全量库", HAPPENED_ON)


def new_round(step: Step, event: Event, facts: Hazard) -> None:
    """Work that begins anew has a deadline that lies ahead of the day on which it begins."""
    if _before(event.said.deadline, event.happened_on):
        raise Refused(f"新的整改时限不能早于{quoted(step.label)}的日期", name_of(Hazard.deadline))


def regradable(step: Step, event: Event, facts: Hazard) -> None:
    """The level becomes another one; a major hazard is judged by a criterion."""
    if event.said.level == facts.level:
        raise Refused(f"这条隐患的级别已经是{quoted(facts.level)}", name_of(Hazard.level))
    for name, sentence in unfounded(Hazard(facts | event.facts)).items():
        raise Refused(sentence, name)


def reply_ahead(step: Step, event: Event, facts: Hazard) -> None:
    """An answer is asked for a day that lies ahead."""
    if _before(event.said.reply_due, event.happened_on):
        raise Refused("回复时限不能早于推送日期", name_of(Hazard.reply_due))


def lapsed(event: Event, facts: Hazard) -> date | None:
    """Return the deadline that had passed on the day on which the event moved it back, the first of a round.

    Who asks for more time when it is over was late; a later deadline does not undo that.
    """
    old, new = facts.deadline, event.said.deadline
    late = _before(old, event.happened_on) and _before(old, new) and not event.undated and event.law
    return event.said.lapsed_on or facts.lapsed_on or (old if late else None)


def deadline_after_discovery(step: Step, event: Event, facts: Hazard) -> None:
    """The deadline that is committed to lies not before the day of discovery."""
    if _before(event.said.deadline, facts.found_on):
        raise Refused(f"整改时限不能早于发现日期{facts.found_on.isoformat()}", name_of(Hazard.deadline))
    _deadline_kept(event, facts)


def later_deadline(step: Step, event: Event, facts: Hazard) -> None:
    """An extension moves the deadline back, that of the commitments or of a notice."""
    old = facts.deadline
    if old is None and event.law:
        raise Refused("这条隐患还没有整改时限，不能延期", name_of(Hazard.deadline))
    if old is not None and not _before(old, event.said.deadline):
        raise Refused(f"延期后的整改时限须晚于原时限{old.isoformat()}", name_of(Hazard.deadline))


def notice_deadline(step: Step, event: Event, facts: Hazard) -> None:
    """A notice sets a deadline that lies ahead."""
    if _before(event.said.deadline, event.happened_on):
        raise Refused("限期整改的时限不能早于下发日期", name_of(Hazard.deadline))
    _deadline_kept(event, facts)


def _deadline_kept(event: Event, facts: Hazard) -> None:
    """Once committed to, a deadline moves back only by an extension, which somebody approves."""
    old = facts.deadline
    if old is not None and not missing_commitments(facts, event.law) and _before(old, event.said.deadline):
        raise Refused(
            f"已定的整改时限是{old.isoformat()}，要推后请办理“延期”，写明原因和批准人",
            name_of(Hazard.deadline),
        )


def noticed(step: Step, event: Event, facts: Hazard) -> None:
    """A recheck notice answers a notice and tells a recheck."""
    if not facts.notice_number:
        raise Refused("出具复查意见书前，须先下发限期整改意见书", name_of(Hazard.recheck_number))
    if not facts.rechecked_on:
        raise Refused("出具复查意见书前，须先登记复查结果", name_of(Hazard.recheck_number))


def not_supervised(step: Step, event: Event, facts: Hazard) -> None:
    """A hazard is listed for supervision once, with a deadline that lies ahead."""
    if supervised(facts):
        raise Refused("该隐患已挂牌督办，尚未摘牌", name_of(Hazard.supervision_number))
    if _before(event.said.supervision_deadline, event.happened_on):
        raise Refused("督办时限不能早于挂牌日期", name_of(Hazard.supervision_deadline))


def under_supervision(step: Step, event: Event, facts: Hazard) -> None:
    """The step is one of a supervision that stands."""
    if not supervised(facts):
        raise Refused(f"该隐患未挂牌督办，不能办理{quoted(step.label)}", HAPPENED_ON)


def later_supervision(step: Step, event: Event, facts: Hazard) -> None:
    """An extension of a supervision moves its deadline back."""
    under_supervision(step, event, facts)
    old = facts.supervision_deadline
    if old is not None and not _before(old, event.said.supervision_deadline):
        raise Refused(f"延期后的督办时限须晚于原时限{old.isoformat()}", name_of(Hazard.supervision_deadline))


def accepted(step: Step, event: Event, facts: Hazard) -> None:
    """A supervision ends after its acceptance, or the event says why without."""
    under_supervision(step, event, facts)
    if facts.supervision_accepted_on is None and not event.note:
        raise Refused("摘牌前须先办理“督办验收”；没有验收记录的，请在“说明”中写明原因", _NOTE)


def _before(first: date | None, second: date | None) -> bool:
    return first is not None and second is not None and first < second
