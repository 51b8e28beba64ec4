import { describe, expect, test } from 'vitest';
import { noPhotoDecoder } from '../../../src/main/card-reader/photo-decoder.ts';
import { CardReader } from '../../../src/main/card-reader/reader.ts';
import { hidTransport } from '../../../src/main/card-reader/transports/hid-transport.ts';
import type { DeviceIdentity } from '../../../src/shared/domain/reader-transport.ts';
import { CARDS } from '../../support/card-reader/cards.ts';
import { FakeHidBus, HidReader, type HidBehaviour, type HidReaderSetup } from '../../support/card-reader/hid-reader.ts';
import { VirtualTiming } from '../../support/card-reader/virtual-timing.ts';

const WANTED: DeviceIdentity = { vendorId: '2b8b', productId: '2721', serialNumber: null, place: 'usb 1-2:1.0' };

function bench(setup: Partial<HidReaderSetup> = {}) {
  const timing = new VirtualTiming();
  const hardware = new HidReader({ timing, ...setup });
  const bus = new FakeHidBus(hardware);
  const placeOf = async (path: string): Promise<string> => `usb 1-${path === '/dev/hidraw0' ? 2 : 3}:1.0`;
  const connect = (wanted = WANTED) => hidTransport(wanted, { timing, library: bus.library, placeOf });
  return { timing, hardware, bus, connect };
}

async function reading(behaviour: HidBehaviour = { kind: 'plain' }) {
  const made = bench();
  const { timing, hardware, connect } = made;
  let lost = 0;
  const reader = new CardReader(connect(), { timing, photoDecoder: noPhotoDecoder });
  expect(await timing.run(reader.open(() => lost++))).toEqual({ ok: true, value: undefined });
  hardware.behaviour = behaviour;
  const read = () => timing.run(reader.waitForCard(AbortSignal.timeout(60_000)));
  return { ...made, reader, read, lost: () => lost };
}

describe('a reader that speaks in reports', () => {
  test('makes itself known and is read', async () => {
    const { timing, reader, hardware, read } = await reading();
    expect(await timing.run(reader.identify())).toMatchObject({ ok: true, value: { simulated: true } });
    for (const kind of ['resident', 'hmt', 'foreigner-2017', 'foreigner-2023'] as const) {
      hardware.reader.insertCard(CARDS[kind]);
      expect(await read()).toMatchObject({ ok: true, value: { kind, fields: CARDS[kind].fields } });
    }
    await timing.run(reader.close());
    expect(hardware.counts).toMatchObject({ opened: 1, closed: 1 });
  });

  test.each<HidBehaviour>([
    { kind: 'padded', with: 0xaa },
    { kind: 'padded', with: Uint8Array.of(0xaa, 0xaa, 0xaa, 0x96, 0x69, 0, 4, 0, 0, 0x9f, 0x9b) },
    { kind: 'numbered' },
    { kind: 'begins-at', offset: 1 },
    { kind: 'begins-at', offset: 61 },
    { kind: 'zero-reports' },
  ])('is read with $kind reports', async (behaviour) => {
    const { timing, reader, hardware, read } = await reading(behaviour);
    expect((await timing.run(reader.identify())).ok).toBe(true);
    hardware.reader.insertCard(CARDS.resident);
    const result = await read();
    if (behaviour.kind === 'zero-reports') {
      // Reports are not numbered, so one that doesn't belong there can't be told from the rest of the reply.
      expect(result).toMatchObject({ ok: false, error: { code: 'reader.bad-frame' } });
    } else expect(result).toMatchObject({ ok: true, value: { fields: CARDS.resident.fields } });
    await timing.run(reader.close());
  });

  test('that takes nothing or answers nothing is silent, not gone, and can be closed', async () => {
    for (const kind of ['takes-nothing', 'answers-nothing'] as const) {
      const { timing, reader, lost } = await reading({ kind });
      expect(await timing.run(reader.identify())).toMatchObject({ ok: false, error: { code: 'reader.no-answer' } });
      expect(lost()).toBe(0);
      await timing.run(reader.close());
      await timing.pass(10_000);
      expect(timing.pendingTimers).toBe(0);
    }
  });

  test('pulled behind any report is lost once, and read again after it is back', async () => {
    // A read is 1,295 bytes: 21 reports.
    for (let reports = 0; reports <= 20; reports++) {
      const { timing, reader, hardware, read, lost, connect } = await reading();
      await timing.run(reader.identify());
      hardware.reader.insertCard(CARDS.resident);
      hardware.behaviour = { kind: 'pulled-after', reports };
      const startMs = timing.clock.monotonicMs();
      expect(await read()).toMatchObject({ ok: false, error: { code: 'reader.missing' } });
      expect(timing.clock.monotonicMs() - startMs).toBeLessThanOrEqual(500);
      await timing.pass(10_000);
      expect(lost()).toBe(1);
      await timing.run(reader.close());
      expect(hardware.counts).toMatchObject({ opened: 1, closed: 1 });
      hardware.isPlugged = true;
      hardware.behaviour = { kind: 'plain' };
      hardware.reader.insertCard(CARDS.resident);
      const again = new CardReader(connect(), { timing, photoDecoder: noPhotoDecoder });
      await timing.run(again.open());
      expect(await timing.run(again.waitForCard(new AbortController().signal))).toMatchObject({ ok: true });
      await timing.run(again.close());
    }
  });

  test('that vanishes without a sign is noticed by listing, once', async () => {
    const { timing, bus, lost } = await reading();
    bus.readers.length = 0;
    bus.canList = false;
    await timing.pass(11_000);
    expect(lost()).toBe(0);
    bus.canList = true;
    await timing.pass(5000);
    expect(lost()).toBe(1);
    const { listings } = bus;
    await timing.pass(60_000);
    expect({ lost: lost(), listings: bus.listings }).toEqual({ lost: 1, listings });
  });

  test('a write that fails means that it is gone', async () => {
    const { timing, hardware, reader, lost } = await reading();
    hardware.isPlugged = false;
    expect(await timing.run(reader.checkStatus())).toMatchObject({ error: { code: 'reader.missing' } });
    expect(lost()).toBe(1);
  });

  test('a thousand times opened and closed leaves nothing behind', async () => {
    const { timing, hardware, connect } = bench();
    for (let time = 0; time < 1000; time++) {
      const transport = connect();
      expect((await timing.run(transport.open())).ok).toBe(true);
      if (time % 3 === 0) void transport.write(Uint8Array.of(0xaa, 0xaa, 0xaa, 0x96, 0x69, 0, 3, 0x11, 0xff, 0xed));
      if (time % 7 === 0) hardware.unplug();
      await timing.run(transport.close());
      hardware.isPlugged = true;
    }
    expect(hardware.counts).toMatchObject({ opened: 1000, closed: 1000 });
    expect(hardware.handles.size).toBe(0);
    await timing.pass(10_000);
    expect(timing.pendingTimers).toBe(0);
  });
});

describe('opening', () => {
  const failing = async (prepare: (made: ReturnType<typeof bench>) => void, wanted = WANTED) => {
    const made = bench();
    prepare(made);
    const transport = made.connect(wanted);
    const opened = await made.timing.run(transport.open());
    await made.timing.run(transport.close());
    if (opened.ok) throw new Error('opened');
    expect({ ...made.hardware.counts, timers: made.timing.pendingTimers }).toMatchObject({ opened: 0, timers: 0 });
    return opened.error.code;
  };

  test('says why it fails', async () => {
    expect(await failing(({ hardware }) => hardware.unplug())).toBe('reader.missing');
    expect(await failing(({ bus }) => (bus.openError = 'Permission denied'))).toBe('reader.not-permitted');
    expect(await failing(({ bus }) => (bus.openError = 'Device or resource busy'))).toBe('reader.port-busy');
    const windows =
      'hid_open_path/CreateFile: (0x00000020) The process cannot access the file because it is being used';
    expect(await failing(({ bus }) => (bus.openError = windows))).toBe('reader.port-busy');
    expect(await failing(({ bus }) => (bus.openError = 'No such file or directory'))).toBe('reader.missing');
    expect(await failing(({ bus }) => (bus.openError = 'ioctl(GRDESCSIZE), not a HIDRAW device?'))).toBe(
      'reader.driver-missing',
    );
  });

  test('refuses another device than the chosen one', async () => {
    expect(await failing(() => undefined, { ...WANTED, serialNumber: 'A1' })).toBe('reader.other-device');
    expect(await failing(() => undefined, { ...WANTED, place: 'usb 1-3:1.0' })).toBe('reader.other-device');
  });

  test('is ended by closing meanwhile', async () => {
    const { timing, hardware, connect } = bench();
    const transport = connect();
    const opening = transport.open();
    await timing.run(transport.close());
    expect(await opening).toMatchObject({ ok: false, error: { code: 'reader.missing' } });
    expect(hardware.counts.opened).toBe(hardware.counts.closed);
  });

  test('takes the collection that is the maker’s own, not the keyboard that a reader pretends to be', async () => {
    const { timing, bus, connect } = bench({ interface: 1 });
    bus.others.push({ vendorId: 0x2b8b, productId: 0x2721, path: '/dev/hidraw7', interface: 0, usagePage: 1 });
    const transport = connect();
    expect((await timing.run(transport.open())).ok).toBe(true);
    await timing.run(transport.close());
  });

  test('tells two readers of one make apart by their sockets', async () => {
    const { timing, bus, hardware, connect } = bench();
    const other = new HidReader({ timing, path: '/dev/hidraw1' });
    bus.readers.push(other);
    const transport = connect({ ...WANTED, place: 'usb 1-3:1.0' });
    expect((await timing.run(transport.open())).ok).toBe(true);
    expect([hardware.counts.opened, other.counts.opened]).toEqual([0, 1]);
    await timing.run(transport.close());
  });
});
