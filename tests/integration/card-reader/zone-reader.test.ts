import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DeviceEvents } from '../../../src/main/card-reader/contract.ts';
import { systemTiming } from '../../../src/main/card-reader/timing.ts';
import { createZoneReaderPort } from '../../../src/main/card-reader/zone-reader/zone-reader-port.ts';
import { hasSocat } from '../../support/card-reader/socat.ts';
import { CARD_LINES, FRAMING_NAMES, FRAMINGS, PASSPORT_LINES } from '../../support/mrz/swipes.ts';

const WITHIN = { timeout: 10_000, interval: 5 };

describe.skipIf(!hasSocat())('a swipe reader at a pseudo-terminal', () => {
  const swipes: string[] = [];
  const emit = <N extends keyof DeviceEvents>(_: N, payload: DeviceEvents[N]): void => {
    const swipe = payload as DeviceEvents['zone-swiped'];
    swipes.push(swipe.ok ? swipe.zone.documentNumber : swipe.failure.code);
  };
  const port = createZoneReaderPort(systemTiming, emit);
  let folder: string;
  let path: string;
  let cable: ChildProcess;

  const plug = async (): Promise<void> => {
    cable = spawn('socat', ['-d', '-d', `pty,raw,echo=0,link=${path}`, 'STDIO'], { stdio: ['pipe', 'ignore', 'pipe'] });
    cable.stdin!.on('error', () => undefined);
    await new Promise<void>((resolve) => {
      cable.stderr!.setEncoding('utf8').on('data', (text: string) => {
        if (text.includes('starting data transfer loop')) resolve();
      });
    });
  };
  const unplug = async (): Promise<void> => {
    const ended = new Promise((resolve) => cable.once('exit', resolve));
    cable.kill('SIGTERM');
    await ended;
  };
  const send = (bytes: Uint8Array): void => void cable.stdin!.write(bytes);
  const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  const heard = (expected: readonly string[]): Promise<void> =>
    expect.poll(() => swipes.splice(0, swipes.length < expected.length ? 0 : swipes.length), WITHIN).toEqual(expected);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'zone-reader-test-'));
    path = join(folder, 'reader');
    await plug();
    await port.configure({ kind: 'serial', path, baud: 115_200 });
  });
  afterAll(async () => {
    await port.close();
    await unplug();
    await rm(folder, { recursive: true, force: true });
  });

  test.each(FRAMING_NAMES)('%s', async (name) => {
    send(FRAMINGS[name](PASSPORT_LINES));
    await heard(['L898902C3']);
    await pause(200);
    send(FRAMINGS[name](CARD_LINES));
    await heard(['D23145890']);
    await pause(200);
  });

  test('split at every few bytes', async () => {
    const bytes = FRAMINGS.desko(PASSPORT_LINES);
    for (let at = 0; at < bytes.length; at += 7) {
      send(bytes.subarray(at, at + 7));
      await pause(3);
    }
    await heard(['L898902C3']);
  });

  test('garbage, two swipes in one write, and a wrong check digit', async () => {
    const wrong = FRAMINGS.desko([PASSPORT_LINES[0], PASSPORT_LINES[1].replace('740812', '740813')]);
    const garbage = Buffer.from([0xff, 0x41, 0x00, 0x80]);
    send(Buffer.concat([garbage, FRAMINGS.desko(PASSPORT_LINES), garbage, FRAMINGS.desko(CARD_LINES), wrong]));
    await heard(['L898902C3', 'D23145890', 'mrz.check-digit']);
  });

  test('unplugged in the middle of a swipe and plugged in again, three times', { timeout: 40_000 }, async () => {
    for (let turn = 0; turn < 3; turn++) {
      send(FRAMINGS.desko(PASSPORT_LINES).subarray(0, 50));
      await pause(20);
      await unplug();
      await plug();
      // Nobody tells when it is open again; what is sent before that is lost, as with a real cable.
      await expect
        .poll(async () => {
          send(FRAMINGS.desko(CARD_LINES));
          await pause(300);
          return swipes.length;
        }, WITHIN)
        .toBeGreaterThan(0);
      expect(new Set(swipes.splice(0))).toEqual(new Set(['D23145890']));
    }
  });
});
