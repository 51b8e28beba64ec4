import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DeviceContract } from '../../../src/main/card-reader/contract.ts';
import { forkWorker } from '../../../src/main/worker-process/child-process.ts';
import type { WorkerProcess } from '../../../src/main/worker-process/endpoint.ts';
import { callerFor, type Caller } from '../../../src/main/worker-process/rpc.ts';
import type { ReaderTransport } from '../../../src/shared/domain/reader-transport.ts';
import { DEFAULT_PHOTO_DECODING } from '../../../src/shared/domain/photo-decoding.ts';

const WORKER = join(import.meta.dirname, '..', '..', '..', 'src', 'main', 'card-reader', 'worker.ts');
const MISSING = {
  path: '/no/such/library.so',
  call: 'unpack',
  vendorCode: 0,
  channels: 'auto',
  rows: 'auto',
  helper: null,
} as const;
const NO_SERVICE: ReaderTransport = { kind: 'vendor-http', dialect: 'cvr', address: 'http://127.0.0.1:9' };

describe('readers as the device process examines them', () => {
  let worker: WorkerProcess;
  let device: Caller<DeviceContract>;
  const detected: unknown[] = [];

  beforeAll(() => {
    worker = forkWorker(WORKER);
    device = callerFor<DeviceContract>(worker, { crashed: 'reader.crashed', late: 'reader.no-answer' });
    device.onEvent((name, payload) => void (name === 'reader-detected' && detected.push(payload)));
  });
  afterAll(async () => {
    await device.call('configure', { transport: null, simulatedPhotos: false });
    worker.kill();
  });

  const configure = (transport: ReaderTransport) => device.call('configure', { transport, simulatedPhotos: true });
  const diagnose = async (
    transport: ReaderTransport,
    photoDecoding: DeviceContract['diagnose']['params']['photoDecoding'],
  ) => {
    const diagnosis = await device.call('diagnose', { transport, photoDecoding }, 60_000);
    if (!diagnosis.ok) throw new Error(diagnosis.error.code);
    return diagnosis.value.findings.map(({ step, state, failure }) => `${step} ${state} ${failure?.code ?? ''}`.trim());
  };

  test('everything that is listed was told one by one', async () => {
    const answer = await device.call('detect', null, 60_000);
    if (!answer.ok) throw new Error(answer.error.code);
    expect(detected).toEqual(answer.value);
    const candidates = await device.call('candidates', null);
    expect(candidates.ok && candidates.value.length).toBe(answer.value.length);
  });

  test('a reader that works, without a library for photos', async () => {
    expect(await configure({ kind: 'simulated' })).toMatchObject({ ok: true });
    expect(await diagnose({ kind: 'simulated' }, DEFAULT_PHOTO_DECODING)).toEqual([
      'found ok',
      'opened ok',
      'answers ok',
      'authorised ok',
      'identified ok',
      'photo-decoder ok',
    ]);
    expect(await device.call('status', null)).toMatchObject({ ok: true, value: { state: 'ready' } });
  });

  test('a service that does not run, and nothing after it', async () => {
    const findings = await diagnose(NO_SERVICE, DEFAULT_PHOTO_DECODING);
    expect(findings[0]).toBe('found failed reader.service-missing');
    expect(findings.slice(1).every((finding) => finding.endsWith('unknown'))).toBe(true);
  });

  test('a transport that names no reader is configured and tried further', async () => {
    const opened = await configure(NO_SERVICE);
    expect(opened).toMatchObject({ ok: false, error: { code: 'reader.service-missing' } });
    expect(await device.call('readCard', { timeoutMs: 100 })).toMatchObject({
      ok: false,
      error: { code: 'reader.service-missing' },
    });
  });

  test('a library that is not there is named, and tried only when there is one', async () => {
    expect(await device.call('tryPhotoDecoder', { photoDecoding: { library: MISSING } }, 20_000)).toMatchObject({
      ok: false,
      error: { code: 'decoder.missing' },
    });
    expect(await device.call('tryPhotoDecoder', { photoDecoding: DEFAULT_PHOTO_DECODING })).toMatchObject({
      ok: false,
      error: { code: 'decoder.none' },
    });
  });
});
