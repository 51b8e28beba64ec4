import { describe, expect, test } from 'vitest';
import { ageInYears, ruleOnDocument } from '../../../src/main/certification/document-rules.ts';
import type { DocumentFields } from '../../../src/shared/domain/document.ts';
import { sampleDocument } from './samples.ts';

const TODAY = '2026-11-21';

function ruling(fields: Partial<DocumentFields>, numberValid = true, today = TODAY): string {
  const document = { ...sampleDocument, fields: { ...sampleDocument.fields, ...fields } };
  const ruled = ruleOnDocument(document, today, numberValid);
  return ruled.kind === 'accepted' ? 'accepted' : `${ruled.kind}: ${ruled.reason}`;
}

describe('validity, at its borders', () => {
  test.each([
    [{ validTo: '2026-11-20' }, 'warning: document.expired'],
    [{ validTo: '2026-11-21' }, 'accepted'],
    [{ validTo: 'long-term' }, 'accepted'],
    [{ validFrom: '2026-11-21' }, 'accepted'],
    [{ validFrom: '2026-11-22' }, 'warning: document.not-yet-valid'],
    [{ validFrom: '2026-11-22', validTo: 'long-term' }, 'warning: document.not-yet-valid'],
    [{ validFrom: '2027-01-01', validTo: '2026-01-01' }, 'warning: document.expired'],
  ] as const)('%j: %s', (fields, expected) => {
    expect(ruling({ validFrom: '2020-01-01', validTo: '2040-01-01', ...fields })).toBe(expected);
  });

  test('a card that ends on 29 February is valid on that day only to its end', () => {
    expect(ruling({ validTo: '2028-02-29' }, true, '2028-02-29')).toBe('accepted');
    expect(ruling({ validTo: '2028-02-29' }, true, '2028-03-01')).toBe('warning: document.expired');
  });
});

describe('a day that does not exist is never a valid one', () => {
  const impossible = ['0000-00-00', '2020-02-30', '2027-02-29', '2020-13-01', '', '2020-1-1'];
  test.each(impossible)('%j as validity', (day) => {
    expect(ruling({ validFrom: day })).toBe('stop: card.malformed');
    expect(ruling({ validTo: day })).toBe('stop: card.malformed');
  });

  test.each([...impossible, '2026-11-22'])('%j as birth date stops: a child can not be ruled out', (day) => {
    expect(ruling({ birthDate: day })).toBe('stop: card.malformed');
  });
});

describe('the age', () => {
  test.each([
    ['2012-11-22', 'stop: document.guardian-needed'],
    ['2012-11-21', 'accepted'],
    ['2008-11-22', 'accepted'],
    ['2026-11-21', 'stop: document.guardian-needed'],
  ])('born %s: %s', (birthDate, expected) => {
    expect(ruling({ birthDate })).toBe(expected);
  });

  test('a child with an expired card and a wrong number stays a child', () => {
    expect(ruling({ birthDate: '2020-01-01', validTo: '2025-01-01' }, false)).toBe('stop: document.guardian-needed');
  });

  test.each([
    ['2012-02-29', '2026-02-28', 13],
    ['2012-02-29', '2026-03-01', 14],
    ['2012-02-29', '2028-02-28', 15],
    ['2012-02-29', '2028-02-29', 16],
    ['2000-12-31', '2026-12-30', 25],
    ['2000-12-31', '2026-12-31', 26],
    ['2026-11-22', '2026-11-21', -1],
  ])('born %s, on %s: %i', (birthDate, today, years) => {
    expect(ageInYears(birthDate, today)).toBe(years);
  });
});

test('a wrong number comes before the validity', () => {
  expect(ruling({ validTo: '2025-01-01' }, false)).toBe('warning: document.number-invalid');
});
