import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as codes from '../../../../src/main/verifiers/aliyun/codes.ts';
import { REASONS, stateOf } from '../../../../src/shared/reasons.ts';
import { reasonText } from '../../../../src/shared/reason-texts.ts';
import { REFERENCE_CODES } from './reference-codes.ts';

type TableName = keyof typeof REFERENCE_CODES;
const NAMES = Object.keys(REFERENCE_CODES) as TableName[];

function stateIn(meaning: codes.CodeMeaning): string {
  if (meaning.kind === 'confirmed') return 'passed';
  return meaning.kind === 'pending' ? 'pending' : stateOf(meaning.reason);
}

/** One row of the document's tables. */
function rowOf(code: string, meaning: codes.CodeMeaning): string[] {
  const billed = { true: 'yes', false: 'no', null: '?' }[String(meaning.kind === 'pending' ? null : meaning.billed)]!;
  if (meaning.kind === 'confirmed') return [code, 'passed', 'ok.confirmed', 'none', billed];
  if (meaning.kind === 'pending') return [code, 'pending', '', 'query', billed];
  return [code, stateOf(meaning.reason), meaning.reason, meaning.retry, billed];
}

const documentText = readFileSync(new URL('../../../../docs/verifiers/aliyun.md', import.meta.url), 'utf8');

/** Rows below the heading that names a table. */
function documentedRows(name: string): string[][] {
  const section = documentText.split(/^### /m).find((part) => part.startsWith(`\`${name}\``)) ?? '';
  return section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('`', '')),
    );
}

describe('codes of Aliyun', () => {
  it('are tested in every table that there is', () => {
    const tables = Object.keys(codes).filter((name) => name !== 'meaningOf');
    expect(tables.toSorted()).toEqual(NAMES.toSorted());
  });

  it.each(NAMES)('%s has every documented code with its state, and no other', (name) => {
    const found = Object.entries(codes[name]).map(([code, meaning]) => [code, stateIn(meaning)]);
    expect(Object.fromEntries(found)).toEqual(REFERENCE_CODES[name]);
  });

  it('never pass but for the one code of each table that says so', () => {
    const passes = NAMES.flatMap((name) =>
      Object.entries(codes[name])
        .filter(([, meaning]) => meaning.kind === 'confirmed')
        .map(([code]) => `${name} ${code}`),
    );
    expect(passes).toEqual([
      'SUB_CODES 200',
      'STATUS_CODES 1',
      'VERIFY_STATUSES 1',
      'IDENTITY_CODES 1',
      'PHONE_CODES 1',
      'PHONE_SUB_CODES 101',
      'BANK_CODES 1',
      'BANK_SUB_CODES 101',
      'FAKE_FACE_RESULTS 0',
    ]);
  });

  it('that nobody knows are unknown, and inherited names of objects are no codes', () => {
    for (const code of ['', '999', 'toString', '__proto__', 'constructor', '200 ', 'Throttle']) {
      expect(codes.meaningOf(code, codes.SUB_CODES, codes.GATEWAY_CODES)).toEqual({
        kind: 'unconfirmed',
        reason: 'verifier.unknown-code',
        retry: 'clerk',
        billed: null,
      });
    }
    expect(codes.meaningOf('Throttling.User', codes.GATEWAY_CODES)).toMatchObject({ reason: 'verifier.throttled' });
  });

  it('have a sentence for people, and a next step', () => {
    for (const name of NAMES) {
      for (const meaning of Object.values(codes[name])) {
        if (meaning.kind !== 'unconfirmed') continue;
        expect(reasonText(meaning.reason, 'en', 'clerk')).not.toBe('');
        expect(REASONS[meaning.reason].next).toBeTruthy();
      }
    }
  });

  it.each(NAMES)('stand in the document: %s', (name) => {
    expect(documentedRows(name)).toEqual(Object.entries(codes[name]).map(([code, meaning]) => rowOf(code, meaning)));
  });
});
