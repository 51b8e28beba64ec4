import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noPhotoDecoder } from '../../../src/main/card-reader/photo-decoder.ts';
import { CardReader } from '../../../src/main/card-reader/reader.ts';
import { systemTiming } from '../../../src/main/card-reader/timing.ts';
import { serialTransport } from '../../../src/main/card-reader/transports/serial.ts';

const PORT = process.env['COUNTERSIGN_READER_PORT'];
/** Set when a card lies on the reader; it is read, and nothing of it is printed. */
const WITH_CARD = process.env['COUNTERSIGN_READER_CARD'] !== undefined;

if (PORT === undefined) {
  console.warn('skipped: no hardware is here; COUNTERSIGN_READER_PORT names the serial port of a real reader');
} else if (!WITH_CARD) {
  console.warn('skipped: no card is read; COUNTERSIGN_READER_CARD=1 says that one lies on the reader');
}

describe.skipIf(PORT === undefined)('the driver over real hardware', () => {
  let reader: CardReader;

  beforeAll(async () => {
    reader = new CardReader(serialTransport(PORT ?? '', 'auto'), {
      timing: systemTiming,
      photoDecoder: noPhotoDecoder,
      cardReading: { appendedAddress: true, fingerprint: 'recognise' },
    });
    expect(await reader.open()).toEqual({ ok: true, value: undefined });
  });
  afterAll(() => reader.close());

  test('a reader makes itself known', async () => {
    const identity = await reader.identify();
    console.warn(`real reader: ${JSON.stringify(identity)}`);
    expect(identity).toMatchObject({ ok: true, value: { simulated: false } });
  });

  test('its status is asked twenty times, and the line stays clean', async () => {
    for (let turn = 0; turn < 20; turn++) expect(await reader.checkStatus()).toEqual({ ok: true, value: undefined });
    expect(reader.lineCounts).toMatchObject({ 'bad-checksum': 0, 'bad-length': 0, stale: 0 });
  });

  test('a wait for a card ends when it is cancelled', async () => {
    expect((await reader.presence()).ok).toBe(true);
    if (WITH_CARD) return;
    expect(await reader.waitForCard(AbortSignal.timeout(2000))).toEqual({
      ok: false,
      error: { code: 'user.cancelled' },
    });
  });

  test.skipIf(!WITH_CARD)('the card on it is read and stays the same', { timeout: 30_000 }, async () => {
    const result = await reader.waitForCard(AbortSignal.timeout(20_000));
    expect(result.ok ? 'read' : result.error.code).toBe('read');
    expect(await reader.presence()).toEqual({ ok: true, value: 'same' });
    console.warn(`line: ${JSON.stringify(reader.lineCounts)}`);
  });
});
