"""The units that report to the office."""


def up(migrator, db):
    db.execute_sql(
        "CREATE TABLE unit (id INTEGER NOT NULL PRIMARY KEY, others TEXT NOT NULL, gaps TEXT NOT NULL,"
        " name TEXT NOT NULL, short TEXT NOT NULL, kind TEXT NOT NULL, office TEXT NOT NULL,"
        " sectors TEXT NOT NULL, members TEXT NOT NULL, head TEXT NOT NULL, phone TEXT NOT NULL,"
        " list_day INTEGER, form_day INTEGER, starts_on DATE, ends_on DATE, remark TEXT NOT NULL)"
    )
