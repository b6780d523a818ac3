"""行业领域: the sectors that S0 names, and those of the national criteria that a township meets."""

from __future__ import annotations

SECTORS = (
    "农村道路交通",
    "建设施工",
    "烟花爆竹",
    "工贸",
    "城镇燃气",
    "消防",
    "危险化学品",
    "非煤矿山",
    "特种设备",
    "农业机械",
    "水利",
    "电力",
    "学校",
    "医疗养老",
    "文化旅游",
    "自建房",
    "其他",
)
