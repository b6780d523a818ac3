"""Pictures of a plan that comes in from a sheet: looked over beside its document, then named."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from ui.plans.review.dialog import ReviewDialog
from ui.shots.camera import Camera

_SHEET = """某某镇2023年冬春安全生产重点任务分解表,,,,,,
序号,主要行动,具体任务,牵头领导,责任单位,完成时限,包干情形
1,（一）排查整治行动,对餐饮场所燃气安全开展两轮排查，逐户建立台账,张甲,应急办、城建办,6月底前完成首轮，10月底前完成第二轮,甲类
2,,检查加油站、烟花爆竹零售点,,应急办,每月28日前,甲类
3,,组织危旧房屋安全鉴定,李乙,城建办、各村,汛期前,乙类
4,（二）宣传培训行动,组织企业负责人专题培训,李乙,宣传办,5月15日前,乙类
5,,张贴举报电话，公开举报奖励办法,李乙,各村,长期坚持,乙类
"""
"""A sheet with a column that is not known, a date that is not, a cell taken over, two dates, a rhythm."""


def visit_plan_review(camera: Camera) -> None:
    """Take the pictures; nothing is entered."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "分解表.csv"
        file.write_text(_SHEET, encoding="utf-8")
        camera.window.plan.from_file.read(file)
        camera.settle()
    dialog = next(one for one in camera.window.findChildren(ReviewDialog) if one.isVisible())
    camera.shoot("plan-review", dialog)
    dialog.tabs.setCurrentIndex(1)
    camera.shoot("plan-review-duties", dialog)
    dialog.go_on()
    camera.shoot("plan-review-head", dialog)
    camera.close(dialog)
