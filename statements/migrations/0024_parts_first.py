"""Lets an import derive for many new statements in one query, with the tables in use.

Whoever writes the parts of new statements before these says so in the setting
`demarche.parts_first`, which ends with the transaction. No statement is looked for then as its
parts come, and one that brings what is derived keeps it. All others are derived row by row as
before, by the same functions.
"""

from django.db import migrations

# Replaced and not dropped: readers need not wait.
TRIGGERS = """
CREATE OR REPLACE TRIGGER derive_before_write BEFORE UPDATE ON statements_statement
FOR EACH ROW EXECUTE FUNCTION derive_before_write();
CREATE TRIGGER derive_new BEFORE INSERT ON statements_statement FOR EACH ROW
WHEN (NEW.search_vector IS NULL
    OR current_setting('demarche.parts_first', true) IS DISTINCT FROM 'yes')
EXECUTE FUNCTION derive_before_write();
"""
TRIGGERS_BEFORE = """
DROP TRIGGER derive_new ON statements_statement;
CREATE OR REPLACE TRIGGER derive_before_write BEFORE INSERT OR UPDATE ON statements_statement
FOR EACH ROW EXECUTE FUNCTION derive_before_write();
"""
TOUCH = """
CREATE OR REPLACE TRIGGER touch_after_insert AFTER INSERT ON {table}
REFERENCING NEW TABLE AS changed
FOR EACH STATEMENT {when}EXECUTE FUNCTION touch_statements();
"""
WHEN = "WHEN (current_setting('demarche.parts_first', true) IS DISTINCT FROM 'yes')\n"
PARTS = [
    "statements_party",
    "statements_citation",
    "statements_statement_topics",
    "statements_statement_about_events",
]


def touching(when: str) -> str:
    return "".join(TOUCH.format(table=table, when=when) for table in PARTS)


class Migration(migrations.Migration):
    dependencies = [("statements", "0023_on_one_day")]

    operations = [
        migrations.RunSQL(TRIGGERS + touching(WHEN), TRIGGERS_BEFORE + touching("")),
    ]
