import { describe, expect, test } from 'vitest';
import { run, runWithInput } from '../../support/card-reader/command-line.ts';

describe('identity check', () => {
  test('right, wrong, and missing', () => {
    expect(run('identity', 'check', '11010519491231002X', '--json')).toEqual({
      exit: 0,
      lines: [
        {
          valid: true,
          type: 'resident',
          birthDate: '1949-12-31',
          ageYears: expect.any(Number) as unknown,
          sex: 'female',
          region: { code: '110105', province: '北京市' },
        },
      ],
      stderr: '',
      text: expect.any(String) as unknown,
    });
    expect(run('identity', 'check', '110105194912310021', '--json')).toMatchObject({
      exit: 1,
      lines: [
        { valid: false, reason: 'check-digit', place: { from: 0, to: 18 }, message: expect.any(String) as unknown },
      ],
    });
    expect(run('identity', 'check', '--json')).toMatchObject({ exit: 2, lines: [{ error: { code: 'usage' } }] });
  });

  test('from standard input, so that it is in no shell history', () => {
    expect(runWithInput('11010519491231002x\n', 'identity', 'check', '-', '--json')).toMatchObject({
      exit: 0,
      lines: [{ valid: true, sex: 'female' }],
    });
    expect(runWithInput('\n', 'identity', 'check', '-', '--json')).toMatchObject({
      exit: 2,
      lines: [{ error: { code: 'usage' } }],
    });
    expect(run('identity', 'check', '--help').text).toContain('history');
  });

  test('as people type it, and with the words for a foreigner’s country', () => {
    const typed = run('identity', 'check', '9110 1020 0002 2900 35', '--json');
    expect(typed).toMatchObject({ exit: 0, lines: [{ valid: true, country: { alpha3: 'ATA' } }] });
    expect(run('identity', 'check', '110105491231002', '--json')).toMatchObject({
      exit: 1,
      lines: [{ valid: false, reason: 'first-generation' }],
    });
  });

  test('in both languages', () => {
    expect(run('identity', 'check', '810000198512310019', '--lang', 'zh')).toMatchObject({
      exit: 0,
      text: expect.stringContaining('类型: 港澳台居民居住证') as unknown,
    });
    expect(run('identity', 'check', '81000019851231001', '--lang', 'zh')).toMatchObject({
      exit: 1,
      text: expect.stringMatching(/^无效: /) as unknown,
    });
    expect(run('identity', 'check', '810000198512310019', '--lang', 'tlh', '--json')).toMatchObject({ exit: 2 });
  });
});
