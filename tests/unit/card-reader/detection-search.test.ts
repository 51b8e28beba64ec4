import { describe, expect, test } from 'vitest';
import { SILENT_REST_MS } from '../../../src/main/card-reader/detection/auto-choice.ts';
import { PROBE_LIMIT_MS, ask, candidateOf, type Probe } from '../../../src/main/card-reader/detection/detect.ts';
import type { ListedPort } from '../../../src/main/card-reader/transports/serial-ports.ts';
import type { DetectedReader, ReaderCandidate } from '../../../src/shared/domain/reader-diagnosis.ts';
import { CARDS } from '../../support/card-reader/cards.ts';
import { HidReader } from '../../support/card-reader/hid-reader.ts';
import { Counter } from '../../support/card-reader/usb-counter.ts';
import { UsbReader } from '../../support/card-reader/usb-reader.ts';
import { VirtualTiming } from '../../support/card-reader/virtual-timing.ts';

const BRIDGE: ListedPort = { path: '/dev/ttyUSB0', vendorId: '1a86', productId: '7523', place: 'usb 1-3:1.0' };
const MODEM: ListedPort = { path: '/dev/ttyACM0', vendorId: '12d1', productId: '1506', place: 'usb 1-4:1.0' };
const SERVICE: ReaderCandidate = {
  transport: { kind: 'vendor-http', dialect: 'cvr', address: 'http://127.0.0.1:19196' },
  label: 'service',
  device: null,
  known: true,
};

function counter() {
  const timing = new VirtualTiming();
  const made = new Counter(timing);
  const sources = made.detection.autoSources((transport) => made.createSource(transport));
  const open = async () => {
    const source = sources();
    const opened = await timing.run(source.open());
    if (!opened.ok) {
      await timing.run(source.close());
      return { code: opened.error.code, source };
    }
    const identity = await timing.run(source.identify());
    return { code: identity.ok ? null : identity.error.code, source };
  };
  return { timing, counter: made, open };
}

function usbReader(made: Counter, digit: number, ports: readonly number[] = [2], serialNumber: string | null = null) {
  const reader = new UsbReader({ timing: made.timing, form: 'split', reader: made.module(digit), ports, serialNumber });
  made.usb.readers.push(reader);
  return reader;
}

const brief = ({ label, identity, failure, asked }: DetectedReader) => [
  label.split(' ')[0],
  identity ? 'answers' : asked === false ? 'not asked' : failure?.code,
];

describe('detection', () => {
  test('asks each in turn, tells as it goes, and leaves alone what may be something else', async () => {
    const { timing, counter: made } = counter();
    usbReader(made, 1);
    made.hid.readers.push(new HidReader({ timing, reader: made.module(2) }));
    made.ports.push(BRIDGE, MODEM);
    const told: DetectedReader[] = [];
    const found = await timing.run(made.detection.detect({ onDetected: (one) => told.push(one) }));
    expect(found.map(brief)).toEqual([
      ['HID', 'answers'],
      ['USB', 'answers'],
      ['/dev/ttyUSB0', 'reader.no-answer'],
      ['/dev/ttyACM0', 'not asked'],
    ]);
    expect(told).toEqual(found);
    expect(made.opened).toEqual(['hid', 'usb', '/dev/ttyUSB0']);
    expect(timing.pendingTimers).toBe(0);
  });

  test('asks what a person picked, whatever it is', async () => {
    const { timing, counter: made } = counter();
    made.ports.push(MODEM);
    made.onPorts.set(MODEM.path, made.module(1));
    const picked = [{ kind: 'serial', path: MODEM.path, baud: 'auto' } as const];
    expect((await timing.run(made.detection.detect({ picked }))).map(brief)).toEqual([['/dev/ttyACM0', 'answers']]);
    const unlisted = [{ kind: 'serial', path: '/dev/pts/7', baud: 9600 } as const];
    expect((await timing.run(made.detection.detect({ picked: unlisted }))).map(brief)).toEqual([
      ['/dev/ttyACM0', 'not asked'],
      ['/dev/pts/7', 'reader.missing'],
    ]);
  });

  test('the reader in use keeps its port and is listed as it is known', async () => {
    const { timing, counter: made } = counter();
    const hardware = usbReader(made, 1);
    const [candidate] = (await made.detection.candidates()).candidates;
    const identity = { samId: 'its id', simulated: false };
    const found = await timing.run(made.detection.detect({ inUse: { candidate: candidate!, identity } }));
    expect(found).toEqual([{ ...candidate, identity, failure: null }]);
    // Chosen by its make alone it is the same.
    const byMake = candidateOf({ kind: 'usb', device: { ...candidate!.device!, place: null } });
    expect(await timing.run(made.detection.detect({ inUse: { candidate: byMake, identity } }))).toEqual(found);
    expect(hardware.counts.opened).toBe(0);
  });

  test('a probe that never ends costs its limit, and nothing more', async () => {
    const timing = new VirtualTiming();
    let ended = 0;
    const stubborn: Probe = () => new Promise(() => undefined);
    const obedient: Probe = (_, signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          ended++;
          resolve({ ok: false, error: { code: 'reader.missing' } });
        });
      });
    for (const [probe, limitMs] of [
      [stubborn, PROBE_LIMIT_MS + 2000],
      [obedient, PROBE_LIMIT_MS],
    ] as const) {
      const startMs = timing.clock.monotonicMs();
      const asked = await timing.run(ask({ kind: 'tcp', host: 'localhost', port: 1 }, { probe, timing }));
      expect(asked).toMatchObject({ error: { code: 'reader.no-answer' } });
      expect(timing.clock.monotonicMs() - startMs).toBe(limitMs);
      expect(timing.pendingTimers).toBe(0);
    }
    expect(ended).toBe(1);
  });

  test('two detections at once ask one after the other', async () => {
    const { timing, counter: made } = counter();
    const hardware = usbReader(made, 1);
    const both = await timing.run(Promise.all([made.detection.detect(), made.detection.detect()]));
    expect(both.flat().map(brief)).toEqual([
      ['USB', 'answers'],
      ['USB', 'answers'],
    ]);
    expect(hardware.counts).toMatchObject({ opened: 2, closed: 2 });
  });

  test('an aborted one leaves the rest unasked', async () => {
    const { timing, counter: made } = counter();
    made.ports.push(BRIDGE, { ...BRIDGE, path: '/dev/ttyUSB1', place: 'usb 1-5:1.0' });
    const stop = new AbortController();
    const detecting = made.detection.detect({ signal: stop.signal });
    await timing.pass(500);
    stop.abort();
    expect((await timing.run(detecting)).map(brief)).toEqual([
      ['/dev/ttyUSB0', 'reader.no-answer'],
      ['/dev/ttyUSB1', 'not asked'],
    ]);
  });
});

describe('the single reader', () => {
  test('is found, identified and read', async () => {
    const { timing, counter: made, open } = counter();
    made.ports.push(BRIDGE, MODEM);
    const hardware = usbReader(made, 1);
    const { code, source } = await open();
    expect(code).toBe(null);
    hardware.reader.insertCard(CARDS.resident);
    expect(await timing.run(source.waitForCard(new AbortController().signal))).toMatchObject({
      ok: true,
      value: { fields: CARDS.resident.fields },
    });
    expect((await timing.run(source.checkStatus())).ok).toBe(true);
    await timing.run(source.close());
    expect(hardware.counts.opened).toBe(hardware.counts.closed);
  });

  test('is missing when none answers, and several when two do', async () => {
    const { counter: made, open } = counter();
    expect((await open()).code).toBe('reader.missing');
    made.ports.push(BRIDGE);
    expect((await open()).code).toBe('reader.missing');
    usbReader(made, 1, [1]);
    usbReader(made, 2, [2]);
    expect((await open()).code).toBe('reader.several');
  });

  test('says what is wrong with a reader that is there', async () => {
    const { counter: made, open } = counter();
    const hardware = usbReader(made, 1);
    made.usb.openError = 'permission denied (errno 13)';
    expect((await open()).code).toBe('reader.not-permitted');
    made.usb.openError = null;
    hardware.owner = 'program';
    expect((await open()).code).toBe('reader.port-busy');
    hardware.owner = null;
    hardware.setBehaviour({ kind: 'answers-nothing' });
    expect((await open()).code).toBe('reader.no-answer');
    made.usb.readers.length = 0;
    made.usb.hasBus = false;
    expect((await open()).code).toBe('reader.missing');
  });

  test('a port that may be the reader and does not open is said, and tried again each time', async () => {
    const { counter: made, open } = counter();
    made.ports.push(BRIDGE);
    for (const code of ['reader.not-permitted', 'reader.port-busy'] as const) {
      made.portFailure = { code };
      expect([(await open()).code, (await open()).code]).toEqual([code, code]);
    }
    expect(made.opened.length).toBe(4);
    made.portFailure = null;
    made.onPorts.set(BRIDGE.path, made.module(1));
    expect((await open()).code).toBe(null);
  });

  test('with two ways in is one', async () => {
    const { timing, counter: made, open } = counter();
    usbReader(made, 7);
    made.ports.push(BRIDGE);
    made.onPorts.set(BRIDGE.path, made.module(7));
    const { code, source } = await open();
    expect(code).toBe(null);
    await timing.run(source.close());
  });

  test('is kept while it is there, though another one comes', async () => {
    const { timing, counter: made, open } = counter();
    const first = usbReader(made, 1, [1]);
    await timing.run((await open()).source.close());
    const second = usbReader(made, 2, [2]);
    const again = await open();
    expect([again.code, second.counts.opened]).toEqual([null, 0]);
    await timing.run(again.source.close());
    // Silent is there all the same: another one doesn't take its place unseen.
    first.setBehaviour({ kind: 'answers-nothing' });
    const silent = await open();
    expect([silent.code, second.counts.opened]).toEqual(['reader.no-answer', 0]);
    await timing.run(silent.source.close());
    first.unplug();
    expect((await open()).code).toBe(null);
    expect(second.counts.opened).toBeGreaterThan(0);
  });

  test('is found again in another socket by its serial number, without asking', async () => {
    const { timing, counter: made, open } = counter();
    usbReader(made, 1, [1], 'A1');
    await timing.run((await open()).source.close());
    made.usb.readers.length = 0;
    made.opened.length = 0;
    const moved = usbReader(made, 1, [4], 'A1');
    expect((await open()).code).toBe(null);
    expect([made.opened, moved.counts.opened]).toEqual([['usb'], 1]);
  });

  test('a silent port is not asked again for a while, unless it was plugged in again', async () => {
    const { timing, counter: made, open } = counter();
    made.ports.push(BRIDGE);
    const asked = async () => {
      made.opened.length = 0;
      await open();
      return made.opened.length;
    };
    expect(await asked()).toBe(1);
    expect(await asked()).toBe(0);
    await timing.pass(SILENT_REST_MS);
    expect(await asked()).toBe(1);
    made.ports.length = 0;
    expect(await asked()).toBe(0);
    made.ports.push(BRIDGE);
    expect(await asked()).toBe(1);
  });

  test('a service is used when no reader answers directly', async () => {
    const { counter: made, open } = counter();
    made.services.push(SERVICE);
    expect((await open()).code).toBe(null);
    expect(made.opened).toEqual(['vendor-http', 'vendor-http']);
    const other = counter();
    other.counter.services.push(SERVICE);
    usbReader(other.counter, 1);
    await other.timing.run((await other.open()).source.close());
    expect(other.counter.opened).toEqual(['usb', 'usb']);
  });

  test('a search is ended by closing, at once', async () => {
    const { timing, counter: made } = counter();
    made.ports.push(BRIDGE);
    const source = made.detection.autoSources((transport) => made.createSource(transport))();
    const opening = source.open();
    await timing.pass(100);
    const startMs = timing.clock.monotonicMs();
    await source.close();
    expect(await opening).toMatchObject({ error: { code: 'reader.missing' } });
    expect(timing.clock.monotonicMs()).toBe(startMs);
    await timing.pass(10_000);
    expect(timing.pendingTimers).toBe(0);
  });

  test('is where the way of `auto` leads', async () => {
    const { timing, counter: made } = counter();
    const tcp = { kind: 'tcp', host: 'localhost', port: 1 } as const;
    expect(await timing.run(made.detection.resolve(tcp))).toEqual({ ok: true, value: tcp });
    expect(await timing.run(made.detection.resolve({ kind: 'auto' }))).toMatchObject({
      error: { code: 'reader.missing' },
    });
    usbReader(made, 1);
    expect(await timing.run(made.detection.resolve({ kind: 'auto' }))).toMatchObject({ value: { kind: 'usb' } });
  });
});
