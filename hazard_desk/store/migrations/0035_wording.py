"""The wording of papers as the office has it."""


def up(migrator, db):
    db.execute_sql(
        "CREATE TABLE wording (id INTEGER NOT NULL PRIMARY KEY, report TEXT NOT NULL UNIQUE,"
        " title TEXT NOT NULL, text TEXT NOT NULL,"
        " original TEXT NOT NULL, at DATETIME NOT NULL, who TEXT NOT NULL)"
    )
