/** Questions to the verifier, what was answered, calls that may be billed, and the materials' own keys. */
export const checksSchema = `
ALTER TABLE outbox ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
-- Who decided that a refused record is never sent.
ALTER TABLE outbox ADD COLUMN given_up_by TEXT;
UPDATE outbox SET bytes =
  (SELECT length(record) FROM records WHERE records.seq = outbox.seq) +
  (SELECT length(receipt) FROM receipts WHERE receipts.seq = outbox.seq);

-- A question whose materials are still being written has no row: nothing was promised about it.
CREATE TABLE checks (
  certify_id    TEXT    NOT NULL PRIMARY KEY REFERENCES records (certify_id),
  session_id    TEXT    NOT NULL UNIQUE,
  kind          TEXT    NOT NULL,
  order_id      TEXT    NOT NULL UNIQUE,
  bytes         INTEGER NOT NULL,
  state         TEXT    NOT NULL CHECK (state IN
                  ('sealed', 'uploading', 'submitted', 'decided', 'acked', 'erased', 'unknown', 'stopped')),
  priority      TEXT    NOT NULL CHECK (priority IN ('live', 'backlog')),
  queued_at_ms  INTEGER NOT NULL,
  attempts      INTEGER NOT NULL,
  reference     TEXT,
  -- Local day on which the source said "not again today".
  refused_day   TEXT,
  last_failure  TEXT,
  -- Of a try that decided nothing.
  outcome       TEXT,
  -- Who lets it be asked again although it may have been answered.
  clerk         TEXT,
  -- Why nothing more is sent, with the materials destroyed: who gave it up, or that it expired.
  closed        TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX checks_by_state ON checks (state, priority, attempts, queued_at_ms);

-- Append-only: revision 1 is the first answer, amendments follow.
CREATE TABLE decisions (
  certify_id    TEXT    NOT NULL REFERENCES records (certify_id),
  revision      INTEGER NOT NULL,
  effect        TEXT    NOT NULL,
  outcome       TEXT    NOT NULL,
  decision      TEXT,
  kept_at_ms    INTEGER NOT NULL,
  PRIMARY KEY (certify_id, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE vendor_attempts (
  attempt_id    TEXT    NOT NULL PRIMARY KEY,
  certify_id    TEXT    NOT NULL,
  verifier      TEXT    NOT NULL,
  operation     TEXT    NOT NULL,
  order_id      TEXT    NOT NULL,
  number        INTEGER NOT NULL,
  started_at_ms INTEGER NOT NULL,
  reference     TEXT,
  settled       TEXT,
  UNIQUE (order_id, number)
) STRICT, WITHOUT ROWID;

-- Apart from evidence, which is kept by other rules and for longer.
CREATE TABLE material_keys (
  certify_id    TEXT    NOT NULL PRIMARY KEY,
  wrapped_key   BLOB    NOT NULL,
  destroy_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX material_keys_by_end ON material_keys (destroy_at_ms);
`;
