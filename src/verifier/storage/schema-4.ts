import type { SchemaWords } from './schema-words.ts';

/** Version 4: what was destroyed of each session, and what of it is still to be removed. */
export function erasures({ integer, table }: SchemaWords): string[] {
  return [
    `CREATE TABLE erasures (
      session_id    TEXT NOT NULL PRIMARY KEY REFERENCES sessions (session_id),
      why           TEXT NOT NULL,
      erased        TEXT NOT NULL,
      objects       TEXT NOT NULL,
      begun_at_ms   ${integer} NOT NULL,
      settled_at_ms ${integer}
    ) ${table}`,
    'CREATE INDEX erasures_by_settlement ON erasures (settled_at_ms, begun_at_ms)',
  ];
}
