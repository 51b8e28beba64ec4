import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { AUDIT_KINDS } from '../../../src/shared/domain/audit-kinds.ts';

const MAIN = join(import.meta.dirname, '../../../src/main');

/** Kinds as the sources write them down: where they are appended, as notes of the staff's list, and as constants. */
const WRITTEN = [
  /\b(?:append|appendWithin)\(\s*'([a-z-]+\.[a-z-]+)'/g,
  /\bkind: '(staff\.[a-z-]+)'/g,
  /_ENTRY = '([a-z-]+\.[a-z-]+)'/g,
  /return (?:[^;]*\? )?\['(check\.[a-z-]+)'/g,
];

it('has a sentence for everything that the sources write to the audit log', () => {
  const written = readdirSync(MAIN, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(MAIN, file), 'utf8'))
    .flatMap((text) => WRITTEN.flatMap((pattern) => [...text.matchAll(pattern)].map(([, kind]) => kind ?? '')));
  expect(new Set(written).size).toBeGreaterThan(40);
  expect([...new Set(written)].filter((kind) => !AUDIT_KINDS.some((known) => known === kind))).toEqual([]);
});
