import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FIND_CARD, READ_BASE, SAM_STATUS, SELECT_CARD } from '../../../src/main/card-reader/commands.ts';
import { parseFault } from '../../../src/main/card-reader/simulator/fault.ts';
import { servePty, serveTcp, type ServedReader } from '../../../src/main/card-reader/simulator/serve.ts';
import { SimulatedReader } from '../../../src/main/card-reader/simulator/simulated-reader.ts';
import { pause, systemTiming } from '../../../src/main/card-reader/timing.ts';
import { serialTransport } from '../../../src/main/card-reader/transports/serial.ts';
import { tcpTransport } from '../../../src/main/card-reader/transports/tcp.ts';
import type { Transport } from '../../../src/main/card-reader/transports/transport.ts';
import { CARDS } from '../../support/card-reader/cards.ts';
import { hasSocat } from '../../support/card-reader/socat.ts';

const OK = 'aaaaaa9669000400009094';
/** Longer than a status command and its reply take at 9,600 baud (22 ms), with a busy machine around. */
const ANSWER_MS = 300;

let reader: SimulatedReader;
let served: ServedReader | null = null;
let folder: string;

beforeEach(async () => {
  reader = new SimulatedReader(systemTiming);
  reader.insertCard(CARDS.resident);
  folder = await mkdtemp(join(tmpdir(), 'simulator-line-test-'));
});
afterEach(async () => {
  await served?.stop();
  served = null;
  await rm(folder, { recursive: true, force: true });
});

function setFault(name: string): void {
  const parsed = parseFault(name);
  if (!parsed.ok) throw new Error(parsed.error.detail);
  reader.setFault(parsed.value);
}

async function tcp(hostBaud?: number): Promise<number> {
  const result = await serveTcp(reader, 0, { timing: systemTiming, baud: 115_200, hostBaud });
  if (!result.ok) throw new Error(result.error.code);
  served = result.value;
  return Number(result.value.address);
}

/** What comes back for some commands, as hexadecimal text. */
async function answers(transport: Transport, commands = [SAM_STATUS], waitMs = ANSWER_MS): Promise<string> {
  const heard: Uint8Array[] = [];
  transport.onBytes((bytes) => heard.push(bytes));
  expect(await transport.open()).toEqual({ ok: true, value: undefined });
  for (const { frame } of commands) {
    await transport.write(frame);
    await pause(systemTiming, waitMs);
  }
  await transport.close();
  return Buffer.concat(heard).toString('hex');
}

describe('a reader that listens at one speed', () => {
  test.each([
    [9600, OK],
    [115_200, ''],
    [undefined, OK],
  ])('over TCP, through a device server at %s', async (hostBaud, answer) => {
    const port = await tcp(hostBaud);
    setFault('listens-at@9600');
    expect(await answers(tcpTransport('127.0.0.1', port))).toBe(answer);
  });

  test.runIf(hasSocat())('on a pseudo-terminal, by the speed that the host has set there', async () => {
    const path = join(folder, 'port');
    const result = await servePty(reader, path, { timing: systemTiming, baud: 115_200 });
    if (!result.ok) throw new Error(result.error.code);
    served = result.value;
    setFault('listens-at@9600');
    const heard: string[] = [];
    for (const baud of [115_200, 38_400, 9600]) {
      heard.push(await answers(serialTransport(path, baud)));
      // The pseudo-terminal ends with its user, and a new one takes its place.
      await pause(systemTiming, 200);
    }
    expect(heard).toEqual(['', '', OK]);
  });
});

test('a cable that is pulled within a reply is in again after a second', async () => {
  const port = await tcp();
  setFault('unplug-mid-frame@700');
  const transport = tcpTransport('127.0.0.1', port);
  let closedMs = 0;
  transport.onClosed(() => (closedMs = performance.now()));
  const heard = await answers(transport, [FIND_CARD, SELECT_CARD, READ_BASE]);
  expect(heard.length / 2).toBe(15 + 19 + 700);
  expect(closedMs).toBeGreaterThan(0);
  let back = await tcpTransport('127.0.0.1', port).open();
  expect(back.ok).toBe(false);
  for (let tries = 0; !back.ok && tries < 40; tries++) {
    await pause(systemTiming, 100);
    back = await tcpTransport('127.0.0.1', port).open();
  }
  expect(back.ok).toBe(true);
  expect(performance.now() - closedMs).toBeGreaterThanOrEqual(900);
});

test('every byte alone still is a whole reply', async () => {
  const port = await tcp();
  setFault('split');
  expect(await answers(tcpTransport('127.0.0.1', port))).toBe(OK);
});
