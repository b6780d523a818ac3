"""Whatever lines and tables a document holds, it is a plan or ends in one sentence."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from hazard_desk.errors import Refused
from hazard_desk.grid.document import Paragraph, document_of
from hazard_desk.grid.grid import Grid
from hazard_desk.library.annex.plan import AnnexHead, plan_of_annex
from hazard_desk.library.plan_file import dump_plan, plan_of_text
from hazard_desk.library.prose.reading import read_plan

LINES = """
一、重点任务
（一）压实责任。
1.开展排查。每季度排查一次。（牵头单位：应急办；完成时限：6月底前）
（1）签订责任书〔县应急局牵头，各村配合〕
（（未闭合：应急办；〔牵头单位:
责任单位：应急办、派出所
完成时限：13月40日
县应急局牵头，各乡镇配合，长期坚持
甲乡2024年专项行动方案
甲府发〔2024〕1号
二〇二四年五月十八日
2024年2月30日
四、阶段安排
（一）动员部署（2024年5月底前）。部署。
（二）集中排查（5月1日前）。
成立以乡长张三为组长，李四为副组长的领导小组。
组 长：张三 副组长：
成 员：
附件
请于2024年5月31日前、6月31日前将方案报送县安委办。
由、牵头，配合
""".strip().splitlines()
CELLS = [
    "序号",
    "任务",
    "责任单位",
    "2024年",
    "一季度",
    "姓名",
    "组内职务",
    "张三",
    "—",
    "无",
    "√",
    "同上",
    "1",
    "",
]
lines = st.sampled_from(LINES) | st.text(max_size=40)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    width = draw(st.integers(1, 6))
    cells = st.sampled_from(CELLS) | st.text(max_size=10)
    return Grid("表", draw(st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=6)))


paragraphs = st.builds(
    Paragraph, lines, number=st.sampled_from(["", "一、", "（一）", "1.", "①"]), level=st.integers(0, 3)
)


@given(blocks=st.lists(paragraphs | grids(), max_size=14))
@settings(max_examples=300, deadline=None)
def test_any_document_is_a_plan_or_refused(blocks: list[Paragraph | Grid]) -> None:
    document = document_of(blocks)
    try:
        annex = read_plan(document, 2024)
    except Refused as refused:
        assert "\n" not in refused.message
        return
    texts = {one.place: one.whole for one in document.paragraphs}
    assert all(0 <= one.start <= one.end <= len(texts[one.place]) for one in annex.used)
    if annex.tasks:
        head = AnnexHead("导入的方案", "甲乡人民政府", date(2024, 1, 1), date(2024, 12, 31))
        plan = plan_of_annex(annex, head, "plan")
        assert plan_of_text(dump_plan(plan)) == plan
