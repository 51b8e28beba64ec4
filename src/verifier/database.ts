import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3-multiple-ciphers';

export type VerifierDatabase = Database.Database;

const SCHEMA_VERSION = 2;

const SCHEMA = `
CREATE TABLE server_keys (
  key_id      TEXT NOT NULL PRIMARY KEY,
  private_key BLOB NOT NULL
) STRICT;

CREATE TABLE enrolment_codes (
  code_hash     TEXT    NOT NULL PRIMARY KEY,
  expires_at_ms INTEGER NOT NULL,
  tries_left    INTEGER NOT NULL,
  used_by       TEXT
) STRICT;

CREATE TABLE devices (
  device_id      TEXT    NOT NULL PRIMARY KEY,
  key_id         TEXT    NOT NULL UNIQUE,
  public_key_x   TEXT    NOT NULL UNIQUE,
  model          TEXT    NOT NULL,
  app_version    TEXT    NOT NULL,
  enrolled_at_ms INTEGER NOT NULL,
  revoked_at_ms  INTEGER,
  last_sequence  INTEGER NOT NULL DEFAULT 0,
  checkpoint     TEXT
) STRICT;

CREATE TABLE nonces (
  key_id  TEXT    NOT NULL,
  nonce   TEXT    NOT NULL,
  seen_ms INTEGER NOT NULL,
  PRIMARY KEY (key_id, nonce)
) STRICT, WITHOUT ROWID;
CREATE INDEX nonces_by_time ON nonces (seen_ms);

CREATE TABLE idempotency (
  device_id TEXT    NOT NULL,
  key       TEXT    NOT NULL,
  digest    TEXT    NOT NULL,
  answer    TEXT    NOT NULL,
  at_ms     INTEGER NOT NULL,
  PRIMARY KEY (device_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_by_time ON idempotency (at_ms);

CREATE TABLE submissions (
  certify_id       TEXT    NOT NULL PRIMARY KEY,
  device_id        TEXT    NOT NULL REFERENCES devices (device_id),
  seq              INTEGER NOT NULL,
  prev_hash        TEXT    NOT NULL,
  record_hash      TEXT    NOT NULL,
  receipt_hash     TEXT    NOT NULL,
  state            TEXT    NOT NULL,
  simulated        INTEGER NOT NULL,
  record           TEXT    NOT NULL,
  receipt          TEXT    NOT NULL,
  countersignature TEXT    NOT NULL,
  accepted_at_ms   INTEGER NOT NULL,
  UNIQUE (device_id, seq)
) STRICT;
CREATE INDEX submissions_by_state ON submissions (state, simulated);
`;

/** From each version to the next. */
const MIGRATIONS: readonly string[] = [
  SCHEMA,
  `
CREATE TABLE challenges (
  nonce        TEXT    NOT NULL PRIMARY KEY,
  device_id    TEXT    NOT NULL REFERENCES devices (device_id),
  certify_id   TEXT    NOT NULL,
  issued_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX challenges_by_certification ON challenges (device_id, certify_id);
CREATE INDEX challenges_by_time ON challenges (issued_at_ms);
`,
];

/** Opens the verifier's database in a folder, making both when they don't exist. Durable when a commit returns. */
export function openVerifierDatabase(folder: string): VerifierDatabase {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const database = new Database(join(folder, 'verifier.db'), { timeout: 5_000 });
  database.pragma('journal_mode=WAL');
  database.pragma('synchronous=FULL');
  database.pragma('foreign_keys=ON');
  database.pragma('trusted_schema=OFF');
  const version = database.pragma('user_version', { simple: true }) as number;
  if (version > SCHEMA_VERSION) throw new Error(`schema ${version} is newer than this verifier's ${SCHEMA_VERSION}`);
  if (version < SCHEMA_VERSION) {
    database
      .transaction(() => {
        for (const step of MIGRATIONS.slice(version)) database.exec(step);
        database.pragma(`user_version=${SCHEMA_VERSION}`);
      })
      .immediate();
  }
  return database;
}
