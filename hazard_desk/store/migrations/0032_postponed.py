"""What the clerk put off in her inbox."""


def up(migrator, db):
    db.execute_sql(
        "CREATE TABLE postponed (id INTEGER NOT NULL PRIMARY KEY, title TEXT NOT NULL, what TEXT NOT NULL,"
        " until DATE, reason TEXT NOT NULL, at DATETIME NOT NULL, who TEXT NOT NULL)"
    )
