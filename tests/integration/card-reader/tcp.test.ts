import { afterEach, expect, test } from 'vitest';
import { noPhotoDecoder } from '../../../src/main/card-reader/photo-decoder.ts';
import { CardReader } from '../../../src/main/card-reader/reader.ts';
import { serveTcp, type ServedReader } from '../../../src/main/card-reader/simulator/serve.ts';
import { SimulatedReader } from '../../../src/main/card-reader/simulator/simulated-reader.ts';
import { systemTiming } from '../../../src/main/card-reader/timing.ts';
import { tcpTransport } from '../../../src/main/card-reader/transports/tcp.ts';
import { CARDS } from '../../support/card-reader/cards.ts';

const simulated = new SimulatedReader(systemTiming);
const opened: { close(): Promise<void> }[] = [];
let served: ServedReader | null = null;

afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
  await served?.stop();
  served = null;
});

async function serve(): Promise<number> {
  const result = await serveTcp(simulated, 0, { timing: systemTiming, baud: 115_200 });
  if (!result.ok) throw new Error(result.error.detail);
  served = result.value;
  return Number(result.value.address);
}

async function connect(port: number, onLost?: () => void): Promise<CardReader> {
  const reader = new CardReader(tcpTransport('127.0.0.1', port), {
    timing: systemTiming,
    photoDecoder: noPhotoDecoder,
  });
  opened.push(reader);
  expect((await reader.open(onLost)).ok).toBe(true);
  return reader;
}

test('a card is read over TCP', async () => {
  const reader = await connect(await serve());
  expect(await reader.identify()).toMatchObject({ ok: true });
  simulated.insertCard(CARDS.resident);
  expect(await reader.waitForCard(AbortSignal.timeout(5000))).toMatchObject({ ok: true, value: CARDS.resident });
});

test('a converter that goes away ends the read as missing, and can be reached again later', async () => {
  const port = await serve();
  let lost = 0;
  const reader = await connect(port, () => void lost++);
  simulated.removeCard();
  const reading = reader.waitForCard(AbortSignal.timeout(10_000));
  await served!.unplug();
  expect(await reading).toMatchObject({ ok: false, error: { code: 'reader.missing' } });
  expect(lost).toBe(1);
  expect((await served!.plug()).ok).toBe(true);
  expect((await (await connect(port)).identify()).ok).toBe(true);
});

test('a port where nothing listens is missing', async () => {
  const port = await serve();
  await served!.stop();
  expect(await tcpTransport('127.0.0.1', port).open()).toMatchObject({ error: { code: 'reader.missing' } });
});
