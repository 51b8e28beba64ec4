import { describe, expect, test } from 'vitest';
import { noPhotoDecoder } from '../../../src/main/card-reader/photo-decoder.ts';
import { CardReader } from '../../../src/main/card-reader/reader.ts';
import { usbTransport, type UsbForms } from '../../../src/main/card-reader/transports/usb-transport.ts';
import type { DeviceIdentity } from '../../../src/shared/domain/reader-transport.ts';
import { CARDS } from '../../support/card-reader/cards.ts';
import { FakeUsbBus } from '../../support/card-reader/usb-bus.ts';
import type { UsbBehaviour } from '../../support/card-reader/usb-packets.ts';
import { UsbReader, type UsbReaderForm, type UsbReaderSetup } from '../../support/card-reader/usb-reader.ts';
import { VirtualTiming } from '../../support/card-reader/virtual-timing.ts';

const WANTED: DeviceIdentity = { vendorId: '0400', productId: 'c35a', serialNumber: null, place: 'usb 1-2' };
const FORMS: readonly UsbReaderForm[] = ['split', 'whole', 'first-pair'];

function bench(form: UsbReaderForm, setup: Partial<UsbReaderSetup> = {}) {
  const timing = new VirtualTiming();
  const hardware = new UsbReader({ timing, form, ...setup });
  const bus = new FakeUsbBus(hardware);
  let kernelDriver: string | null = null;
  const forms: UsbForms = new Map();
  const connect = (wanted = WANTED) =>
    usbTransport(wanted, { timing, library: bus.library, kernelDriverOf: async () => kernelDriver, forms });
  return { timing, hardware, bus, connect, setKernelDriver: (name: string | null) => (kernelDriver = name) };
}

async function reading(form: UsbReaderForm, behaviour: UsbBehaviour = { kind: 'plain' }) {
  const made = bench(form);
  const { timing, hardware, connect } = made;
  let lost = 0;
  const reader = new CardReader(connect(), { timing, photoDecoder: noPhotoDecoder });
  expect(await timing.run(reader.open(() => lost++))).toEqual({ ok: true, value: undefined });
  if (behaviour.kind !== 'answers-nothing') expect((await timing.run(reader.identify())).ok).toBe(true);
  hardware.setBehaviour(behaviour);
  const read = () => timing.run(reader.waitForCard(AbortSignal.timeout(60_000)));
  return { ...made, reader, read, lost: () => lost };
}

/** Nothing is left of a reader that was closed. */
function expectReleased({ counts, waitingTransfers, owner }: UsbReader): void {
  expect({ opened: counts.opened, claimed: counts.claimed, waitingTransfers, owner }).toEqual({
    opened: counts.closed,
    claimed: counts.released,
    waitingTransfers: 0,
    owner: null,
  });
}

describe.each(FORMS)('a reader with %s pipes', (form) => {
  test('makes itself known and is read', async () => {
    const { timing, reader, hardware, read } = await reading(form);
    expect(await timing.run(reader.identify())).toMatchObject({ ok: true, value: { simulated: true } });
    for (const kind of ['resident', 'hmt', 'foreigner-2017', 'foreigner-2023'] as const) {
      hardware.reader.insertCard(CARDS[kind]);
      expect(await read()).toMatchObject({ ok: true, value: { kind, fields: CARDS[kind].fields } });
    }
    await timing.run(reader.close());
    expectReleased(hardware);
  });

  test.each<UsbBehaviour>([
    { kind: 'short-packets', sizes: [1, 63, 7, 64, 13] },
    { kind: 'empty-packets' },
    { kind: 'stall-once', direction: 'in' },
    { kind: 'stall-once', direction: 'out' },
    { kind: 'noisy', faults: 2 },
  ])('is read through $kind', async (behaviour) => {
    const { timing, reader, hardware, read, lost } = await reading(form, behaviour);
    hardware.reader.insertCard(CARDS.resident);
    expect(await read()).toMatchObject({ ok: true, value: { fields: CARDS.resident.fields } });
    await timing.run(reader.close());
    expectReleased(hardware);
    expect(lost()).toBe(0);
  });

  test('that takes nothing or answers nothing is silent, not gone', async () => {
    for (const kind of ['takes-nothing', 'answers-nothing'] as const) {
      const { timing, reader, hardware, lost } = await reading(form, { kind });
      expect(await timing.run(reader.identify())).toMatchObject({ ok: false, error: { code: 'reader.no-answer' } });
      expect(lost()).toBe(0);
      await timing.run(reader.close());
      expectReleased(hardware);
    }
  });

  test('that stays stalled is given up once', async () => {
    const { timing, hardware, lost } = await reading(form, { kind: 'stalled', direction: 'in' });
    await timing.pass(2000);
    expect(lost()).toBe(1);
    expectReleased(hardware);
  });

  test('pulled behind any packet is lost once, and read again after it is back', async () => {
    // A read is 1,295 bytes: 21 packets, and one more where the beginning has its own.
    for (let packets = 0; packets <= 20; packets++) {
      const { timing, reader, hardware, read, lost, connect } = await reading(form);
      hardware.reader.insertCard(CARDS.resident);
      hardware.setBehaviour({ kind: 'pulled-after', packets });
      const startMs = timing.clock.monotonicMs();
      expect(await read()).toMatchObject({ ok: false, error: { code: 'reader.missing' } });
      expect(timing.clock.monotonicMs() - startMs).toBeLessThanOrEqual(500);
      await timing.pass(5000);
      expect(lost()).toBe(1);
      await timing.run(reader.close());
      expectReleased(hardware);
      hardware.plug();
      hardware.setBehaviour({ kind: 'plain' });
      hardware.reader.insertCard(CARDS.resident);
      const again = new CardReader(connect(), { timing, photoDecoder: noPhotoDecoder });
      await timing.run(again.open());
      await timing.run(again.identify());
      expect(await timing.run(again.waitForCard(new AbortController().signal))).toMatchObject({ ok: true });
      await timing.run(again.close());
      expectReleased(hardware);
    }
  });

  test('a thousand times pulled and put in again is lost and opened a thousand times', async () => {
    const { timing, hardware, connect } = bench(form);
    let lost = 0;
    for (let time = 0; time < 1000; time++) {
      const transport = connect();
      transport.onClosed(() => lost++);
      expect((await timing.run(transport.open())).ok).toBe(true);
      hardware.unplug();
      await timing.pass(1);
      hardware.plug();
    }
    await timing.pass(10_000);
    expect({ lost, timers: timing.pendingTimers, opened: hardware.counts.opened }).toEqual({
      lost: 1000,
      timers: 0,
      opened: 1000,
    });
    expectReleased(hardware);
  });

  test('a thousand times opened and closed leaves nothing behind', async () => {
    const { timing, hardware, connect } = bench(form);
    for (let time = 0; time < 1000; time++) {
      const transport = connect();
      expect((await timing.run(transport.open())).ok).toBe(true);
      if (time % 3 === 0) void transport.write(Uint8Array.of(0xaa, 0xaa, 0xaa, 0x96, 0x69, 0, 3, 0x11, 0xff, 0xed));
      if (time % 7 === 0) hardware.unplug();
      await timing.run(transport.close());
      if (!hardware.isPlugged) hardware.plug();
    }
    expect(hardware.counts.opened).toBe(1000);
    expectReleased(hardware);
    await timing.pass(10_000);
    expect(timing.pendingTimers).toBe(0);
  });
});

describe('four pipes', () => {
  test.each([1, 2, 5, 6, 8, 20, 64, 65, 500])('a reply whose first pipe gets %i bytes', async (firstBytes) => {
    const { hardware, read } = await reading('split', { kind: 'odd-split', firstBytes });
    hardware.reader.insertCard(CARDS.resident);
    expect(await read()).toMatchObject({ ok: true, value: { fields: CARDS.resident.fields } });
  });

  test('the form that was answered is known to the next transport', async () => {
    const { timing, connect } = bench('first-pair');
    for (const silences of [1, 0]) {
      const reader = new CardReader(connect(), { timing, photoDecoder: noPhotoDecoder });
      await timing.run(reader.open());
      const startMs = timing.clock.monotonicMs();
      expect(await timing.run(reader.identify())).toMatchObject({ ok: true });
      expect(Math.floor((timing.clock.monotonicMs() - startMs) / 3000)).toBe(silences);
      await timing.run(reader.close());
    }
  });

  test('what one reader taught does not shut out another make with the same ids', async () => {
    const { timing, bus, connect } = bench('first-pair');
    for (const form of ['first-pair', 'split'] as const) {
      bus.readers[0] = new UsbReader({ timing, form });
      const reader = new CardReader(connect(), { timing, photoDecoder: noPhotoDecoder });
      await timing.run(reader.open());
      expect(await timing.run(reader.identify())).toMatchObject({ ok: true });
      await timing.run(reader.close());
    }
  });

  test('the form that was answered is kept, also through a silence', async () => {
    const { timing, reader, hardware } = await reading('first-pair');
    expect(await timing.run(reader.identify())).toMatchObject({ ok: true });
    hardware.setBehaviour({ kind: 'answers-nothing' });
    expect(await timing.run(reader.checkStatus())).toMatchObject({ error: { code: 'reader.no-answer' } });
    hardware.setBehaviour({ kind: 'plain' });
    expect(await timing.run(reader.checkStatus())).toEqual({ ok: true, value: undefined });
  });
});

describe('opening', () => {
  const failing = async (prepare: (made: ReturnType<typeof bench>) => void, wanted = WANTED) => {
    const made = bench('split');
    prepare(made);
    const transport = made.connect(wanted);
    const opened = await made.timing.run(transport.open());
    await made.timing.run(transport.close());
    if (opened.ok) throw new Error('opened');
    expect(made.hardware.counts.opened).toBe(made.hardware.counts.closed);
    expect(made.timing.pendingTimers).toBe(0);
    return opened.error.code;
  };

  test('says why it fails', async () => {
    expect(await failing(({ bus }) => (bus.hasBus = false))).toBe('reader.missing');
    expect(await failing(({ hardware }) => hardware.unplug())).toBe('reader.missing');
    expect(await failing(({ bus }) => (bus.openError = 'permission denied (errno 13)'))).toBe('reader.not-permitted');
    expect(await failing(({ hardware }) => (hardware.owner = 'program'))).toBe('reader.port-busy');
    expect(await failing(({ bus }) => (bus.openError = 'failed to open device (error 5)'))).toBe('reader.port-busy');
    const winUsb = 'incompatible driver is installed for this device';
    expect(await failing(({ bus }) => (bus.openError = winUsb))).toBe('reader.driver-missing');
    expect(await failing(({ bus }) => (bus.openError = 'NOT_SUPPORTED'))).toBe('reader.driver-missing');
  });

  test('refuses another device than the chosen one', async () => {
    const withSerial = { ...WANTED, serialNumber: 'A1' };
    expect(await failing(() => undefined, { ...withSerial, serialNumber: 'B2' })).toBe('reader.other-device');
    expect(await failing(() => undefined, { ...WANTED, place: 'usb 1-3' })).toBe('reader.other-device');
    expect(await failing(() => undefined, { ...WANTED, productId: '0001' })).toBe('reader.other-device');
    expect(await failing(() => undefined, { ...WANTED, productId: '0001', place: null })).toBe('reader.missing');
    const refused = ({ bus }: ReturnType<typeof bench>) => (bus.openError = 'permission denied (errno 13)');
    expect(await failing(refused, withSerial)).toBe('reader.not-permitted');
  });

  test('takes the interface from a driver of the system and gives it back', async () => {
    const { timing, hardware, connect, setKernelDriver } = bench('whole');
    hardware.owner = 'driver';
    setKernelDriver('usbfs');
    expect(await timing.run(connect().open())).toMatchObject({ error: { code: 'reader.port-busy' } });
    expect(hardware.counts.detached).toBe(0);
    setKernelDriver('cdc_acm');
    const transport = connect();
    expect((await timing.run(transport.open())).ok).toBe(true);
    await timing.run(transport.close());
    expect(hardware.owner).toBe('driver');
    expect(hardware.counts).toMatchObject({ detached: 1, attached: 1 });
  });

  test('is ended by closing meanwhile', async () => {
    const { timing, hardware, connect } = bench('split');
    const transport = connect();
    const opening = transport.open();
    await timing.run(transport.close());
    expect(await opening).toMatchObject({ ok: false, error: { code: 'reader.missing' } });
    expectReleased(hardware);
  });

  test('follows a serial number to another socket', async () => {
    const { timing, connect } = bench('whole', { serialNumber: 'A1', ports: [4, 1] });
    const transport = connect({ ...WANTED, serialNumber: 'A1' });
    expect((await timing.run(transport.open())).ok).toBe(true);
    await timing.run(transport.close());
  });
});

describe('a reader that vanishes without a sign', () => {
  test('is noticed by listing the bus, once', async () => {
    const { timing, bus, hardware, lost } = await reading('whole');
    bus.readers.length = 0;
    bus.hasBus = false;
    await timing.pass(5000);
    // Not being able to list says nothing.
    expect(lost()).toBe(0);
    bus.hasBus = true;
    await timing.pass(2000);
    expect(lost()).toBe(1);
    const { listings } = bus;
    await timing.pass(60_000);
    expect({ lost: lost(), listings: bus.listings }).toEqual({ lost: 1, listings });
    expectReleased(hardware);
  });

  test('another one in its place is not taken for it', async () => {
    const { timing, hardware, lost } = await reading('whole');
    hardware.connection++;
    await timing.pass(2500);
    expect(lost()).toBe(1);
  });
});
