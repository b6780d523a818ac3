"""一案一策: the plan by which one major hazard is rectified (S0 三（二）, 26)."""

from __future__ import annotations

from hazard_desk.books.catalogue import Books
from hazard_desk.books.hazards.steps import Steps
from hazard_desk.papers.model import Block, Heading, Paper, Para, Signature, Subtitle, Title
from hazard_desk.papers.order import Order
from hazard_desk.papers.texts.phrases import blank, day, known, listed, money, sentence
from hazard_desk.papers.texts.records.hazard_words import last_step, place_and_danger, taken_on, unit_of
from hazard_desk.papers.texts.tables import mark_of
from hazard_desk.rules.states import MAJOR


def lacks_plan(books: Books, number: int) -> str:
    """Only a major hazard has a plan, once it was made."""
    hazard = books.hazards.get(number)
    if hazard.level != MAJOR:
        return f"隐患 {hazard.number} 是一般隐患，一案一策只用于重大隐患"
    return "" if hazard.plan_goal else f"隐患 {hazard.number} 还没有办理“制定一案一策”"


def rectification_plan(books: Books, order: Order) -> Paper:
    """Return the plan, in the sections that its step asks for."""
    hazard = books.hazards.get(order.record)
    step = last_step(books, hazard, Steps.PLANNED.kind)
    source = f"{hazard.source}发现" if hazard.source else "发现"
    sections = (
        (
            "隐患基本情况",
            f"{day(hazard.found_on)}，{source}，隐患编号{hazard.number}。{place_and_danger(hazard)}",
        ),
        ("治理的目标和任务", sentence(hazard.plan_goal)),
        ("采取的方法和措施", sentence(hazard.plan_methods)),
        ("经费和物资的落实", f"{sentence(hazard.plan_resources)}整改资金：{money(hazard.funds)}。"),
        ("负责治理的机构和人员", sentence(hazard.plan_people)),
        ("治理的时限和要求", f"{day(hazard.plan_deadline)}前完成治理，经复查合格后销号。"),
        ("安全措施和应急预案", sentence(hazard.plan_safety)),
        (
            "监督管理",
            f"监管科室：{known(hazard.office)}；监管责任人：{known(hazard.overseer)}。"
            f"报告情况：{known(listed(hazard.reports), 10)}。",
        ),
    )
    title = f"{unit_of(hazard)}\n重大事故隐患治理方案"
    blocks: list[Block] = [Title(title), Subtitle("（一案一策）")]
    for numeral, (heading, text) in zip("一二三四五六七八", sections, strict=True):
        blocks += [Heading(1, f"{numeral}、{heading}"), Para(text)]
    blocks.append(Para(f"编制人：{blank(6)}　审核人：{blank(6)}"))
    blocks.append(Signature(unit_of(hazard), day(taken_on(step))))
    return Paper(f"{unit_of(hazard)}一案一策", tuple(blocks), mark=mark_of(books))
