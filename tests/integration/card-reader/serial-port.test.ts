import fc from 'fast-check';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { noPhotoDecoder } from '../../../src/main/card-reader/photo-decoder.ts';
import { CardReader } from '../../../src/main/card-reader/reader.ts';
import { servePty, type ServedReader } from '../../../src/main/card-reader/simulator/serve.ts';
import { SimulatedReader } from '../../../src/main/card-reader/simulator/simulated-reader.ts';
import { systemTiming } from '../../../src/main/card-reader/timing.ts';
import { serialTransport } from '../../../src/main/card-reader/transports/serial.ts';
import { CARD_KINDS } from '../../../src/shared/domain/document.ts';
import { CARDS } from '../../support/card-reader/cards.ts';
import { hasSocat } from '../../support/card-reader/socat.ts';

const BAUD = 115_200;
const FRAME_BYTES = 1295;

describe.skipIf(!hasSocat())('a real serial port at 115,200 baud', () => {
  const simulated = new SimulatedReader(systemTiming);
  let folder: string;
  let path: string;
  let served: ServedReader;
  let reader: CardReader;
  let lost = 0;

  const connect = async (): Promise<void> => {
    reader = new CardReader(serialTransport(path, BAUD), { timing: systemTiming, photoDecoder: noPhotoDecoder });
    expect(await reader.open(() => void lost++)).toEqual({ ok: true, value: undefined });
  };
  const read = () => reader.waitForCard(AbortSignal.timeout(10_000));

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'serial-port-test-'));
    path = join(folder, 'reader');
    const result = await servePty(simulated, path, { timing: systemTiming, baud: BAUD });
    if (!result.ok) throw new Error(result.error.detail);
    served = result.value;
    await connect();
  });
  afterEach(() => {
    simulated.removeCard();
    simulated.setFault({ kind: 'none' });
  });
  afterAll(async () => {
    await reader.close();
    await served.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test('the reader makes itself known', async () => {
    expect(await reader.identify()).toMatchObject({ ok: true, value: { simulated: true } });
  });

  test.each(CARD_KINDS)('a %s card', async (kind) => {
    simulated.insertCard(CARDS[kind]);
    expect(await read()).toMatchObject({ ok: true, value: CARDS[kind] });
  });

  test('no card of two that are swapped is taken for the other', async () => {
    const numbers: string[] = [];
    for (let turn = 0; turn < 6; turn++) {
      simulated.insertCard(turn % 2 === 0 ? CARDS.resident : CARDS.hmt);
      const result = await read();
      numbers.push(result.ok ? result.value.fields.number : result.error.code);
    }
    const [a, b] = [CARDS.resident.fields.number, CARDS.hmt.fields.number];
    expect(numbers).toEqual([a, b, a, b, a, b]);
  });

  const pulledAt = async (bytes: number): Promise<void> => {
    simulated.insertCard(CARDS.resident);
    simulated.setFault({ kind: 'pull-mid-frame', afterBytes: bytes });
    expect(await read()).toMatchObject({ ok: false, error: { code: 'card.pulled' } });
    simulated.insertCard(CARDS.hmt);
    expect(await read()).toMatchObject({ ok: true, value: CARDS.hmt });
  };

  test.each([0, 1, 4, 5, 6, 7, 13, 14, 269, 270, 700, 1293, 1294])('a card pulled after %i bytes', pulledAt);

  test('a card pulled anywhere', { timeout: 60_000 }, async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: FRAME_BYTES - 1 }), pulledAt), { numRuns: 12 });
  });

  test('another program can not open the port meanwhile', async () => {
    const second = serialTransport(path, BAUD);
    expect(await second.open()).toEqual({
      ok: false,
      error: { code: 'reader.port-busy', detail: 'another program uses the port' },
    });
    await second.close();
    simulated.insertCard(CARDS.resident);
    expect((await read()).ok).toBe(true);
  });

  test('unplugged during a read it is missing, and works again once it is back', async () => {
    simulated.insertCard(CARDS.resident);
    const reading = read();
    await served.unplug();
    expect(await reading).toMatchObject({ ok: false, error: { code: 'reader.missing' } });
    await expect.poll(() => lost).toBe(1);
    await reader.close();
    const gone = serialTransport(path, BAUD);
    expect(await gone.open()).toMatchObject({ ok: false, error: { detail: 'there is no such port' } });
    expect(await served.plug()).toEqual({ ok: true, value: undefined });
    await connect();
    simulated.removeCard();
    simulated.insertCard(CARDS['foreigner-2023']);
    expect(await read()).toMatchObject({ ok: true, value: CARDS['foreigner-2023'] });
  });

  test('stopping takes the port away', async () => {
    const other = join(folder, 'other');
    const result = await servePty(simulated, other, { timing: systemTiming, baud: BAUD });
    if (!result.ok) throw new Error(result.error.detail);
    await access(other);
    await result.value.stop();
    await expect(access(other)).rejects.toThrow('ENOENT');
  });
});

test.skipIf(!hasSocat())('a link that can not be made is a failure', async () => {
  const reader = new SimulatedReader(systemTiming);
  const result = await servePty(reader, '/nonexistent/reader', { timing: systemTiming, baud: BAUD });
  expect(result).toMatchObject({ ok: false, error: { code: 'reader.missing' } });
});
