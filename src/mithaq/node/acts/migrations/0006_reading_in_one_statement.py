"""Adds a row of the access log in one statement: the lock of the chain, the head, the row.

Before, a page of a reading cost four: a transaction's begin and end, the lock, and the row. Each statement of a volatile
function sees what was committed before that statement began: the head is read after the wait for the lock, never as it
was before. Number and hash are those of `acts/access.py: link`; the lock is its `LOCK`.
"""

from django.db import migrations

_ADD = """
CREATE FUNCTION acts_read(
    _at timestamptz, _actor text, _unit text, _what text, _record text, _reason text, _why text, _also text[],
    _salt bytea, _commitment bytea, _empty bytea
) RETURNS void LANGUAGE plpgsql VOLATILE AS $read$
DECLARE
    number bigint;
    head bytea;
BEGIN
    PERFORM pg_advisory_xact_lock(1835098979);
    SELECT last.id, last.chain INTO number, head FROM acts_access last ORDER BY last.id DESC LIMIT 1;
    number := coalesce(number, 0) + 1;
    INSERT INTO acts_access (id, at, actor, unit, what, record, reason, why, also, salt, chain)
    VALUES (number, _at, _actor, _unit, _what, _record, _reason, _why, _also, _salt,
        sha256(coalesce(head, _empty) || int8send(number) || _commitment));
END
$read$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('acts', '0005_search'),
    ]

    operations = [
        migrations.RunSQL([_ADD], ["DROP FUNCTION acts_read"]),
    ]
