import { describe, expect, it } from 'vitest';
import { parseDays, thisMonth } from '../../../src/renderer/admin/metering/day-range.ts';
import { differenceShape, DIFFERENCES } from '../../../src/renderer/admin/metering/difference-shape.ts';
import { sumOf } from '../../../src/renderer/admin/metering/usage-sum.ts';
import { fixtureMetering, fixtureReconciliation } from '../../../src/renderer/admin/gallery/fixture-metering.ts';
import { fixturePrivacy } from '../../../src/renderer/admin/gallery/fixture-privacy.ts';
import { fixtureDetail, FIXTURE_ROWS } from '../../../src/renderer/admin/gallery/fixture-records.ts';
import { filingState } from '../../../src/renderer/admin/privacy/filing.ts';
import {
  faceReturnDraft,
  parseFaceReturn,
  type FaceReturnDraft,
} from '../../../src/renderer/admin/privacy/face-return-form.ts';
import { SECTION_KEYS, sectionOfKey, SECTIONS } from '../../../src/renderer/admin/shell/sections.ts';
import { translator } from '../../../src/renderer/admin/translation.ts';
import { certificationRecordSchema } from '../../../src/shared/domain/certification.ts';

describe('days of usage', () => {
  it('begin with this month', () => {
    expect(thisMonth(new Date(2026, 1, 28, 23, 59).getTime())).toEqual({ from: '2026-02-01', to: '2026-02-28' });
  });

  it.each([
    [{ from: '2026-02-30', to: '2026-03-01' }, { from: { key: 'date.problem.day' } }],
    [{ from: '2026-02-01', to: 'today' }, { to: { key: 'date.problem.day' } }],
    [{ from: '2026-03-02', to: '2026-03-01' }, { to: { key: 'metering.problem.order' } }],
  ])('mark %j', (range, problems) => {
    expect(parseDays(range)).toEqual({ ok: false, problems });
  });

  it('take one day', () => {
    expect(parseDays({ from: ' 2024-02-29', to: '2024-02-29 ' })).toEqual({
      ok: true,
      value: { from: '2024-02-29', to: '2024-02-29' },
    });
  });
});

describe('usage', () => {
  it('is summed figure by figure', () => {
    expect(sumOf(fixtureMetering('troubled'))).toEqual({
      calls: 1_617,
      successful: 1_606,
      passes: 1_413,
      billed: 1_606,
      unknown: 2,
    });
    expect(sumOf([])).toEqual({ calls: 0, successful: 0, passes: 0, billed: 0, unknown: 0 });
  });

  it('shows every difference of a statement with a value for each column', () => {
    const found = fixtureReconciliation('troubled');
    const shapes = DIFFERENCES.map((kind) => differenceShape(kind, found, translator('en')));
    expect(shapes.map(({ rows }) => rows.length)).toEqual([1, 1, 1, 2, 1]);
    for (const { columns, rows } of shapes) for (const row of rows) expect(row).toHaveLength(columns.length);
  });
});

describe('the number of people', () => {
  it.each([
    [79_999, 'far'],
    [80_000, 'near'],
    [99_999, 'near'],
    [100_000, 'over'],
  ])('%d is %s the filing', (storedSubjects, state) => {
    expect(filingState({ ...fixturePrivacy('normal'), storedSubjects })).toBe(state);
  });
});

const OSS: FaceReturnDraft = {
  kind: 'oss',
  folder: '',
  endpoint: 'https://oss-cn-hangzhou.aliyuncs.com',
  region: 'cn-hangzhou',
  bucket: 'branch-faces',
  prefix: '',
};
const KEYS = { id: ' an-id ', secret: 'a-secret' };

describe('where face pictures go', () => {
  it('is read with its keys, or without those that are kept', () => {
    const { kind, endpoint, region, bucket, prefix } = OSS;
    const destination = { kind, endpoint, region, bucket, prefix };
    expect(parseFaceReturn(OSS, KEYS)).toEqual({
      ok: true,
      value: { destination, keys: { id: 'an-id', secret: 'a-secret' } },
    });
    expect(parseFaceReturn(OSS, null)).toEqual({ ok: true, value: { destination } });
    expect(parseFaceReturn({ ...OSS, kind: 'none' }, KEYS)).toEqual({ ok: true, value: { destination: null } });
    expect(faceReturnDraft({ kind: 'folder', folder: '/faces' })).toMatchObject({ kind: 'folder', folder: '/faces' });
  });

  it.each([
    [{ kind: 'folder', folder: ' ' }, 'folder', 'folder'],
    [{ endpoint: 'somewhere' }, 'endpoint', 'endpoint'],
    [{ endpoint: 'http://oss.example' }, 'endpoint', 'https'],
    [{ region: '' }, 'region', 'region'],
    [{ bucket: 'Branch' }, 'bucket', 'bucket'],
    [{ prefix: 'faces' }, 'prefix', 'prefix'],
  ] as const)('marks %j', (change, field, problem) => {
    expect(parseFaceReturn({ ...OSS, ...change }, KEYS)).toEqual({
      ok: false,
      problems: { [field]: { key: `privacy.face.problem.${problem}` } },
    });
  });

  it('asks for both parts of a key', () => {
    expect(parseFaceReturn(OSS, { id: '', secret: 'x'.repeat(201) })).toEqual({
      ok: false,
      problems: { keyId: { key: 'privacy.face.problem.key' }, keySecret: { key: 'privacy.face.problem.key' } },
    });
  });
});

describe('a record of the gallery', () => {
  it('is one that could be committed', () => {
    const broken = FIXTURE_ROWS.slice(0, 20).filter(
      (row) => !certificationRecordSchema.safeParse(fixtureDetail(row).record).success,
    );
    expect(broken).toEqual([]);
  });
});

it('opens every page by one digit or none, and no digit opens two', () => {
  const keys = Object.values(SECTION_KEYS);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys.toSorted()).toEqual([...'0123456789']);
  expect([...'1234567890'].map((key) => sectionOfKey(key))).toEqual(
    SECTIONS.filter((section) => SECTION_KEYS[section] !== undefined),
  );
  expect(sectionOfKey('a')).toBeUndefined();
});
