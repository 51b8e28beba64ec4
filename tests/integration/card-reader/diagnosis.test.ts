import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { diagnose, type DiagnosisDeps } from '../../../src/main/card-reader/diagnosis/diagnose.ts';
import { noPhotoDecoder } from '../../../src/main/card-reader/photo-decoder.ts';
import { CardReader } from '../../../src/main/card-reader/reader.ts';
import { parseFault } from '../../../src/main/card-reader/simulator/fault.ts';
import { servePty, type ServedReader } from '../../../src/main/card-reader/simulator/serve.ts';
import { SimulatedReader } from '../../../src/main/card-reader/simulator/simulated-reader.ts';
import { systemTiming } from '../../../src/main/card-reader/timing.ts';
import { serialTransport } from '../../../src/main/card-reader/transports/serial.ts';
import { DEFAULT_PHOTO_DECODING } from '../../../src/shared/domain/photo-decoding.ts';
import type { BaudRate, ReaderTransport } from '../../../src/shared/domain/reader-transport.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { err, ok } from '../../../src/shared/result.ts';
import { hasSocat } from '../../support/card-reader/socat.ts';

let folder: string;
let path: string;
let reader: SimulatedReader;
let served: ServedReader;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diagnosis-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const deps: DiagnosisDeps = {
  candidates: async () => ({ candidates: [], unlisted: [] }),
  resolve: async (transport) => ok(transport),
  createSource: (transport) => {
    if (transport.kind !== 'serial') return err(failure('request.invalid', transport.kind));
    const line = serialTransport(transport.path, transport.baud);
    return ok(new CardReader(line, { timing: systemTiming, photoDecoder: noPhotoDecoder }));
  },
  checkDecoder: async () => err(failure('decoder.none')),
};

async function examined(baud: BaudRate | 'auto' = 'auto') {
  const transport: ReaderTransport = { kind: 'serial', path, baud };
  const { findings } = await diagnose(transport, DEFAULT_PHOTO_DECODING, deps);
  const failed = findings.find(({ state }) => state === 'failed');
  return {
    states: findings.map(({ state }) => state).join(' '),
    code: failed?.failure?.code,
    detail: failed?.detail,
    speed: findings.find(({ step }) => step === 'answers')?.detail,
  };
}

describe.skipIf(!hasSocat())('a reader at a pseudo-terminal is diagnosed', () => {
  beforeEach(async () => {
    reader = new SimulatedReader(systemTiming);
    path = join(folder, `reader-${Math.random().toString(36).slice(2)}`);
    const started = await servePty(reader, path, { timing: systemTiming, baud: 115_200 });
    if (!started.ok) throw new Error(started.error.detail);
    served = started.value;
  });
  afterEach(() => served.stop());

  function fault(name: string): void {
    const parsed = parseFault(name);
    if (!parsed.ok) throw new Error(name);
    reader.setFault(parsed.value);
  }

  test('well', async () => {
    expect(await examined()).toMatchObject({ states: 'ok ok ok ok ok warning', speed: '115200 baud' });
  });

  test.each([
    ['status@status:60', 'ok ok ok failed unknown unknown', 'reader.self-test-failed'],
    ['status@status:66', 'ok ok ok failed unknown unknown', 'reader.not-authorised'],
    ['silent@sam-id', 'ok ok ok ok failed unknown', 'reader.fault'],
    ['bad-checksum@status', 'ok ok failed unknown unknown unknown', 'reader.bad-frame'],
  ])('%s', async (name, states, code) => {
    fault(name);
    expect(await examined()).toMatchObject({ states, code });
  });

  test('silent at every speed', async () => {
    fault('silent');
    expect(await examined()).toMatchObject({
      states: 'ok ok failed unknown unknown unknown',
      code: 'reader.no-answer',
    });
  });

  test('found at its own speed, or set to a wrong one', async () => {
    fault('listens-at@9600');
    expect(await examined('auto')).toMatchObject({ states: 'ok ok ok ok ok warning', speed: '9600 baud' });
    expect(await examined(115_200)).toMatchObject({
      states: 'ok ok failed unknown unknown unknown',
      code: 'reader.wrong-speed',
    });
  });

  test('held by another program', async () => {
    const other = serialTransport(path, 115_200);
    expect(await other.open()).toMatchObject({ ok: true });
    expect(await examined()).toMatchObject({
      states: 'ok failed unknown unknown unknown unknown',
      code: 'reader.port-busy',
    });
    await other.close();
  });

  test('unplugged', async () => {
    await served.unplug();
    expect(await examined()).toMatchObject({
      states: 'failed unknown unknown unknown unknown unknown',
      code: 'reader.missing',
    });
  });
});
