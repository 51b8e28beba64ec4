import type { SchemaWords } from './schema-words.ts';

/** Version 3: several keys and codes, sessions with all that belongs to them, operators and policies. */
export function sessionsAndOperators(words: SchemaWords): string[] {
  return [...severalKeys(words), ...enrolmentCodes(words), ...sessions(words), ...administration(words)];
}

function severalKeys({ integer, bytes, table }: SchemaWords): string[] {
  return [
    `ALTER TABLE server_keys ADD COLUMN created_at_ms ${integer} NOT NULL DEFAULT 0`,
    `ALTER TABLE devices ADD COLUMN label TEXT NOT NULL DEFAULT ''`,
    `CREATE TABLE device_keys (
      key_id         TEXT NOT NULL PRIMARY KEY,
      device_id      TEXT NOT NULL REFERENCES devices (device_id),
      public_key_x   TEXT NOT NULL UNIQUE,
      created_at_ms  ${integer} NOT NULL,
      valid_until_ms ${integer}
    ) ${table}`,
    'CREATE INDEX device_keys_by_device ON device_keys (device_id)',
    `INSERT INTO device_keys (key_id, device_id, public_key_x, created_at_ms)
      SELECT key_id, device_id, public_key_x, enrolled_at_ms FROM devices`,
    `CREATE TABLE sealing_keys (
      kid           TEXT NOT NULL PRIMARY KEY,
      private_key   ${bytes} NOT NULL,
      created_at_ms ${integer} NOT NULL
    ) ${table}`,
    `CREATE TABLE secrets (
      name          TEXT NOT NULL PRIMARY KEY,
      value         ${bytes} NOT NULL,
      created_at_ms ${integer} NOT NULL
    ) ${table}`,
    `CREATE TABLE idempotency_claims (
      device_id TEXT NOT NULL,
      key       TEXT NOT NULL,
      owner     TEXT NOT NULL,
      until_ms  ${integer} NOT NULL,
      PRIMARY KEY (device_id, key)
    ) ${table}`,
    'CREATE INDEX submissions_by_time ON submissions (accepted_at_ms)',
  ];
}

/** Codes live for minutes: those of the version before keep working, under no label. */
function enrolmentCodes({ integer, table }: SchemaWords): string[] {
  return [
    `ALTER TABLE enrolment_codes ADD COLUMN label TEXT NOT NULL DEFAULT ''`,
    `ALTER TABLE enrolment_codes ADD COLUMN opened_at_ms ${integer} NOT NULL DEFAULT 0`,
    'DELETE FROM enrolment_codes WHERE tries_left <= 0',
    'ALTER TABLE enrolment_codes DROP COLUMN tries_left',
    `CREATE TABLE enrolment_tries (
      try_id TEXT NOT NULL PRIMARY KEY,
      source TEXT NOT NULL,
      at_ms  ${integer} NOT NULL
    ) ${table}`,
    'CREATE INDEX enrolment_tries_by_source ON enrolment_tries (source, at_ms)',
    'CREATE INDEX enrolment_tries_by_time ON enrolment_tries (at_ms)',
  ];
}

function sessions({ integer, bytes, table }: SchemaWords): string[] {
  return [
    `CREATE TABLE sessions (
      session_id      TEXT NOT NULL PRIMARY KEY,
      device_id       TEXT NOT NULL REFERENCES devices (device_id),
      certify_id      TEXT NOT NULL,
      scene_id        TEXT NOT NULL,
      check_name      TEXT NOT NULL,
      order_id        TEXT NOT NULL,
      state           TEXT NOT NULL,
      simulated       ${integer} NOT NULL,
      request         TEXT NOT NULL,
      consent         TEXT NOT NULL,
      subject_key     TEXT,
      local           TEXT,
      trace           TEXT,
      wrapped_key     ${bytes},
      identity_sealed ${bytes},
      fields_sealed   ${bytes},
      policy_version  ${integer} NOT NULL,
      revision        ${integer} NOT NULL DEFAULT 0,
      retried_by      TEXT,
      created_at_ms   ${integer} NOT NULL,
      updated_at_ms   ${integer} NOT NULL,
      expires_at_ms   ${integer} NOT NULL,
      submitted_at_ms ${integer},
      decided_at_ms   ${integer},
      erase_after_ms  ${integer},
      erased_at_ms    ${integer},
      lease_owner     TEXT,
      lease_until_ms  ${integer}
    ) ${table}`,
    'CREATE INDEX sessions_by_certification ON sessions (device_id, certify_id)',
    'CREATE INDEX sessions_by_order ON sessions (order_id)',
    'CREATE INDEX sessions_by_state ON sessions (state, updated_at_ms)',
    'CREATE INDEX sessions_by_subject ON sessions (subject_key, created_at_ms)',
    'CREATE INDEX sessions_by_erasure ON sessions (erase_after_ms)',
    'CREATE INDEX sessions_by_decision ON sessions (decided_at_ms)',
    ...artifacts({ integer, bytes, table }),
    `CREATE TABLE attempts (
      attempt_id     TEXT NOT NULL PRIMARY KEY,
      session_id     TEXT NOT NULL REFERENCES sessions (session_id),
      certify_id     TEXT NOT NULL,
      verifier       TEXT NOT NULL,
      operation      TEXT NOT NULL,
      order_id       TEXT NOT NULL,
      number         ${integer} NOT NULL,
      started_at_ms  ${integer} NOT NULL,
      reference      TEXT,
      settled_reason TEXT,
      settled_code   TEXT,
      settled_at_ms  ${integer},
      UNIQUE (session_id, number)
    ) ${table}`,
    'CREATE INDEX attempts_by_order ON attempts (order_id, started_at_ms)',
    ...decisions({ integer, table }),
  ];
}

function artifacts({ integer, table }: Omit<SchemaWords, 'keyedTable'>): string[] {
  return [
    `CREATE TABLE artifacts (
      session_id    TEXT NOT NULL REFERENCES sessions (session_id),
      name          TEXT NOT NULL,
      bytes         ${integer} NOT NULL,
      sha256        TEXT NOT NULL,
      received      ${integer} NOT NULL DEFAULT 0,
      state         TEXT NOT NULL,
      object_key    TEXT,
      updated_at_ms ${integer} NOT NULL,
      PRIMARY KEY (session_id, name)
    ) ${table}`,
    `CREATE TABLE artifact_pieces (
      session_id TEXT NOT NULL,
      name       TEXT NOT NULL,
      start      ${integer} NOT NULL,
      bytes      ${integer} NOT NULL,
      object_key TEXT NOT NULL,
      at_ms      ${integer} NOT NULL,
      PRIMARY KEY (session_id, name, start),
      FOREIGN KEY (session_id, name) REFERENCES artifacts (session_id, name)
    ) ${table}`,
    'CREATE INDEX artifact_pieces_by_time ON artifact_pieces (at_ms)',
  ];
}

function decisions({ integer, table }: Pick<SchemaWords, 'integer' | 'table'>): string[] {
  return [
    `CREATE TABLE decisions (
      session_id    TEXT NOT NULL REFERENCES sessions (session_id),
      revision      ${integer} NOT NULL,
      state         TEXT NOT NULL,
      reason        TEXT NOT NULL,
      body          TEXT NOT NULL,
      signature     TEXT NOT NULL,
      decided_at_ms ${integer} NOT NULL,
      PRIMARY KEY (session_id, revision)
    ) ${table}`,
    'CREATE INDEX decisions_by_time ON decisions (decided_at_ms)',
    `CREATE TABLE reviews (
      session_id TEXT NOT NULL REFERENCES sessions (session_id),
      revision   ${integer} NOT NULL,
      clerk      TEXT NOT NULL,
      decision   TEXT NOT NULL,
      ground     TEXT NOT NULL,
      device_id  TEXT,
      at_ms      ${integer} NOT NULL,
      PRIMARY KEY (session_id, revision, clerk)
    ) ${table}`,
    `CREATE TABLE deletions (
      deletion_id TEXT NOT NULL PRIMARY KEY,
      kind        TEXT NOT NULL,
      of_id       TEXT NOT NULL,
      device_id   TEXT,
      body        TEXT NOT NULL,
      signature   TEXT NOT NULL,
      at_ms       ${integer} NOT NULL
    ) ${table}`,
    'CREATE INDEX deletions_by_object ON deletions (kind, of_id)',
  ];
}

function administration({ integer, bytes, table }: SchemaWords): string[] {
  return [
    `CREATE TABLE reference_photos (
      number_hmac TEXT NOT NULL PRIMARY KEY,
      subject_key TEXT,
      object_key  TEXT NOT NULL,
      wrapped_key ${bytes} NOT NULL,
      sha256      TEXT NOT NULL,
      bytes       ${integer} NOT NULL,
      added_by    TEXT NOT NULL,
      added_at_ms ${integer} NOT NULL
    ) ${table}`,
    'CREATE INDEX reference_photos_by_subject ON reference_photos (subject_key)',
    `CREATE TABLE operators (
      name          TEXT NOT NULL PRIMARY KEY,
      token_hash    TEXT NOT NULL UNIQUE,
      role          TEXT NOT NULL,
      disabled      ${integer} NOT NULL DEFAULT 0,
      created_at_ms ${integer} NOT NULL
    ) ${table}`,
    `CREATE TABLE operator_actions (
      action_id TEXT NOT NULL PRIMARY KEY,
      operator  TEXT NOT NULL,
      action    TEXT NOT NULL,
      target    TEXT,
      detail    TEXT,
      at_ms     ${integer} NOT NULL
    ) ${table}`,
    'CREATE INDEX operator_actions_by_time ON operator_actions (at_ms)',
    `CREATE TABLE policies (
      version ${integer} NOT NULL PRIMARY KEY,
      body    TEXT NOT NULL,
      set_by  TEXT NOT NULL,
      at_ms   ${integer} NOT NULL
    ) ${table}`,
  ];
}
