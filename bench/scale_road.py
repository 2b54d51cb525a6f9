"""What the road of the prepared node holds for its notices and hits, and its other people: one piece of SQL.

Envelopes and receipts are of their real size and are not signed: no page that lists them reads what they say.
"""

from __future__ import annotations

ROAD = """
CREATE TEMP TABLE told AS
SELECT id AS record, 'wanted.Notice' AS model, 'publish-notice@1' AS act, unit AS sender,
    'MA-POLICE/WANTED' AS recipient, line, created + interval '3 minutes' AS at, gen_random_uuid() AS message
FROM wanted_notice WHERE authority = 'BE-POLICE' AND state IN ('active', 'expired', 'withdrawn')
UNION ALL
SELECT id, 'border.Hit', 'report-hit@1', unit, owner_unit, line, at + interval '1 minute', gen_random_uuid()
FROM border_hit;
INSERT INTO acts_wish (id, act, plan, line, sender, recipient, model, record, urgency, created, state, ground, message)
SELECT gen_random_uuid(), act, 'MA-BE/2025-2026', line, sender, recipient, model, record::text, 'normal', at, 'sent',
    '', message FROM told;
INSERT INTO acts_outbox (message, partner, plan, line, act, sequence, envelope, content, digest, created, expires, due,
    state, ground, attempts, next_attempt)
SELECT message, 'MA-POLICE', 'MA-BE/2025-2026', line, act, row_number() OVER (ORDER BY at),
    convert_to(repeat(md5(message::text), 50), 'utf8'), NULL, 'sha256:' || md5(message::text), at,
    at + interval '30 days', at + interval '7 days', 'accepted', '', 1, at FROM told;
INSERT INTO acts_receipt (outgoing, partner, message, kind, token, at, ground, delivered, attempts)
SELECT false, 'MA-POLICE', message, kind, convert_to(repeat(md5(message::text), 15), 'utf8'),
    at + after * interval '1 minute', '', false, 0
FROM told, (VALUES ('R0', 0), ('R2', 1)) AS given(kind, after);
INSERT INTO acts_inbox (sender, message, digest, plan, line, act, envelope, content, receipt, accepted, at, state,
    attempts)
SELECT 'MA-POLICE', message::uuid, 'sha256:' || md5(message), plan, line, 'publish-notice@1',
    convert_to(repeat(md5(message), 50), 'utf8'), NULL, convert_to(repeat(md5(message), 15), 'utf8'), true, created,
    'delivered', 1 FROM wanted_notice WHERE message <> '';
INSERT INTO acts_receipt (outgoing, partner, message, kind, token, at, ground, delivered, attempts)
SELECT true, 'MA-POLICE', message::uuid, 'R2', convert_to(repeat(md5(message), 15), 'utf8'), created, '', true, 1
FROM wanted_notice WHERE message <> '';
INSERT INTO wanted_extension (id, notice, by, reason, at, before, after, version)
SELECT gen_random_uuid(), id, 'approver', 'Checked again.', created + interval '90 days', review - interval '90 days',
    review, 1 FROM wanted_notice WHERE state = 'active' AND mod(hashtext(id::text), 5) = 0;
INSERT INTO accounts_user (id, name, full_name, unit, roles, lines, language, is_active, epoch, version, password,
    last_login)
SELECT gen_random_uuid(), 'officer-' || to_char(n, 'FM000'), 'Officer ' || n,
    (SELECT unit FROM (VALUES (21, 'BE-POLICE/BORDER'), (22, 'BE-POLICE/HARBOUR'), (23, 'BE-POLICE/RAIL'),
        (24, 'BE-POLICE/WANTED')) AS last(place, unit) WHERE place = n % 25
     UNION ALL SELECT 'BE-POLICE/U' || to_char(n % 25, 'FM00') LIMIT 1),
    '["case-officer"]', NULL, '', true, 0, 1, (SELECT password FROM accounts_user WHERE name = 'officer-a'), NULL
FROM generate_series(0, 399) AS n;
INSERT INTO acts_tombstone (id, rule, model, source, unit, line, salt, record, reference, opening, leaf, ended,
    at, records)
SELECT gen_random_uuid(), 'candidates', 'border.Candidate', '', 'BE-POLICE/BORDER', 'wanted-persons',
    decode(md5(n::text), 'hex'), md5(n::text), '', decode(md5(n::text), 'hex'), 'sha256:' || md5(n::text),
    at, at, 1 FROM generate_series(1, 50000) AS n, LATERAL
    (SELECT timestamptz '2026-05-04 03:00Z' - n * interval '10 minutes' AS at) AS moment;
INSERT INTO acts_refusal (id, at, act, plan, line, actor, ground)
SELECT gen_random_uuid(), timestamptz '2026-05-04 03:00Z' - n * interval '1 hour', 'publish-notice@1',
    'MA-BE/2025-2026', 'wanted-persons', 'officer-007', 'plan.unit' FROM generate_series(1, 5000) AS n;
INSERT INTO acts_alarm (at, code, partner, message, detail, about, closed, version)
SELECT timestamptz '2026-05-04 03:00Z' - n * interval '8 hours', 'reading.unusual', '', NULL, '7 records=2000',
    'officer-' || to_char(n % 400, 'FM000'), n > 30, 1 FROM generate_series(1, 1000) AS n;
INSERT INTO acts_series (name, last) VALUES ('BE-POLICE/2026/WP', 100000), ('BE-POLICE/2026/HIT', 100000)
ON CONFLICT (name) DO UPDATE SET last = excluded.last;
"""
