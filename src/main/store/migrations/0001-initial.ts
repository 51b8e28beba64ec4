/** Records and everything that is committed with them, in one schema. */
export const initialSchema = `
-- Everything about one certification has the same seq, its place in the device's chain of receipts.
-- Columns that repeat the record are derived from it, so that they can't say something else.
CREATE TABLE records (
  seq         INTEGER NOT NULL PRIMARY KEY,
  certify_id  TEXT    NOT NULL UNIQUE,
  day         TEXT    NOT NULL,
  provisional INTEGER NOT NULL,
  record      TEXT    NOT NULL CHECK (json_extract(record, '$.certifyId') = certify_id),
  scene_id    TEXT    GENERATED ALWAYS AS (json_extract(record, '$.sceneId')) VIRTUAL,
  state       TEXT    GENERATED ALWAYS AS (json_extract(record, '$.verdict.state')) VIRTUAL
) STRICT;
CREATE INDEX records_by_state ON records (state, seq);

CREATE TABLE receipts (
  seq     INTEGER NOT NULL PRIMARY KEY REFERENCES records (seq),
  hash    TEXT    NOT NULL,
  receipt TEXT    NOT NULL
) STRICT;

CREATE TABLE confirmations (
  seq              INTEGER NOT NULL PRIMARY KEY REFERENCES records (seq),
  countersignature TEXT    NOT NULL
) STRICT;

CREATE TABLE outbox (
  seq          INTEGER NOT NULL PRIMARY KEY REFERENCES records (seq),
  state        TEXT    NOT NULL CHECK (state IN ('queued', 'stopped')),
  queued_at_ms INTEGER NOT NULL,
  attempts     INTEGER NOT NULL,
  last_failure TEXT
) STRICT;

CREATE TABLE daily_counts (
  day      TEXT    NOT NULL,
  scene_id TEXT    NOT NULL,
  state    TEXT    NOT NULL,
  count    INTEGER NOT NULL,
  PRIMARY KEY (day, scene_id, state)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  seq   INTEGER NOT NULL PRIMARY KEY,
  prev  TEXT    NOT NULL,
  entry TEXT    NOT NULL,
  mac   TEXT    NOT NULL
) STRICT;

CREATE TABLE audit_checkpoints (
  entries    INTEGER NOT NULL PRIMARY KEY,
  checkpoint TEXT    NOT NULL
) STRICT;

CREATE TABLE settings (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE secrets (
  name  TEXT NOT NULL PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE meta (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;
