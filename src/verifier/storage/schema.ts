import { sessionsAndOperators } from './schema-3.ts';
import { erasures } from './schema-4.ts';
import { handOffs } from './schema-5.ts';
import { staffDecisions } from './schema-6.ts';
import type { SchemaWords } from './schema-words.ts';

/** From each version of the schema to the next, as statements that are run in order. Never changed once released. */
export const MIGRATIONS: readonly ((words: SchemaWords) => readonly string[])[] = [
  recordsAndDevices,
  challenges,
  sessionsAndOperators,
  erasures,
  handOffs,
  staffDecisions,
];

function recordsAndDevices({ integer, bytes, table, keyedTable }: SchemaWords): string[] {
  return [
    `CREATE TABLE server_keys (
      key_id      TEXT NOT NULL PRIMARY KEY,
      private_key ${bytes} NOT NULL
    ) ${table}`,
    `CREATE TABLE enrolment_codes (
      code_hash     TEXT NOT NULL PRIMARY KEY,
      expires_at_ms ${integer} NOT NULL,
      tries_left    ${integer} NOT NULL,
      used_by       TEXT
    ) ${table}`,
    `CREATE TABLE devices (
      device_id      TEXT NOT NULL PRIMARY KEY,
      key_id         TEXT NOT NULL UNIQUE,
      public_key_x   TEXT NOT NULL UNIQUE,
      model          TEXT NOT NULL,
      app_version    TEXT NOT NULL,
      enrolled_at_ms ${integer} NOT NULL,
      revoked_at_ms  ${integer},
      last_sequence  ${integer} NOT NULL DEFAULT 0,
      checkpoint     TEXT
    ) ${table}`,
    `CREATE TABLE nonces (
      key_id  TEXT NOT NULL,
      nonce   TEXT NOT NULL,
      seen_ms ${integer} NOT NULL,
      PRIMARY KEY (key_id, nonce)
    ) ${keyedTable}`,
    'CREATE INDEX nonces_by_time ON nonces (seen_ms)',
    `CREATE TABLE idempotency (
      device_id TEXT NOT NULL,
      key       TEXT NOT NULL,
      digest    TEXT NOT NULL,
      answer    TEXT NOT NULL,
      at_ms     ${integer} NOT NULL,
      PRIMARY KEY (device_id, key)
    ) ${keyedTable}`,
    'CREATE INDEX idempotency_by_time ON idempotency (at_ms)',
    `CREATE TABLE submissions (
      certify_id       TEXT NOT NULL PRIMARY KEY,
      device_id        TEXT NOT NULL REFERENCES devices (device_id),
      seq              ${integer} NOT NULL,
      prev_hash        TEXT NOT NULL,
      record_hash      TEXT NOT NULL,
      receipt_hash     TEXT NOT NULL,
      state            TEXT NOT NULL,
      simulated        ${integer} NOT NULL,
      record           TEXT NOT NULL,
      receipt          TEXT NOT NULL,
      countersignature TEXT NOT NULL,
      accepted_at_ms   ${integer} NOT NULL,
      UNIQUE (device_id, seq)
    ) ${table}`,
    'CREATE INDEX submissions_by_state ON submissions (state, simulated)',
  ];
}

function challenges({ integer, keyedTable }: SchemaWords): string[] {
  return [
    `CREATE TABLE challenges (
      nonce        TEXT NOT NULL PRIMARY KEY,
      device_id    TEXT NOT NULL REFERENCES devices (device_id),
      certify_id   TEXT NOT NULL,
      issued_at_ms ${integer} NOT NULL
    ) ${keyedTable}`,
    'CREATE INDEX challenges_by_certification ON challenges (device_id, certify_id)',
    'CREATE INDEX challenges_by_time ON challenges (issued_at_ms)',
  ];
}
