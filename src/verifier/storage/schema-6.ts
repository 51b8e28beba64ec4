import type { SchemaWords } from './schema-words.ts';

/** Version 6: what the staff of a device decided about records that had been left to a person. */
export function staffDecisions({ integer, keyedTable }: SchemaWords): string[] {
  return [
    `CREATE TABLE staff_decisions (
      certify_id      TEXT NOT NULL REFERENCES submissions (certify_id),
      revision        ${integer} NOT NULL,
      device_id       TEXT NOT NULL REFERENCES devices (device_id),
      decision        TEXT NOT NULL,
      reason          TEXT NOT NULL,
      staff_id        TEXT NOT NULL,
      second_staff_id TEXT,
      signed          TEXT NOT NULL,
      receipt         TEXT NOT NULL,
      decided_at_ms   ${integer} NOT NULL,
      accepted_at_ms  ${integer} NOT NULL,
      PRIMARY KEY (certify_id, revision)
    ) ${keyedTable}`,
    // What a record counts as since then; the record itself stays as it was signed.
    'ALTER TABLE submissions ADD COLUMN settled_state TEXT',
    'DROP INDEX submissions_by_state',
    'CREATE INDEX submissions_by_state ON submissions (settled_state, state, simulated)',
  ];
}
