import type { SchemaWords } from './schema-words.ts';

/** Version 5: people who finish on their own phone. */
export function handOffs({ integer, bytes, table }: SchemaWords): string[] {
  return [
    `CREATE TABLE hand_offs (
      hand_off_id     TEXT NOT NULL PRIMARY KEY,
      device_id       TEXT NOT NULL REFERENCES devices (device_id),
      page            TEXT NOT NULL,
      state           TEXT NOT NULL,
      request         TEXT NOT NULL,
      code_hash       TEXT UNIQUE,
      browser_hash    TEXT,
      agreement       TEXT,
      wrapped_key     ${bytes},
      identity_sealed ${bytes},
      vendor_sealed   ${bytes},
      outcome         TEXT,
      created_at_ms   ${integer} NOT NULL,
      expires_at_ms   ${integer} NOT NULL,
      opened_at_ms    ${integer},
      ended_at_ms     ${integer}
    ) ${table}`,
    'CREATE INDEX hand_offs_by_state ON hand_offs (state, expires_at_ms)',
    'CREATE INDEX hand_offs_by_device ON hand_offs (device_id, state)',
  ];
}
