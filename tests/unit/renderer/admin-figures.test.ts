import { describe, expect, it } from 'vitest';
import { cameraOptions, FIRST_CAMERA } from '../../../src/renderer/admin/camera/camera-options.ts';
import { grouped, minutesAndSeconds, percent, shortDay } from '../../../src/renderer/admin/formats.ts';
import { healthRows, type HealthAnswers } from '../../../src/renderer/admin/overview/health-rows.ts';
import { pageRange } from '../../../src/renderer/admin/records/paging.ts';
import { translator } from '../../../src/renderer/admin/translation.ts';
import type { ReaderStatus, SystemStatus, VerifierStatus } from '../../../src/shared/ipc/admin.ts';
import { passRate } from '../../../src/shared/domain/report.ts';
import type { TerminalState } from '../../../src/shared/ipc/admin-system.ts';
import { DEFAULT_CAMERA_GEOMETRY } from '../../../src/shared/domain/camera-geometry.ts';
import { failure } from '../../../src/shared/reasons.ts';

const words = { t: translator('en'), language: 'en' } as const;

const system: SystemStatus = {
  appVersion: '0.1.0',
  databaseKey: 'vault',
  models: 'ready',
  audit: { entries: 12, ok: true, firstBadEntry: null },
  demo: false,
};
const reader: ReaderStatus = {
  transport: { kind: 'serial', path: 'COM3', baud: 115200 },
  state: 'ready',
  samId: '05.03',
  baud: 115_200,
  service: null,
  simulated: false,
  failure: null,
};
const verifier: VerifierStatus = {
  address: 'https://verifier.example',
  enrolled: true,
  deviceId: 'dev',
  serverKeyFingerprint: 'ab',
  unsent: 0,
  lastSyncAtMs: null,
  lastFailure: null,
};

function known<T>(value: T): { readonly value: T; readonly failure: null } {
  return { value, failure: null };
}

const terminal: TerminalState = {
  maintenance: false,
  attended: false,
  outboxShare: 0.01,
  outboxNearlyFull: false,
  refusal: null,
  clock: { jump: null, holding: false },
  freeBytes: 5e11,
  call: null,
  waitingReviews: 0,
  lastTest: { atMs: 1_764_000_000_000, bad: 0, warnings: 0 },
};

const well: HealthAnswers = {
  terminal: known(terminal),
  system: known(system),
  reader: known(reader),
  camera: known({ deviceId: null, label: null, geometry: DEFAULT_CAMERA_GEOMETRY }),
  verifier: known(verifier),
};

function tones(answers: HealthAnswers): Readonly<Record<string, string>> {
  return Object.fromEntries(healthRows(answers, words).map((row) => [row.item, row.tone]));
}

describe('the overview', () => {
  const allGood = {
    terminal: 'good',
    calls: 'good',
    reviews: 'good',
    disk: 'good',
    test: 'good',
    key: 'good',
    models: 'good',
    audit: 'good',
    reader: 'good',
    camera: 'good',
    verifier: 'good',
    unsent: 'good',
  };

  it('is good when everything is', () => {
    expect(tones(well)).toEqual(allGood);
  });

  it('tells of maintenance, a full outbox, a strange clock, a small disk and a failed self-test', () => {
    const toned = (changes: Partial<TerminalState>) => tones({ ...well, terminal: known({ ...terminal, ...changes }) });
    expect(toned({ maintenance: true })).toEqual({ ...allGood, terminal: 'warning' });
    expect(toned({ outboxNearlyFull: true, outboxShare: 0.9 })).toEqual({ ...allGood, terminal: 'warning' });
    expect(toned({ call: { sinceMs: 0 } })).toEqual({ ...allGood, calls: 'warning' });
    expect(toned({ waitingReviews: 1 })).toEqual({ ...allGood, reviews: 'waiting' });
    expect(toned({ refusal: failure('outbox.full') })).toEqual({ ...allGood, terminal: 'bad' });
    const clock = { jump: { byMs: -3_600_000, atMs: 0 }, holding: false };
    expect(toned({ clock })).toEqual({ ...allGood, disk: 'warning' });
    expect(toned({ freeBytes: 1e9 })).toEqual({ ...allGood, disk: 'warning' });
    expect(toned({ lastTest: { atMs: 0, bad: 1, warnings: 3 } })).toEqual({ ...allGood, test: 'bad' });
    expect(toned({ lastTest: null })).toEqual({ ...allGood, test: 'off' });
  });

  it('warns of a key in a file', () => {
    expect(tones({ ...well, system: known({ ...system, databaseKey: 'key-file' }) })).toEqual({
      ...allGood,
      key: 'warning',
    });
  });

  it('shows a broken audit chain with its first bad entry', () => {
    const audit = { entries: 12, ok: false, firstBadEntry: 7 };
    const row = healthRows({ ...well, system: known({ ...system, audit }) }, words).find(
      ({ item }) => item === 'audit',
    );
    expect(row).toMatchObject({ tone: 'bad', detail: expect.stringContaining('7') as string });
  });

  it('never shows an answer that did not come, or came late and failed, as good', () => {
    const none = { value: null, failure: null };
    expect(
      new Set(Object.values(tones({ terminal: none, system: none, reader: none, camera: none, verifier: none }))),
    ).toEqual(new Set(['waiting']));
    const failed = { value: null, failure: failure('store.unavailable') };
    expect(
      new Set(
        Object.values(tones({ terminal: failed, system: failed, reader: failed, camera: failed, verifier: failed })),
      ),
    ).toEqual(new Set(['bad']));
    expect(tones({ ...well, reader: { value: reader, failure: failure('reader.crashed') } })['reader']).toBe('bad');
  });

  it('tells an idle, a missing and a faulty reader apart', () => {
    const toneOf = (status: Partial<ReaderStatus>): string | undefined =>
      tones({ ...well, reader: known({ ...reader, ...status }) })['reader'];
    expect([toneOf({ state: 'off' }), toneOf({ state: 'missing' }), toneOf({ state: 'fault' })]).toEqual([
      'off',
      'bad',
      'bad',
    ]);
    expect(toneOf({ failure: failure('reader.no-answer') })).toBe('bad');
  });

  it('keeps unsent records and a failing verifier apart', () => {
    const trouble = tones({
      ...well,
      verifier: known({ ...verifier, unsent: 4, lastFailure: failure('verifier.unreachable') }),
    });
    expect([trouble['verifier'], trouble['unsent']]).toEqual(['bad', 'waiting']);
  });
});

describe('the report', () => {
  const day = { submitted: 10, passed: 7, failed: 1, review: 1, error: 1 };

  it('has no rate without submissions and counts reviews and errors against it', () => {
    expect(passRate(day)).toBe(0.7);
    expect(passRate({ ...day, submitted: 0, passed: 0 })).toBeNull();
    expect([
      percent(passRate({ ...day, submitted: 0, passed: 0 }), 'en'),
      percent(0.9551, 'en'),
      percent(0, 'zh-CN'),
    ]).toEqual(['—', '95.5%', '0.0%']);
  });
});

describe('pages of records', () => {
  it.each([
    [0, 0, { first: 0, last: 0, previous: null, next: null }],
    [0, 20, { first: 1, last: 20, previous: null, next: null }],
    [0, 21, { first: 1, last: 20, previous: null, next: 20 }],
    [20, 21, { first: 21, last: 21, previous: 0, next: null }],
    [40, 312, { first: 41, last: 60, previous: 20, next: 60 }],
  ])('from %i of %i', (offset, total, range) => {
    expect(pageRange(offset, 20, total)).toEqual(range);
  });
});

describe('camera choices', () => {
  const found = [
    { deviceId: 'a', label: 'Front' },
    { deviceId: 'b', label: '' },
  ];

  it('offer the first camera, each one found, and a saved one that is gone', () => {
    const labels = (saved: { deviceId: string | null; label: string | null }): readonly string[] =>
      cameraOptions(found, saved, words.t).map(({ value }) => value);
    expect(labels({ deviceId: null, label: null })).toEqual([FIRST_CAMERA, 'a', 'b']);
    expect(labels({ deviceId: 'a', label: 'Front' })).toEqual([FIRST_CAMERA, 'a', 'b']);
    expect(labels({ deviceId: 'gone', label: 'Old' })).toEqual([FIRST_CAMERA, 'a', 'b', 'gone']);
  });
});

describe('formats', () => {
  it('are stable in both languages', () => {
    expect([shortDay('2026-11-21', 'en'), shortDay('2026-11-21', 'zh-CN')]).toEqual(['11-21 Sat', '11-21 周六']);
    expect([minutesAndSeconds(0), minutesAndSeconds(65), minutesAndSeconds(900)]).toEqual(['0:00', '1:05', '15:00']);
    expect(grouped('7d9c2b41f0')).toBe('7d9c 2b41 f0');
  });
});
