"""Words that say by themselves what they are: days, deadlines, grades, 当场整改, people by their role."""

from __future__ import annotations

import re
from datetime import date

from hazard_desk.capture.known import About
from hazard_desk.rules.dates import read_ledger_date, said_day
from hazard_desk.rules.states import LEVELS, SOURCES
from hazard_desk.rules.surnames import DOUBLE_SURNAMES, SURNAMES

_DONE = r"(?:整改|改正|消除|整治|处理)(?:完毕|完成|到位|好|了)?"
_THERE = "(?:均|都|全部)?(?:已经?)?(?:当场|现场|当日|当天)(?:已经?)?"
AT_ONCE = re.compile(rf"{_THERE}(?:{_DONE})?|(?:已经?)?立行立改(?:{_DONE})?|(?:立即|已经?){_DONE}")
"""The hazard was put right where it was found."""
_AT_ONCE_INSIDE = re.compile(rf"{_THERE}{_DONE}|立行立改|立即(?:整改|改正)(?:完毕|完成|到位)$")
_NOT_BEFORE = re.compile(
    "(?:[未没][能有]?|[未没]有?(?:及时|得到)|不|不[能可便宜予愿肯会]|不具备|无[法力]|难以|拒绝)(?:立即)?$"
)
_NOT_AFTER = tuple("不未难")
_ORDERED = re.compile("(?:要求|责令|督促|建议|通知|应当?|必?须|需要?|限期?|请)(?:其|企业|单位|该单位)?$")
_LEVEL = re.compile(rf"({'|'.join(LEVELS)})(?:级|(?:事故)?隐患|问题)?")
_LEVEL_AT_HEAD = re.compile(rf"({'|'.join(LEVELS)})(?:事故)?隐患")
_SOURCES = {source: source for source in SOURCES} | {
    "自查": SOURCES[0],
    "检查发现": SOURCES[1],
    "执法": SOURCES[1],
    "举报": SOURCES[2],
    "交办": SOURCES[3],
}
_DAY_HEAD = re.compile(
    r"((?:\d{4}[-./年])?\d{1,2}[-./月]\d{1,2}[日号]?|\d{1,2}[日号]|[今昨]日|[今昨前]天|大前天|上个?(?:周|星期|礼拜)[一二三四五六日天])(?:上午|下午|早上|晚上)?"
)
_PLAIN_DAY = re.compile(r"\d{1,2}[./-]\d{1,2}$")
_BY = re.compile(
    r"(?:限期?[于在]?|(?:整改)?时限[:：]?)?(.{1,12}?[前内底]|.{1,12}?)(?:完成)?(?:整改|改正)?(?:完毕|到位)?"
)
_BY_MARK = re.compile(r"^(?:限|时限|整改时限)|[前内](?:完成)?(?:整改|改正)?(?:完毕|到位)?$|月底$")
MEASURES = tuple("米厘毫公吨元万个只条处层楼%℃度升立平千")
"""What follows a number that is no day."""
TIMES = re.compile(r"\d{1,2}[:：]\d{2}\s*[—–~～至-]+\s*\d{1,2}[:：]\d{2}")
_ROLES = {
    "检查人员": About.INSPECTORS,
    "检查人": About.INSPECTORS,
    "带队领导": About.LEADER,
    "带队": About.LEADER,
    "整改责任人": About.RESPONSIBLE,
    "责任人": About.RESPONSIBLE,
    "负责人": About.RESPONSIBLE,
    "整改人": About.RECTIFIED_BY,
}
_ROLE = re.compile(rf"({'|'.join(_ROLES)})[:：是为]?(.*)")
_HAN_NAME = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbf\U00020000-\U0003ffff]{2,4}")
_NO_NAMES = re.compile(
    "严重|安全|通道|车间|方便|水管|明火|边坡|易燃|易爆|温度|高温|平台|房顶|花盆|"
    "全部|于是|应急|时间|单位|管道|包装|空调|柴油|柴火|金属|符合|关闭|家具|路面|"
    "石料|支架|成品|程序|计划|费用|解除|封堵|农药|阳台|燃气|宿舍|干燥|双层|查看|"
    "强电|通风|粮食|车辆|门锁|门口|厨房|仓库|堵塞|常闭|常开|应急灯|安全帽|安全带|"
    "水泵房|车棚|房屋|路口|边缘|井盖|井口|喻示|相关|和谐|高处|高空|金额|温控|"
    "时限|丁烷|白酒|毛坯|石块|石棉|花园|车库|顶部|贝壳|管线|管理|管控|经常|经营|"
    "幸好|东侧|南侧|西侧|北侧|后门|后厨|古建|别墅|方案|路灯|易拉|关门|查处|连接|"
    "连续|计量|储油罐|钢瓶|党员|商铺"
)
"""Words that begin with a surname and are no names."""
UNIT_ENDS = re.compile(
    r".+(?:公司|工厂|厂|店|超市|商场|市场|加油站|站|医院|卫生院|养老院|敬老院|馆|作坊|坊|学校|小学|中学|幼儿园|合作社"
    r"|项目部|酒店|宾馆|民宿|农家乐|山庄|饭庄|餐厅|矿|砖厂|大院|养殖场|中心|经营部|门市部|维修部)"
)
"""A word that ends so is likely called a unit that no ledger knows."""
PLACES = (
    "安全出口|疏散通道|消防通道|疏散楼梯|楼梯间|楼梯口|配电箱|配电柜|配电房|配电室|仓库|库房|厨房|后厨|车间|宿舍|寝室"
    "|教室|食堂|货架|锅炉房|锅炉|储罐区|储罐|气瓶间|灶台|操作间|发电机房|设备间|门厅|走道|走廊|阳台|屋顶|外墙|采面"
    "|边坡|皮带机|破碎机|加油机|卸油口|消防栓|消火栓"
)
"""Where hazards are found."""
_PLACE_HEAD = re.compile(
    rf"(?:(?:[一二三四五六七八九十负]+|\d+)[层楼号]|[东南西北前后左右](?:侧|面|门)|地下|室外|室内)?(?:{PLACES})"
)


def level_of(word: str, head: bool = False) -> tuple[str, int] | None:
    """Return the grade that a word says, and how many of its characters say it; ``head``: at its head."""
    match = _LEVEL_AT_HEAD.match(word) if head else _LEVEL.fullmatch(word)
    return (match[1], match.end()) if match else None


def source_of(word: str) -> str:
    """Return the source that a word says, '' for any other word."""
    return _SOURCES.get(word, "")


def at_once_in(word: str) -> tuple[int, int, bool] | None:
    """Return where a longer word says that it was put right at once, and whether only that it should be.

    None where it says that it was not: 未当场整改, 当场整改不了.
    """
    match = _AT_ONCE_INSIDE.search(word)
    if match is None or word[match.end() :].startswith(_NOT_AFTER):
        return None
    before = word[: match.start()]
    return None if _NOT_BEFORE.search(before) else (*match.span(), _ORDERED.search(before) is not None)


def day_at_head(word: str, today: date, whole: bool) -> tuple[date, int] | None:
    """Return the day at the head of a word and the length of what says it; ``whole``: the word is no more.

    A plain 3.5 within a word is no day: 3.5米.
    """
    match = _DAY_HEAD.fullmatch(word) if whole else _DAY_HEAD.match(word)
    if match is None or (not whole and _PLAIN_DAY.fullmatch(match[0])):
        return None
    day = said_day(match[1], today)
    return (day, match.end()) if day else None


def is_plain_day(word: str) -> bool:
    """Whether a word may be a day or a number: 5.25."""
    return _PLAIN_DAY.fullmatch(word) is not None


def deadline_said(word: str, today: date, found: date) -> date | None:
    """Return the day by which a word wants something done: 6.10前, 一周内, 限5月底, 立即整改."""
    if word in ("立即整改", "立即改正"):
        return found
    if not _BY_MARK.search(word) or not (match := _BY.fullmatch(word)):
        return None
    for said in (word, match[1]):
        day, _ = read_ledger_date(said, today, found, deadline=True)
        if day and day >= found:
            return day
    return None


def role_in(word: str) -> tuple[About, str] | None:
    """Return the part that a word gives to people, and the names after it ('' where they follow)."""
    match = _ROLE.fullmatch(word)
    return (_ROLES[match[1]], match[2]) if match else None


def looks_like_person(word: str) -> bool:
    """Whether a word may be a name: of two or three characters, a surname first."""
    if _NO_NAMES.fullmatch(word) or not _HAN_NAME.fullmatch(word):
        return False
    return word.startswith(DOUBLE_SURNAMES) or (len(word) < 4 and word[0] in SURNAMES)


def is_place(word: str) -> bool:
    """Whether a whole word says a place: 二楼配电室."""
    return _PLACE_HEAD.fullmatch(word) is not None


def place_at_head(word: str) -> str:
    """Return the place with which a description begins, '' where it begins otherwise."""
    match = _PLACE_HEAD.match(word)
    return match[0] if match else ""
