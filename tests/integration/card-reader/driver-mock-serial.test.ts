import { expect, test } from 'vitest';
import { SimulatedReader } from '../../../src/main/card-reader/simulator/simulated-reader.ts';
import { noPhotoDecoder } from '../../../src/main/card-reader/photo-decoder.ts';
import { CardReader } from '../../../src/main/card-reader/reader.ts';
import { systemTiming } from '../../../src/main/card-reader/timing.ts';
import { serialTransport } from '../../../src/main/card-reader/transports/serial.ts';
import type { DeviceIdentity } from '../../../src/shared/domain/reader-transport.ts';
import { CARDS } from '../../support/card-reader/cards.ts';
import type { StartBench } from '../../support/card-reader/driver-bench.ts';
import { MockSerial } from '../../support/card-reader/mock-serial.ts';
import { driverSuite } from './driver-suite.ts';

const startMock: StartBench = async (reader) => {
  const system = new MockSerial('/dev/suite', reader, systemTiming, 4_000_000);
  return {
    connect: () => serialTransport(system.path, 115_200, { system }),
    unplug: async () => system.unplug(),
    plug: async () => system.plug(),
    stop: async () => undefined,
  };
};

driverSuite('the binding mock', startMock, 'bytes', { cycles: 300 });

test('a reader left at 9,600 baud is found, raised and read through a serial port', async () => {
  const simulated = new SimulatedReader(systemTiming);
  const system = new MockSerial('/dev/slow', simulated, systemTiming, 115_200);
  simulated.setFault({ kind: 'listens-at', baud: 9600 });
  simulated.insertCard(CARDS.resident);
  const transport = serialTransport(system.path, 'auto', { system });
  const reader = new CardReader(transport, {
    timing: systemTiming,
    photoDecoder: noPhotoDecoder,
    raiseLineSpeed: true,
  });
  expect((await reader.open()).ok).toBe(true);
  expect(await reader.identify()).toMatchObject({ ok: true, value: { baud: 115_200 } });
  expect(simulated.lineBaud).toBe(115_200);
  expect(await reader.waitForCard(AbortSignal.timeout(5000))).toMatchObject({ ok: true, value: CARDS.resident });
  await reader.close();
});

test('a port that is open already is busy, and a device is found by its identity', async () => {
  const system = new MockSerial('/dev/found', new SimulatedReader(systemTiming), systemTiming, 115_200);
  const ports = (await system.list()) as readonly { readonly path: string; readonly serialNumber: string }[];
  const device: DeviceIdentity = {
    vendorId: '0403',
    productId: '6001',
    serialNumber: ports.find(({ path }) => path === system.path)!.serialNumber,
    place: null,
  };
  const first = serialTransport('/dev/elsewhere', 115_200, { system, device });
  expect(await first.open()).toEqual({ ok: true, value: undefined });
  const second = serialTransport(system.path, 115_200, { system, device });
  expect(await second.open()).toMatchObject({ ok: false, error: { code: 'reader.port-busy' } });
  await first.close();
  expect(await second.open()).toEqual({ ok: true, value: undefined });
  await second.close();
  const other = serialTransport(system.path, 115_200, { system, device: { ...device, serialNumber: 'X' } });
  expect(await other.open()).toMatchObject({ ok: false, error: { code: 'reader.other-device' } });
});
