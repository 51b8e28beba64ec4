import { systemTiming as timing } from '../../../src/main/card-reader/timing.ts';
import { hidTransport } from '../../../src/main/card-reader/transports/hid-transport.ts';
import { usbTransport } from '../../../src/main/card-reader/transports/usb-transport.ts';
import type { DeviceIdentity } from '../../../src/shared/domain/reader-transport.ts';
import type { StartBench } from '../../support/card-reader/driver-bench.ts';
import { FakeHidBus, HidReader } from '../../support/card-reader/hid-reader.ts';
import { FakeUsbBus } from '../../support/card-reader/usb-bus.ts';
import { UsbReader, type UsbReaderForm } from '../../support/card-reader/usb-reader.ts';
import { driverSuite } from './driver-suite.ts';

const usbBench =
  (form: Exclude<UsbReaderForm, 'first-pair'>): StartBench =>
  async (reader) => {
    const hardware = new UsbReader({ timing, form, reader });
    const bus = new FakeUsbBus(hardware);
    const wanted: DeviceIdentity = { vendorId: '0400', productId: 'c35a', serialNumber: null, place: 'usb 1-2' };
    const options = { timing, library: bus.library, kernelDriverOf: async () => null, forms: new Map() };
    return {
      connect: () => usbTransport(wanted, options),
      unplug: async () => hardware.unplug(),
      plug: async () => hardware.plug(),
      stop: async () => undefined,
    };
  };

const hidBench: StartBench = async (reader) => {
  const hardware = new HidReader({ timing, reader });
  const bus = new FakeHidBus(hardware);
  const wanted: DeviceIdentity = { vendorId: '2b8b', productId: '2721', serialNumber: null, place: 'usb 1-2:1.0' };
  return {
    connect: () => hidTransport(wanted, { timing, library: bus.library, placeOf: async () => 'usb 1-2:1.0' }),
    unplug: async () => hardware.unplug(),
    plug: async () => void (hardware.isPlugged = true),
    stop: async () => undefined,
  };
};

driverSuite('USB with split pipes', usbBench('split'), 'frames');
driverSuite('USB with one pair of pipes', usbBench('whole'), 'frames');
driverSuite('HID reports', hidBench, 'frames');
