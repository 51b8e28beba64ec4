import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stateOf } from '../../../../src/shared/reasons.ts';
import { ACCOUNT_ERRORS, ERROR_FAMILIES } from '../../../../src/main/verifiers/tencent/account-codes.ts';
import { meaningOfWarnings, warningNames } from '../../../../src/main/verifiers/tencent/card-warnings.ts';
import type { CodeMeaning } from '../../../../src/main/verifiers/tencent/code-meaning.ts';
import { IAI_FAILURES, OCR_FAILURES } from '../../../../src/main/verifiers/tencent/face-and-card-codes.ts';
import { FACEID_RESULTS } from '../../../../src/main/verifiers/tencent/faceid-codes.ts';
import { HOSTED_RESULTS } from '../../../../src/main/verifiers/tencent/hosted-codes.ts';
import { RESULT_DIGITS } from '../../../../src/main/verifiers/tencent/result-digits.ts';
import { createTencentVerifier } from '../../../../src/main/verifiers/tencent/tencent-verifier.ts';
import { answering } from './answering.ts';
import { CARD_WARNINGS } from './reference-codes.ts';
import { SETTINGS } from './samples.ts';

const DOCUMENTS = `${import.meta.dirname}/../../../../docs/verifiers`;

const row = (...cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const head = (...cells: readonly string[]) => [row(...cells), row(...cells.map(() => '---'))];
const billing = (billed: boolean | null) => (billed === null ? 'not told' : billed ? 'yes' : 'no');

/** One row for each meaning, with all the codes that have it. */
function meanings(codes: ReadonlyMap<string, CodeMeaning>): readonly string[] {
  const rows = new Map<string, string[]>();
  for (const [code, { reason, retry, billed }] of codes) {
    const meaning = [stateOf(reason), `\`${reason}\``, retry, billing(billed)].join(' | ');
    rows.set(meaning, [...(rows.get(meaning) ?? []), `\`${code}\``]);
  }
  return [
    ...head('state', 'reason', 'retry', 'billed', 'codes'),
    ...[...rows].map(([meaning, named]) => row(meaning, named.join(' '))),
  ];
}

function warningRows(document: 'id-card' | 'bank-card'): readonly string[] {
  return Object.keys(CARD_WARNINGS[document]).map((code) => {
    const names = warningNames([Number(code)], document);
    return row(document, `\`${code}\``, names.join(', '), `\`${meaningOfWarnings(names, null)?.reason ?? ''}\``);
  });
}

function codesDocument(): string {
  return `${[
    '# Tencent Cloud: what every code means here',
    '',
    'Made from the product’s tables. `npx vitest run --project unit tests/unit/verifiers/tencent/documentation.test.ts -u`',
    'writes it again; without `-u` the same test fails when it has drifted.',
    '',
    '`retry`: what may follow, as in [the verifiers’ overview](README.md). A code that is in no table is the error',
    '`verifier.unknown-code`, for a clerk.',
    '',
    '## faceid: words',
    '',
    'In `Result`, or as `FailedOperation.…` in `Result` or `Response.Error`.',
    '',
    ...meanings(FACEID_RESULTS),
    ...Object.entries(RESULT_DIGITS).flatMap(([operation, table]) => [
      '',
      `## ${operation}: digits`,
      '',
      ...meanings(table),
    ]),
    '',
    '## Hosted flows: numbers',
    '',
    '`17` is no result: the flow goes on.',
    '',
    ...meanings(HOSTED_RESULTS),
    '',
    '## Every service: errors',
    '',
    ...meanings(ACCOUNT_ERRORS),
    '',
    'Families: the word alone, or with anything after a dot that isn’t named above.',
    '',
    ...meanings(ERROR_FAMILIES),
    '',
    '## iai: `FailedOperation.…`',
    '',
    ...meanings(IAI_FAILURES),
    '',
    '## ocr: `FailedOperation.…`',
    '',
    ...meanings(OCR_FAILURES),
    '',
    '## Warnings about cards',
    '',
    ...head('card', 'code', 'warning', 'reason'),
    ...warningRows('id-card'),
    ...warningRows('bank-card'),
  ].join('\n')}\n`;
}

describe('the documentation', () => {
  it('lists every code as it is mapped', async () => {
    await expect(codesDocument()).toMatchFileSnapshot(`${DOCUMENTS}/tencent-codes.md`);
  });

  it('names each operation with its check, and its bounds', () => {
    const text = readFileSync(`${DOCUMENTS}/tencent.md`, 'utf8');
    const { checks, refusals } = createTencentVerifier(answering('').parts, SETTINGS).capabilities;
    for (const { check, operation, pictures, clip } of checks) {
      const line = text.split('\n').find((one) => one.includes(`\`${check}\``) && one.includes(`\`${operation}\``));
      expect([check, operation, line !== undefined]).toEqual([check, operation, true]);
      if (pictures)
        expect([check, line]).toEqual([check, expect.stringContaining(pictures.maxBytes.toLocaleString('en'))]);
      if (clip !== null) expect(text).toContain(`\`${clip}\``);
    }
    for (const check of Object.keys(refusals)) expect(text).toContain(`\`${check}\``);
  });
});
