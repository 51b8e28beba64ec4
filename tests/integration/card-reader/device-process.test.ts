import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DeviceContract } from '../../../src/main/card-reader/contract.ts';
import { forkWorker } from '../../../src/main/worker-process/child-process.ts';
import type { WorkerProcess } from '../../../src/main/worker-process/endpoint.ts';
import { callerFor, type Caller } from '../../../src/main/worker-process/rpc.ts';
import { CARDS, tinyWebp } from '../../support/card-reader/cards.ts';

const WORKER = join(import.meta.dirname, '../../../src/main/card-reader/worker.ts');

describe('the device process', () => {
  const events: [string, unknown][] = [];
  let worker: WorkerProcess;
  let device: Caller<DeviceContract>;
  let folder: string;
  let card: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'device-process-test-'));
    card = join(folder, 'card.json');
    const portrait = { base64: Buffer.from(tinyWebp(700)).toString('base64') };
    await writeFile(card, JSON.stringify({ ...CARDS.resident, portrait }));
    worker = forkWorker(WORKER);
    device = callerFor<DeviceContract>(worker, { crashed: 'reader.crashed', late: 'reader.no-answer' });
    device.onEvent((name, payload) => events.push([name, payload]));
  });
  afterAll(async () => {
    await device.call('configure', { transport: null, simulatedPhotos: false });
    worker.kill();
    await rm(folder, { recursive: true, force: true });
  });

  test('starts without a reader', async () => {
    expect(await device.call('status', null)).toMatchObject({ ok: true, value: { state: 'missing' } });
    expect(await device.call('readCard', { timeoutMs: 100 })).toMatchObject({ error: { code: 'reader.missing' } });
    expect(await device.call('simulate', { card })).toMatchObject({ error: { code: 'request.invalid' } });
  });

  test('refuses the simulated reader where simulation is not allowed', async () => {
    const result = await device.call('configure', { transport: { kind: 'simulated' }, simulatedPhotos: false });
    expect(result).toMatchObject({ ok: false, error: { code: 'request.invalid' } });
  });

  test('lists ports, or says that this system does not', async () => {
    const ports = await device.call('listPorts', null);
    if (ports.ok) expect(ports.value.every(({ path }) => path.length > 0)).toBe(true);
    else expect(ports.error).toMatchObject({ code: 'reader.missing' });
  });

  test('reads a card that is put on its simulated reader, with its portrait', async () => {
    const configured = await device.call('configure', { transport: { kind: 'simulated' }, simulatedPhotos: true });
    expect(configured).toMatchObject({ ok: true, value: { simulated: true } });
    const reading = device.call('readCard', { timeoutMs: 10_000 });
    expect(await device.call('simulate', { card })).toEqual({ ok: true, value: null });
    const result = await reading;
    expect(result).toMatchObject({
      ok: true,
      value: { ...CARDS.resident, simulated: true, portrait: { state: 'decoded', mediaType: 'image/webp' } },
    });
    const { portrait } = result.ok ? result.value : { portrait: null };
    expect(portrait?.state === 'decoded' && Buffer.from(portrait.image)).toEqual(Buffer.from(tinyWebp(700)));
    expect(events.map(([name, payload]) => (name === 'card-progress' ? payload : name))).toEqual([
      'reader-state',
      'searching',
      'found',
      'reading',
    ]);
  });

  test('knows when it leaves', async () => {
    expect(await device.call('presence', null)).toEqual({ ok: true, value: 'same' });
    await device.call('simulate', { card: null });
    expect(await device.call('presence', null)).toEqual({ ok: true, value: 'gone' });
  });

  test('a read can be cancelled or run out of time', async () => {
    const cancelled = device.call('readCard', { timeoutMs: 60_000 });
    await device.call('cancelRead', null);
    expect(await cancelled).toMatchObject({ error: { code: 'user.cancelled' } });
    expect(await device.call('readCard', { timeoutMs: 50 })).toMatchObject({ error: { code: 'user.timed-out' } });
  });

  test('a pulled card, then one that stays', async () => {
    await device.call('simulate', { card, fault: 'pull-mid-frame@600' });
    expect(await device.call('readCard', { timeoutMs: 10_000 })).toMatchObject({ error: { code: 'card.pulled' } });
    await device.call('simulate', { card });
    expect(await device.call('readCard', { timeoutMs: 10_000 })).toMatchObject({ ok: true });
  });
});
