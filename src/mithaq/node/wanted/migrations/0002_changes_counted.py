"""Counts the changes of the notices that screening compares with: `facts.generation` reads the count.

In the database, so that whatever writes a notice is counted, in the same transaction; counting the notices themselves
took longer the more there were, at each comparison. Whoever changes them waits for the one before to commit: the count
never goes back, and no change hides behind another's.
"""

from django.db import migrations

_COUNT = """
CREATE FUNCTION wanted_count_change() RETURNS trigger LANGUAGE plpgsql AS $count$
DECLARE changed boolean := false;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        changed := EXISTS (SELECT FROM before WHERE state IN ('active', 'withdrawn'));
    END IF;
    IF TG_OP <> 'DELETE' AND NOT changed THEN
        changed := EXISTS (SELECT FROM after WHERE state IN ('active', 'withdrawn'));
    END IF;
    IF changed THEN
        INSERT INTO acts_series AS held (name, last) VALUES ('wanted.Notice', 1)
        ON CONFLICT (name) DO UPDATE SET last = held.last + 1;
    END IF;
    RETURN NULL;
END
$count$
"""
_TRIGGER = """
CREATE TRIGGER wanted_notice_{event} AFTER {event} ON wanted_notice REFERENCING {rows}
FOR EACH STATEMENT EXECUTE FUNCTION wanted_count_change()
"""
_ROWS = {
    "insert": "NEW TABLE AS after",
    "update": "OLD TABLE AS before NEW TABLE AS after",
    "delete": "OLD TABLE AS before",
}


class Migration(migrations.Migration):

    dependencies = [
        ('acts', '0001_initial'),
        ('wanted', '0001_initial'),
    ]

    operations = [
        migrations.RunSQL([_COUNT], ["DROP FUNCTION wanted_count_change() CASCADE"]),
        *(
            migrations.RunSQL([_TRIGGER.format(event=event, rows=rows)], migrations.RunSQL.noop)
            for event, rows in _ROWS.items()
        ),
    ]
