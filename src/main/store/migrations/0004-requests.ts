/** Requests of callers, what the verifier settled, pictures for customers, erasures, and what rules look records up by. */
export const requestsSchema = `
-- The verifier's word where it decides; null where the record's own verdict stands.
ALTER TABLE records ADD COLUMN settled_state TEXT;
ALTER TABLE records ADD COLUMN reason TEXT GENERATED ALWAYS AS (json_extract(record, '$.verdict.reason')) VIRTUAL;
ALTER TABLE records ADD COLUMN scheme TEXT GENERATED ALWAYS AS (json_extract(record, '$.scheme')) VIRTUAL;
ALTER TABLE records ADD COLUMN subject_key TEXT GENERATED ALWAYS AS (json_extract(record, '$.subject.subjectKey')) VIRTUAL;
ALTER TABLE records ADD COLUMN order_id TEXT GENERATED ALWAYS AS (json_extract(record, '$.order.orderId')) VIRTUAL;
ALTER TABLE records ADD COLUMN started_at_ms INTEGER GENERATED ALWAYS AS (json_extract(record, '$.startedAtMs')) VIRTUAL;
ALTER TABLE records ADD COLUMN outcome TEXT
  GENERATED ALWAYS AS (coalesce(settled_state, json_extract(record, '$.verdict.state'))) VIRTUAL;
DROP INDEX records_by_state;
CREATE INDEX records_by_outcome ON records (outcome, seq);
CREATE INDEX records_by_subject ON records (subject_key, started_at_ms) WHERE subject_key IS NOT NULL;
CREATE INDEX records_by_start ON records (started_at_ms);
CREATE INDEX records_by_order ON records (scene_id, order_id) WHERE order_id IS NOT NULL;

-- What a caller gave lies encrypted beside the database, under the key in request_keys.
CREATE TABLE requests (
  request_id    TEXT    NOT NULL PRIMARY KEY,
  token_hash    TEXT    NOT NULL UNIQUE,
  scene_id      TEXT    NOT NULL,
  scheme        TEXT    NOT NULL,
  -- SHA-256 of scene and scheme as they were.
  scheme_hash   TEXT    NOT NULL,
  order_id      TEXT    NOT NULL,
  state         TEXT    NOT NULL CHECK (state IN ('waiting', 'running', 'submitted', 'expired', 'withdrawn')),
  -- Names of the inputs, as JSON.
  inputs        TEXT    NOT NULL,
  consent       TEXT,
  subject_key   TEXT,
  -- Whom the caller names, masked; null once the request has ended.
  name_masked   TEXT,
  created_at_ms INTEGER NOT NULL,
  expires_at_ms INTEGER NOT NULL,
  certify_id    TEXT    UNIQUE
) STRICT, WITHOUT ROWID;
CREATE INDEX requests_by_order ON requests (scene_id, order_id, created_at_ms);
CREATE INDEX requests_by_state ON requests (state, expires_at_ms);
CREATE INDEX requests_by_subject ON requests (subject_key) WHERE subject_key IS NOT NULL;

-- The id is the request's.
CREATE TABLE request_keys (
  certify_id    TEXT    NOT NULL PRIMARY KEY,
  wrapped_key   BLOB    NOT NULL,
  destroy_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Results' pictures and fields that a caller may still fetch.
CREATE TABLE result_keys (
  certify_id    TEXT    NOT NULL PRIMARY KEY,
  wrapped_key   BLOB    NOT NULL,
  destroy_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE face_returns (
  certify_id   TEXT    NOT NULL PRIMARY KEY REFERENCES records (certify_id),
  sha256       TEXT    NOT NULL,
  bytes        INTEGER NOT NULL,
  state        TEXT    NOT NULL CHECK (state IN ('queued', 'sent', 'stopped')),
  attempts     INTEGER NOT NULL,
  last_failure TEXT,
  queued_at_ms INTEGER NOT NULL,
  sent_at_ms   INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX face_returns_by_state ON face_returns (state, queued_at_ms);

CREATE TABLE face_return_keys (
  certify_id    TEXT    NOT NULL PRIMARY KEY,
  wrapped_key   BLOB    NOT NULL,
  destroy_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE subject_erasures (
  deletion_id      TEXT    NOT NULL PRIMARY KEY,
  subject_key      TEXT    NOT NULL,
  receipt          TEXT    NOT NULL,
  verifier_state   TEXT    NOT NULL CHECK (verifier_state IN ('none', 'queued', 'erased')),
  verifier_receipt TEXT,
  erased_at_ms     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX subject_erasures_by_state ON subject_erasures (verifier_state, erased_at_ms);

-- The staff lets somebody try again on that local day.
CREATE TABLE attempt_lifts (
  subject_key  TEXT    NOT NULL,
  day          TEXT    NOT NULL,
  lifted_at_ms INTEGER NOT NULL,
  PRIMARY KEY (subject_key, day)
) STRICT, WITHOUT ROWID;
`;
