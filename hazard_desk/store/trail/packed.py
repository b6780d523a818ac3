"""What an act wrote, as the trail keeps it: JSON, packed where that is shorter.

Acts are much alike: packed by a text that all of them begin from, an act takes two fifths of its room. It
stays a text, ``1`` and base64 of raw deflate; what is kept plain begins with a bracket. The chain is made
over the JSON, so that an act is the same act in either form.
"""

from __future__ import annotations

import zlib
from base64 import b64decode, b64encode

_PACKED = "1"
"""How a packed text begins. Another text to begin from would need another sign."""
_LEVEL = 6
_PLAIN_BITS = -15


def packed_act(text: str) -> str:
    """Return a JSON text as it is kept."""
    work = zlib.compressobj(_LEVEL, zlib.DEFLATED, _PLAIN_BITS, zdict=_BEGIN)
    short = _PACKED + b64encode(work.compress(text.encode()) + work.flush()).decode()
    return short if len(short) < len(text.encode()) else text


def unpacked_act(kept: str) -> str:
    """Return the JSON text. Raises ``ValueError`` where it cannot be had."""
    if not kept.startswith(_PACKED):
        return kept
    work = zlib.decompressobj(_PLAIN_BITS, zdict=_BEGIN)
    try:
        text = work.decompress(b64decode(kept[1:], validate=True))
    except zlib.error as wrong:
        raise ValueError(str(wrong)) from wrong
    if work.unused_data or not work.eof:
        raise ValueError("no whole act")
    return text.decode()


_BEGIN = (
    '[["reward_penalty",1,null,{"kind":"","target_kind":"","target":"","happened_on":"2023-10-10",'
    '"reason":"","basis":"","amount":1,"hazard_number":"","hazard_id":1,"tip_id":1,'
    '"informant_id":1}]][["finding",1,null,{"level":"重大","place":"","description":"",'
    '"check_id":1}]][["task_log",1,null,{"happened_on":"2023-10-10","kind":"","note":"","task_id":1,'
    '"who":"","entered_at":"2023-10-10T09:00:00"}]][["enterprise",1,null,{"name":"",'
    '"category":"企业","credit_code":"","sector":"非煤矿山","village":"","address":"",'
    '"legal_person":"","principal":"","phone":"","safety_officers":[],"headcount":1,"risk":"",'
    '"grade":"","high_risk":true,"office":"应急办","leader":"","keeper":"",'
    '"status":"在产"}]][["hazard",1,{},{"plan_goal":"","plan_methods":"","plan_resources":"",'
    '"plan_people":"","plan_deadline":"2023-10-10","plan_safety":""}],["hazard_event",1,null,'
    '{"hazard_id":1,"kind":"planned","happened_on":"2023-10-10","note":"","facts":{"plan_goal":"",'
    '"plan_methods":"","plan_resources":"","plan_people":"","plan_deadline":"2023-10-10",'
    '"plan_safety":""},"entered_at":"2023-10-10T09:00:00","who":"","law":1,'
    '"state":"整改中"}]][["enterprise_duty",1,null,{"unit_name":"","duty":"","state":"已落实",'
    '"last_on":"2023-10-10","next_due":"2023-10-10","enterprise_id":1}]][["check_visit",1,null,'
    '{"checked_on":"2023-10-10","times":"","kind":"","unit_name":"","inspectors":[],"badges":[],'
    '"situation":"","papers":[],"diagnosis":"已完成","penalty":"未完成","recheck":"未复查",'
    '"enterprise_id":1}]][["activity",1,null,{"kind":"","title":"","held_on":"2023-10-10",'
    '"level":"乡","place":"","host":"","attendance":1,"content":"","task_number":1,'
    '"task_id":1}]][["document",1,null,{"kind":"限期整改意见书","seq":1,"title":"",'
    '"issued_on":"2023-10-10","addressee":"","basis":[],"record":"","about":"","year":1,'
    '"series":"rectify","report":"","number":""},""],["hazard",1,{},{"notice_number":""},""],'
    '["hazard_event",1,null,{"hazard_id":1,"kind":"","happened_on":"2023-10-10","note":"",'
    '"facts":{"notice_number":"","deadline":"2023-10-10"},"entered_at":"2023-10-10T09:00:00",'
    '"who":"","law":1,"state":"待整改"},""]][["hazard",1,{"state":"待销号"},{"state":"已销号",'
    '"signed_off_on":"2023-10-10","signed_off_by":"谭𬎆"}],["hazard_event",1,null,{"hazard_id":1,'
    '"kind":"signed_off","happened_on":"2023-10-10","note":"","facts":{"signed_off_by":"谭𬎆",'
    '"closing_reason":""},"entered_at":"2023-10-10T09:00:00","who":"","law":1,'
    '"state":"已销号"}]][["hazard",1,{},{"listed_on":"2023-10-10","deputy_consent":"向喆",'
    '"principal_consent":"覃维翰","pool":"全量库"}],["hazard_event",1,null,{"hazard_id":1,'
    '"kind":"listed","happened_on":"2023-10-10","note":"","facts":{"deputy_consent":"向喆",'
    '"principal_consent":"覃维翰"},"entered_at":"2023-10-10T09:00:00","who":"","law":1,'
    '"state":"待整改"}]][["hazard",1,{"state":"待整改"},{"state":"待复查",'
    '"rectified_on":"2023-10-10","rectified_by":[],"spent":1}],["hazard_event",1,null,{"hazard_id":1,'
    '"kind":"rectified","happened_on":"2023-10-10","note":"","facts":{"rectified_by":[],"spent":1},'
    '"entered_at":"2023-10-10T09:00:00","who":"","law":1,"state":"待复查"}]][["hazard",1,'
    '{"state":"待复查"},{"state":"待销号","rechecked_on":"2023-10-10","rechecked_by":[],'
    '"recheck_finding":""}],["hazard_event",1,null,{"hazard_id":1,"kind":"",'
    '"happened_on":"2023-10-10","note":"","facts":{"rechecked_by":[],"recheck_finding":""},'
    '"entered_at":"2023-10-10T09:00:00","who":"","law":1,"state":"待销号"}]][["hazard",1,null,'
    '{"state":"待整改","level":"重大","source":"执法检查","sector":"消防","unit_name":"","place":"",'
    '"description":"","category":"消防安全","criterion":"","found_on":"2023-10-10","inspectors":[],'
    '"responsible":"","deadline":"2023-10-10","office":"民政社事办","overseer":"田茂生",'
    '"enterprise_id":1,"number":"","year":1,"serial":1},""],["hazard_event",1,null,{"hazard_id":1,'
    '"kind":"registered","happened_on":"2023-10-10","note":"","facts":{"level":"重大",'
    '"source":"执法检查","sector":"消防","unit_name":"","place":"","description":"",'
    '"category":"消防安全","criterion":"","inspectors":[],"responsible":"","measures":"",'
    '"funds":null,"deadline":"2023-10-10","contingency":"","office":"民政社事办","overseer":"田茂生",'
    '"assigned_number":"","feedback_due":null,"progress":"","remark":""},'
    '"entered_at":"2023-10-10T09:00:00","who":"","law":1,"state":"待整改"},""],["hazard",1,{},'
    '{"check_id":1}],["finding",1,{},{"hazard_id":1}]][["hazard",1,{"state":"待整改"},'
    '{"state":"整改中","measures":"","funds":1,"deadline":"2023-10-10","contingency":""}],'
    '["hazard_event",1,null,{"hazard_id":1,"kind":"committed","happened_on":"2023-10-10","note":"",'
    '"facts":{"responsible":"","measures":"","funds":1,"deadline":"2023-10-10","contingency":""},'
    '"entered_at":"2023-10-10T09:00:00","who":"","law":1,"state":"整改中"}]][["hazard",1,null,'
    '{"state":"待整改","level":"一般","source":"企业自查","sector":"非煤矿山","unit_name":"",'
    '"place":"","description":"","category":"设备设施","found_on":"2023-10-10","inspectors":[],'
    '"responsible":"","office":"应急办","overseer":"罗开平","enterprise_id":1,"number":"","year":1,'
    '"serial":1}],["hazard_event",1,null,{"hazard_id":1,"kind":"registered",'
    '"happened_on":"2023-10-10","note":"","facts":{"level":"一般","source":"企业自查",'
    '"sector":"非煤矿山","unit_name":"","place":"","description":"","category":"设备设施",'
    '"criterion":"","inspectors":[],"responsible":"","measures":"","funds":null,"deadline":null,'
    '"contingency":"","office":"应急办","overseer":"罗开平","assigned_number":"","feedback_due":null,'
    '"progress":"","remark":""},"entered_at":"2023-10-10T09:00:00","who":"","law":1,'
    '"state":"待整改"}]]'
).encode()
"""Never to be changed: what was packed by it could not be read any more."""
