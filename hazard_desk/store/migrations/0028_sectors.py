"""The sectors are rows of the desk: a desk that is here keeps those that the program had."""

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


def up(migrator, db):
    db.execute_sql(
        "CREATE TABLE sector (id INTEGER NOT NULL PRIMARY KEY, others TEXT NOT NULL, gaps TEXT NOT NULL,"
        " name TEXT NOT NULL, origin TEXT NOT NULL, since DATE, until DATE, now TEXT NOT NULL,"
        " remark TEXT NOT NULL)"
    )
    if db.execute_sql("SELECT 1 FROM plan LIMIT 1").fetchone():  # a new desk is given them by its first act
        for name in SECTORS:
            db.execute_sql(
                "INSERT INTO sector (others, gaps, name, origin, now, remark)"
                " VALUES ('{}', '[]', ?, '通用', '', '')",
                (name,),
            )
