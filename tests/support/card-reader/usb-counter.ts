import type { CardSource } from '../../../src/main/card-reader/card-source.ts';
import { systemDetection, type SystemDetection } from '../../../src/main/card-reader/detection/system-detection.ts';
import { systemPorts } from '../../../src/main/card-reader/detection/system-ports.ts';
import { noPhotoDecoder } from '../../../src/main/card-reader/photo-decoder.ts';
import { CardReader } from '../../../src/main/card-reader/reader.ts';
import { SimulatedReader } from '../../../src/main/card-reader/simulator/simulated-reader.ts';
import type { Timing } from '../../../src/main/card-reader/timing.ts';
import { hidTransport } from '../../../src/main/card-reader/transports/hid-transport.ts';
import type { ListedPort } from '../../../src/main/card-reader/transports/serial-ports.ts';
import { usbTransport } from '../../../src/main/card-reader/transports/usb-transport.ts';
import type { ReaderCandidate } from '../../../src/shared/domain/reader-diagnosis.ts';
import type { ReaderTransport } from '../../../src/shared/domain/reader-transport.ts';
import { failure, type Failure } from '../../../src/shared/reasons.ts';
import { err, ok, type Result } from '../../../src/shared/result.ts';
import { FakeHidBus } from './hid-reader.ts';
import { Loopback } from './loopback.ts';
import { FakeUsbBus } from './usb-bus.ts';

const SAM_ID_AT = 10;

/** A module with an id of its own; all simulated readers have one and the same. */
class OtherModule extends SimulatedReader {
  readonly #digit: number;

  constructor(timing: Timing, digit: number) {
    super(timing);
    this.#digit = digit;
  }

  override receive(bytes: Uint8Array): ReturnType<SimulatedReader['receive']> {
    return super.receive(bytes).map(({ bytes: reply, thinkMs }) => {
      const isSamId = reply.length === 27;
      if (!isSamId) return { bytes: reply, thinkMs };
      const changed = reply.slice();
      changed[SAM_ID_AT + 4]! ^= this.#digit;
      changed[changed.length - 1]! ^= this.#digit;
      return { bytes: changed, thinkMs };
    });
  }
}

/** A counter with everything that may be plugged into it; nothing is at first. */
export class Counter {
  readonly timing: Timing;
  readonly usb = new FakeUsbBus();
  readonly hid = new FakeHidBus();
  readonly ports: ListedPort[] = [];
  /** Readers behind serial ports by path; a port without one is silent. */
  readonly onPorts = new Map<string, SimulatedReader>();
  readonly services: ReaderCandidate[] = [];
  /** Why serial ports don't open; null when they do. */
  portFailure: Failure | null = null;
  /** Ways that were opened, in order. */
  readonly opened: string[] = [];
  readonly detection: SystemDetection;
  /** What services answer. */
  serviceAnswers = true;

  constructor(timing: Timing) {
    this.timing = timing;
    this.detection = systemDetection({
      timing,
      ports: systemPorts({
        serial: async () => ok([...this.ports]),
        usb: this.usb.library,
        hid: this.hid.library,
        hidPlaceOf: async (path) => `usb 2-${path.slice(-1)}:1.0`,
        services: async () => [...this.services],
      }),
      createProbeSource: (transport) => this.createSource(transport),
    });
  }

  /** A reader with its own security module: two with the same digit are one reader. */
  module(digit: number): SimulatedReader {
    return new OtherModule(this.timing, digit);
  }

  createSource(transport: ReaderTransport): Result<CardSource, Failure> {
    const { timing } = this;
    this.opened.push('path' in transport ? transport.path : transport.kind);
    const reader = (line: ConstructorParameters<typeof CardReader>[0]) =>
      ok(new CardReader(line, { timing, photoDecoder: noPhotoDecoder }));
    switch (transport.kind) {
      case 'usb':
        return reader(
          usbTransport(transport.device, {
            timing,
            library: this.usb.library,
            kernelDriverOf: async () => null,
            forms: new Map(),
          }),
        );
      case 'hid':
        return reader(
          hidTransport(transport.device, {
            timing,
            library: this.hid.library,
            placeOf: async (path) => `usb 2-${path.slice(-1)}:1.0`,
          }),
        );
      case 'serial': {
        const line = new Loopback(timing, this.onPorts.get(transport.path) ?? new SilentReader(timing));
        line.canOpen = this.ports.some(({ path }) => path === transport.path);
        const { portFailure } = this;
        if (portFailure) line.open = async () => err(portFailure);
        return reader(line);
      }
      case 'vendor-http':
        return ok(serviceSource(this.serviceAnswers));
      default:
        return err(failure('request.invalid', transport.kind));
    }
  }
}

/** Something at a port that isn't a reader. */
class SilentReader extends SimulatedReader {
  override receive(): ReturnType<SimulatedReader['receive']> {
    return [];
  }
}

function serviceSource(answers: boolean): CardSource {
  const refused = async () => err(failure('reader.service-missing'));
  return {
    open: async () => (answers ? ok(undefined) : refused()),
    identify: async () => ok({ samId: null, simulated: false, service: 'example' }),
    checkStatus: refused,
    waitForCard: refused,
    presence: refused,
    close: async () => undefined,
  };
}
