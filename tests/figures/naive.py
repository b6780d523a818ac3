"""The figures of the progress forms counted once more, row by row from the file, as a clerk would by hand.

Knows nothing of the indicators' code: it reads the tables with plain SQL and walks through each hazard's
events itself.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

Row = dict[str, Any]
GONE = {"voided", "merged"}
TABLES = ("enterprise", "hazard", "hazard_event", "check_visit", "reward_penalty", "activity")


class Naive:
    """A desk's file, counted for the days from ``first`` to ``last``, of a plan begun on ``begin``."""

    def __init__(self, file: Path, begin: date, first: date, last: date, group: str = "") -> None:
        self.begin, self.first, self.last, self.group = map(str, (begin, first, last, group))
        with closing(sqlite3.connect(file)) as link:
            link.row_factory = sqlite3.Row
            self.tables = {
                name: [dict(row) for row in link.execute(f"SELECT * FROM {name} ORDER BY id")]
                for name in (
                    "enterprise",
                    "hazard",
                    "hazard_event",
                    "check_visit",
                    "reward_penalty",
                    "activity",
                    "unit",
                )
            }
            rows = link.execute("SELECT facts FROM register_row WHERE register = 'technical-inspectors'")
            self.staff = [json.loads(row["facts"]) for row in rows]
        self.lines: dict[int, list[Row]] = defaultdict(list)
        for row in self.tables["hazard_event"]:
            self.lines[row["hazard_id"]].append(row)
        self.firms = {row["id"]: row for row in self.tables["enterprise"]}
        self.asked = self.wanted()
        self.stood = {row["id"]: stood for row in self.tables["hazard"] if (stood := self.walk(row))}

    # A hazard

    def walk(self, hazard: Row) -> Row | None:
        """What a hazard was on the last day; None when it was not there, or did not count."""
        found: Row = {"rectified_on": None, "supervision_on": None, "counts": False}
        for step in self.steps(hazard["id"]):
            if step["happened_on"] > self.last:
                break
            found |= step["set"]
            kind, day = step["kind"], step["happened_on"]
            if kind == "registered":
                found |= {"found_on": day, "counts": True}
            elif kind == "rectified":
                found["rectified_on"] = day
            elif kind in ("recheck_failed", "reopened", "sent_back"):
                found["rectified_on"] = None
            elif kind == "restored":
                found["counts"] = True
            elif kind == "supervised":
                found["supervision_on"] = day
            elif kind in GONE:
                found["counts"] = False
        since = max(found.get("found_on") or "", found["supervision_on"] or "")
        if not found["counts"] or since < self.begin:
            return None
        return found | {"id": hazard["id"], "enterprise_id": hazard["enterprise_id"]}

    def steps(self, number: int) -> list[Row]:
        """The steps of a hazard as they stand corrected, in the order in which they happened."""
        lines = self.lines[number]
        for place, line in enumerate(lines, start=1):
            line["number"], line["set"] = place, json.loads(line["facts"])
        taken_back: set[int] = set()
        for line in reversed(lines):  # a withdrawal that is withdrawn itself takes nothing back
            if line["kind"] == "withdrawn" and line["number"] not in taken_back:
                taken_back.add(line["corrects"])
        lines = [one for one in lines if one["number"] not in taken_back and one["kind"] != "withdrawn"]
        steps = {line["number"]: line for line in lines if line["kind"] != "corrected"}
        for line in lines:
            if line["kind"] == "corrected" and line["corrects"] in steps:
                steps[line["corrects"]]["set"] |= line["set"]
                steps[line["corrects"]]["happened_on"] = line["happened_on"]
        return sorted(steps.values(), key=lambda one: (one["happened_on"], one["number"]))

    # What belongs to the group

    def mine(self, row: Row) -> bool:
        if not self.group or row.get("target") in self.asked["office"]:
            return True
        firms = [self.firms.get(one.get("enterprise_id")) for one in (row, self.paired(row))]
        if any(firm and firm["name"] in self.asked["firm"] for firm in firms):
            return True
        return any(self.of(row, name) in self.asked[name] for name in ("sector", "office", "village"))

    def wanted(self) -> dict[str, set[str]]:
        """By what a record belongs to the group, on the last day."""
        whole = {name: {self.group} for name in ("sector", "office", "village")} | {"firm": set()}
        for unit in self.tables["unit"]:
            first, last = unit["starts_on"] or "", unit["ends_on"] or "9999"
            called, names = unit["short"] or unit["name"], {unit["name"], unit["short"] or unit["name"]}
            if not first <= self.last < last:
                continue
            led = unit["kind"] == "专项小组" and unit["office"]
            office = names | {unit["office"]} if led else names
            sectors = set(json.loads(unit["sectors"]))
            none: dict[str, set[str]] = {"sector": set(), "office": set(), "village": set(), "firm": set()}
            if self.group == f"{called}（本股室）":
                return none | {"office": office}
            if self.group == f"{called}（所属行业领域）":
                return none | {"sector": sectors}
            if self.group in names:
                firms = set(json.loads(unit["members"])) if unit["kind"] == "企业分组" else set()
                village = names if unit["kind"] == "村（社区）" else set()
                return {"sector": sectors, "office": office, "village": village, "firm": firms}
        return whole

    def paired(self, row: Row) -> Row:
        """The penalty that one is paired with, where it counts; else nothing."""
        rows = self.tables["reward_penalty"]
        other = next((one for one in rows if one["id"] == row.get("pair_id")), {})
        return other if other and self.begin <= other["happened_on"] <= self.last else {}

    def of(self, row: Row, name: str) -> str:
        if row.get(name):
            return str(row[name])
        hazard = self.stood.get(row.get("hazard_id"))
        if hazard and hazard.get(name):
            return str(hazard[name])
        check = next((one for one in self.tables["check_visit"] if one["id"] == row.get("check_id")), None)
        if "pair_id" in row and check and check[name]:
            return str(check[name])
        firm = self.firms.get(row.get("enterprise_id"))
        if firm and firm[name]:
            return str(firm[name])
        other = next((one for one in self.tables["reward_penalty"] if one["id"] == row.get("pair_id")), None)
        if other and "pair_id" in row:
            return self.of({**other, "pair_id": None}, name)
        return ""

    def between(self, day: str | None) -> bool:
        return day is not None and self.first <= day <= self.last

    # Figures

    def majors(self, source: str = "", dated: str = "found_on") -> int:
        return sum(
            row["level"] == "重大"
            and source in ("", row["source"])
            and self.between(row[dated])
            and (dated == "supervision_on" or row["found_on"] >= self.begin)
            and self.mine(row)
            for row in self.stood.values()
        )

    def supervised_rectified(self) -> int:
        return sum(
            row["level"] == "重大"
            and (row["supervision_on"] or "") >= self.begin
            and self.between(row["rectified_on"])
            and self.mine(row)
            for row in self.stood.values()
        )

    def checked(self, defect: str = "") -> int:
        units = set()
        for row in self.tables["check_visit"]:
            if self.between(row["checked_on"]) and (not defect or row[defect]) and self.mine(row):
                units.add(row["enterprise_id"])
        return len(units - {None})

    def rewards(self, *kinds: str, targets: tuple[str, ...] = ()) -> list[Row]:
        return [
            row
            for row in self.tables["reward_penalty"]
            if row["kind"] in kinds
            and self.between(row["happened_on"])
            and (not targets or row["target_kind"] in targets)
            and self.mine(row)
        ]

    def units(self, *kinds: str, targets: tuple[str, ...] = ()) -> int:
        return len({row["enterprise_id"] for row in self.rewards(*kinds, targets=targets)} - {None})

    def people(self, kind: str) -> int:
        return sum(1 if row["people"] is None else row["people"] for row in self.rewards(kind))

    def money(self, kind: str, anonymous: bool = False) -> float:
        return sum(row["amount"] or 0 for row in self.rewards(kind) if row["anonymous"] or not anonymous)

    def pairs(self) -> int:
        rows = {row["id"]: row for row in self.tables["reward_penalty"]}
        cases = set()
        for row in rows.values():
            other = rows.get(row["pair_id"])
            if other:
                days = sorted((row["happened_on"], other["happened_on"]))
                of_firm = row if row["target_kind"] == "单位" else other
                if self.mine(of_firm) and self.between(days[1]):
                    cases.add(frozenset((row["id"], other["id"])))
        return len(cases)

    def work(self, kind: str, *levels: str) -> int:
        return sum(
            row["kind"] == kind
            and self.between(row["held_on"])
            and (not levels or row["level"] in levels)
            and self.mine(row)
            for row in self.tables["activity"]
        )

    def helped(self, *objects: str) -> int:
        return sum(
            1 if row["objects"] is None else row["objects"]
            for row in self.tables["activity"]
            if row["kind"] == "帮扶指导"
            and self.between(row["held_on"])
            and row["object_kind"] in objects
            and self.mine(row)
        )

    def inspectors(self, *levels: str) -> int:
        return sum(
            row["starts_on"] <= self.last < row.get("ends_on", "9999")
            and (not levels or row["level"] in levels)
            and self.mine(row)
            for row in self.staff
        )

    def all(self) -> dict[str, int | float | str]:
        """Every figure by its id."""
        found: dict[str, int | float | str] = {
            "supervised_major": self.majors(dated="supervision_on"),
            "supervised_major_rectified": self.supervised_rectified(),
            "spot_checked_enterprises": self.checked(),
            "not_studied_enterprises": self.checked("no_study"),
            "not_led_enterprises": self.checked("no_lead"),
            "no_duty_list_enterprises": self.checked("no_duties"),
            "no_officers_enterprises": self.checked("no_officers"),
            "unlicensed_enterprises": self.checked("no_licence"),
            "bad_contracting_enterprises": self.checked("bad_contracting"),
            "no_drill_enterprises": self.checked("no_drill"),
            "helped_towns": self.helped("镇村"),
            "helped_towns_and_own_firms": self.helped("镇村", "直属企业"),
            "helped_enterprises": self.helped("重点企业"),
            "penalties": len(self.rewards("行政处罚")),
            "penalty_money": round(self.money("行政处罚"), 4),
            "paired_penalties": self.pairs(),
            "handed_to_justice": self.people("移送司法"),
            "suspended_enterprises": self.units("停产整顿"),
            "closed_enterprises": self.units("关闭取缔"),
            "exposed_enterprises": self.units("曝光", "约谈", "联合惩戒", targets=("单位",)),
            "published_cases": len(self.rewards("典型案例公布")),
            "published_crime_cases": sum(row["crime"] for row in self.rewards("典型案例公布")),
            "accountable_people": self.people("追责问责"),
            "enterprises_talked": len(self.rewards("约谈", "通报", targets=("单位",))),
            "departments_talked": len(self.rewards("约谈", "通报", targets=("单位", "科室村社区"))),
            "reward_money": round(self.money("举报奖励") / 10000, 4),
            "anonymous_reward_money": round(self.money("举报奖励", anonymous=True) / 10000, 4),
            "lectures": self.work("企业宣讲"),
            "programme_aired": "是" if self.work("专栏播出") else "否",
            "assessments": self.work("考核巡查"),
            "inspectors": self.inspectors(),
            "county_inspectors": self.inspectors("县"),
            "town_inspectors": self.inspectors("镇", "乡"),
        }
        sources = {
            "self_found": "企业自查",
            "inspection_found": "执法检查",
            "public_reported": "群众举报",
            "assigned": "上级交办",
        }
        for name, source in sources.items():
            found[f"{name}_major"] = self.majors(source)
            found[f"{name}_major_rectified"] = self.majors(source, "rectified_on")
        for name, kind in (("studies", "专题学习"), ("researches", "专题研究"), ("supervisions", "督导检查")):
            for level, words in (("county", "县"), ("town", "镇乡"), ("department", ["部门"])):
                found[f"{level}_{name}"] = self.work(kind, *words)
            found[f"government_{name}"] = self.work(kind, "县", "镇", "乡")
        return found
