import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Installation } from '../../../src/main/composition/installation.ts';
import { createSchemeServices, type SchemeServiceParts } from '../../../src/main/composition/scheme-services.ts';
import { SAMPLE_START_MS, sampleCertifyId, sampleRecord } from '../../support/sample-records.ts';
import { expectOk, temporaryFolder } from '../../support/sample-store.ts';
import { openSampleInstallation } from '../../support/sample-subject.ts';

const HOUR_MS = 3_600_000;
const YEAR_MS = 365 * 24 * HOUR_MS;
const clock = { wallMs: () => SAMPLE_START_MS + 4 * YEAR_MS, monotonicMs: () => 0 };

let folder: ReturnType<typeof temporaryFolder>;
let installation: Installation;
beforeEach(() => {
  folder = temporaryFolder();
  installation = openSampleInstallation(folder.path, clock);
});
afterEach(() => {
  installation.close();
  folder.remove();
});

it('erases old records an hour after the start and every hour then, and not at the start', async () => {
  const timers: { readonly run: () => void; readonly delayMs: number }[] = [];
  const log = vi.fn();
  const services = createSchemeServices({
    installation,
    dataFolder: folder.path,
    clock,
    sync: { answers: () => false, online: () => false, client: () => null, onDecided: () => undefined },
    direct: { isChosen: () => false },
    inference: { faceTemplate: async () => null, compareFaces: () => 0 },
    startTimer: (run: () => void, delayMs: number) => {
      timers.push({ run, delayMs });
      return () => undefined;
    },
    language: () => 'en',
    mayErase: () => true,
    demo: false,
    appVersion: '0',
    log,
  } as unknown as SchemeServiceParts);
  const standing = () => installation.queries.show(sampleCertifyId(1)).ok;
  expectOk(installation.records.commit(sampleRecord(1, 'ok.matched', { consent: null })));

  await services.start();
  expect(standing()).toBe(true);
  const hourly = timers.filter(({ delayMs }) => delayMs === HOUR_MS);
  expect(hourly).toHaveLength(1);
  hourly[0]!.run();
  await vi.waitFor(() => expect(timers.filter(({ delayMs }) => delayMs === HOUR_MS)).toHaveLength(2));
  expect(standing()).toBe(false);
  expect(log).not.toHaveBeenCalled();
  await services.stop();
});
