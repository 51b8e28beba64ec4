import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { refusedTable, SCHEMES_PAGE, schemeTable, serviceTable, withTables } from '../../../scripts/scheme-table.ts';
import { servesScheme } from '../../../src/shared/domain/scheme-service.ts';
import { PRESET_SCHEMES, presetScheme } from '../../../src/shared/domain/scheme-presets.ts';
import { CHECKS, type VerifierCapabilities } from '../../../src/shared/domain/verification.ts';

const bare = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.replaceAll(/[\s-]+/g, ' ').trim())
    .filter(Boolean);

describe('the tables of the page about schemes', () => {
  it('are what the data says', () => {
    const page = readFileSync(SCHEMES_PAGE, 'utf8');
    expect(bare(page)).toEqual(bare(withTables(page)));
  });

  it('have a row for every preset', () => {
    expect(schemeTable().split('\n')).toHaveLength(PRESET_SCHEMES.length + 2);
    expect(serviceTable().split('\n')).toHaveLength(PRESET_SCHEMES.length + 2);
  });

  it('leave no refusal unexplained', () => {
    const refusals = (serviceTable().match(/\| no(?= \|)/g) ?? []).length;
    const explained = refusedTable()
      .split('\n')
      .slice(2)
      .flatMap((row) => row.split(' | ')[2]!.split(', ')).length;
    expect(explained).toBe(refusals);
    expect(refusals).toBeGreaterThan(0);
  });

  it('refuse a page without its markers', () => {
    expect(() => withTables('<!-- schemes -->')).toThrow('twice');
  });
});

describe('who serves a scheme', () => {
  const everything: VerifierCapabilities = {
    verifier: 'countersign',
    checks: CHECKS.map((check) => ({
      check,
      operation: `answer-${check}`,
      materials: [],
      basis: 'reference',
      pictures: null,
      clip: null,
      queryable: false,
      billed: false,
      score: null,
    })),
    refusals: {},
  };

  it.each(PRESET_SCHEMES.map((scheme) => [scheme.id, scheme] as const))(
    'serves %s where all is offered',
    (_id, scheme) => {
      const operation = scheme.check === null ? null : `answer-${scheme.check}`;
      expect(servesScheme(scheme, everything)).toEqual({ served: true, operation });
    },
  );

  it('needs a page for what is done on a phone: ours, or that of the scheme’s maker', () => {
    const face = presetScheme('FACE')!;
    expect(servesScheme(face, everything, [])).toMatchObject({ served: false });
    expect(servesScheme(face, everything, ['tencent'])).toMatchObject({ served: false });
    expect(servesScheme(face, everything, ['aliyun'])).toMatchObject({ served: true });
  });

  it('says what is not collected, what the verifier says, and that it has no operation, in that order', () => {
    const none = { ...everything, checks: [], refusals: { phone: { code: 'keeps-no-pictures' } } } as const;
    const check = (change: object) => servesScheme({ ...presetScheme('PhoneCheck')!, ...change }, none);
    expect(check({ asks: [] })).toEqual({
      served: false,
      why: { code: 'not-collected', check: 'phone', material: 'phone' },
    });
    expect(check({})).toEqual({ served: false, why: { code: 'keeps-no-pictures' } });
    expect(check({ check: 'identity' })).toEqual({
      served: false,
      why: { code: 'no-operation', verifier: 'countersign', check: 'identity', materials: 'identity' },
    });
    expect(check({ check: null })).toEqual({ served: true, operation: null });
  });
});
