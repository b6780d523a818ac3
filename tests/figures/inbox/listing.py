"""What waits on a desk, listed once more by plain SQL, as a clerk would go through book after book.

Knows nothing of ``figures``: rows come from the file; when a duty falls due and how a task stands, which no
column says, is asked of their books.
"""

from __future__ import annotations

import json
import sqlite3
import tomllib
from contextlib import closing
from datetime import date, timedelta

from hazard_desk.books.duties.festivals import untriggered_festivals
from hazard_desk.desk import Desk
from hazard_desk.rules.workdays import remind_on
from tests.conftest import ROOT

Line = tuple[str, str]
"""Kind and record."""
OPEN = "('待整改', '整改中', '已移交', '待复查', '待销号')"
_REPORTS = ("上报", "报送", "反馈")


class Listing:
    """The lines that ought to stand in the inbox of a desk's today."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.today = desk, desk.today
        self.week = self.today + timedelta(days=7)
        with closing(sqlite3.connect(desk.folder / "desk.db")) as link:
            link.row_factory = sqlite3.Row
            self.link = link
            opened = link.execute("SELECT value FROM setting WHERE name = 'opened_on'").fetchone()
            self.since = opened["value"] if opened and opened["value"] else "0001-01-01"
            self.lines = {*self.hazards(), *self.tips(), *self.firms(), *self.registers(), *self.gaps()}
            self.lines |= self.form()
        self.lines |= {*self.tasks(), *self.duties()}

    def ask(self, sql: str) -> list[sqlite3.Row]:
        return self.link.execute(sql).fetchall()

    def now(self, text: str | None, ahead: int = 0, report: bool = False) -> bool:
        """Whether a day has passed, or is to be reminded of today."""
        if not text or text < self.since:
            return False
        day = date.fromisoformat(text)
        if day < self.today or (report and day <= self.week):
            return True
        return remind_on(day - timedelta(days=ahead), holidays=self.desk.holidays.days()) <= self.today

    def late(self, text: str | None) -> bool:
        return bool(text) and self.since <= str(text) < self.today.isoformat()

    def hazards(self) -> set[Line]:
        found = set()
        for row in self.ask(f"SELECT * FROM hazard WHERE state IN {OPEN}"):
            major, own = row["level"] == "重大", row["state"] in ("待整改", "整改中")
            lacks = not (row["responsible"] and row["measures"] and row["deadline"])
            lacks |= major and (row["funds"] is None or not row["contingency"])
            shown = row["supervision_deadline"] and not row["supervision_removed_on"]
            kinds = {
                "major_overdue": own and major and self.late(row["deadline"]),
                "supervision": (own or row["state"] == "已移交")
                and shown
                and self.now(row["supervision_deadline"]),
                "hazard_overdue": own and self.late(row["deadline"]),
                "recheck": row["state"] == "待复查",
                "sign_off": row["state"] == "待销号",
                "uncommitted": row["state"] == "待整改" or (row["state"] == "整改中" and lacks),
                "hazard": own and self.now(row["deadline"]),
            }
            first = next((kind for kind, fits in kinds.items() if fits), None)
            found |= {(first, f"hazards/{row['id']}")} if first else set()
            if row["state"] == "已移交" and (row["replied_on"] or self.now(row["reply_due"], report=True)):
                found.add(("handed", f"hazards/{row['id']}"))
            if self.now(row["feedback_due"], report=True):
                found.add(("report", f"hazards/{row['id']}"))
        return found

    def tips(self) -> set[Line]:
        rows = self.ask("SELECT id, deadline FROM tip WHERE answered_on IS NULL")
        return {("tip", f"tips/{row['id']}") for row in rows if self.now(row["deadline"])}

    def firms(self) -> set[Line]:
        """Nothing is asked of a firm that is stopped."""
        of_working = "SELECT id FROM enterprise WHERE coalesce(status, '') NOT IN ('停产', '关闭')"
        rows = self.ask(
            "SELECT id, next_due FROM enterprise_duty"
            f" WHERE state <> '不适用' AND enterprise_id IN ({of_working})"
        )
        return {("enterprise", f"enterprise-duties/{row['id']}") for row in rows if self.now(row["next_due"])}

    def registers(self) -> set[Line]:
        """Letters that ask for an answer, and certificates."""
        found = set()
        for row in self.ask("SELECT id, register, facts, hazard_id FROM register_row"):
            facts, record = json.loads(row["facts"]), f"{row['register']}/{row['id']}"
            if row["register"] == "incoming" and not facts.get("replied_on"):
                found |= {("document", record)} if self.now(facts.get("reply_by")) else set()
            if row["register"] == "qualifications" and not facts.get("ended_on"):
                found |= {("certificate", record)} if self.now(facts.get("valid_until"), 30) else set()
            if row["register"] in ("fire-facilities", "fire-legacy") and not row["hazard_id"]:
                ended = facts.get("finished_on") or facts.get("state") in ("已整改", "已整治")
                found |= {("register", record)} if not ended and self.now(facts.get("deadline")) else set()
        return found

    def gaps(self) -> set[Line]:
        tables = {"hazard": "hazards", "tip": "tips", "enterprise": "enterprises", "check_visit": "checks"}
        asked = "SELECT count(*) AS n FROM {} WHERE gaps NOT IN ('', '[]')"
        return {
            ("gap", f"{book}/0") for table, book in tables.items() if self.ask(asked.format(table))[0]["n"]
        }

    def form(self) -> set[Line]:
        """The monthly form that the office uses, unless it was sent in its month from its day on."""
        (plan,) = self.ask("SELECT * FROM plan WHERE id = (SELECT value FROM setting WHERE name = 'plan')")
        used = self.ask(f"SELECT value FROM setting WHERE name = 'form_in_use/{plan['id']}'")
        if not used or not used[0]["value"]:
            return set()
        form = tomllib.loads((ROOT / f"resources/forms/{used[0]['value']}.toml").read_text(encoding="utf-8"))
        sent = {row["as_of"] for row in self.ask("SELECT as_of FROM submission WHERE \"group\" = ''")}
        begins = max(str(form["first"]), plan["issued_on"] or plan["starts_on"])
        month = date(self.today.year - 1, 1, form["due_day"])
        while month <= self.week:
            day, last = month.isoformat(), f"{month:%Y-%m}-31"
            there = any(day <= one <= last for one in sent)
            if begins <= day <= plan["ends_on"] and not there and self.now(day, report=True):
                return {("report", "submissions/0")}
            month = (month.replace(day=1) + timedelta(days=32)).replace(day=form["due_day"])
        return set()

    def tasks(self) -> set[Line]:
        """Tasks and their parts whose day has come, and the days on the way of those not done."""
        found = set()
        for row in self.desk.tasks.all_rows():
            record, done = f"tasks/{row.id}", str(row.status) in ("已完成", "逾期完成", "起账前")
            days = [str(row.due)] if row.due and not done else []
            days += [
                str(part.due)
                for part in row.parts
                if part.due
                and str(row.status) not in ("已完成", "逾期完成")
                and "完成" not in str(part.status)
            ]
            found |= {("task", record)} if any(map(self.now, days)) else set()
        return found

    def duties(self) -> set[Line]:
        found = set()
        for one in self.desk.duties.occurrences(date.min, self.today + timedelta(days=31)):
            report = any(word in one.duty.title for word in _REPORTS)
            report |= any(code.startswith("form:") for code in one.duty.codes)
            if (one.open or one.behind) and self.now(one.due.isoformat(), report=report):
                found.add(("report" if report else "occurrence", f"duties/{one.duty.id}"))
        for rest in untriggered_festivals(self.desk.duties):
            if rest.holiday > self.today and rest.due >= self.today and self.now(rest.due.isoformat()):
                found.add(("occurrence", f"duties/{rest.duty.id}"))
        return found
