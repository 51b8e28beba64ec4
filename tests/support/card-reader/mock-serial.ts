import { MockBinding, type MockPortBinding } from '@serialport/binding-mock';
import { SerialPortStream } from '@serialport/stream';
import { PacedLine } from '../../../src/main/card-reader/simulator/pacing.ts';
import { garbled } from '../../../src/main/card-reader/simulator/garbled.ts';
import type { SimulatedReader } from '../../../src/main/card-reader/simulator/simulated-reader.ts';
import type { Timing } from '../../../src/main/card-reader/timing.ts';
import type { SerialSystem } from '../../../src/main/card-reader/transports/serial.ts';

/**
 * A machine with one serial port, by node-serialport's own stream on its mock binding. Behind the port is a simulated
 * reader whose line speed counts; the cable can be pulled.
 */
export class MockSerial implements SerialSystem {
  readonly path: string;
  readonly #reader: SimulatedReader;
  readonly #timing: Timing;
  readonly #lineBaud: number;
  #isPlugged = true;
  #unplug: () => void = () => undefined;

  constructor(path: string, reader: SimulatedReader, timing: Timing, lineBaud: number) {
    this.path = path;
    this.#reader = reader;
    this.#timing = timing;
    this.#lineBaud = lineBaud;
    MockBinding.createPort(path, { vendorId: '0403', productId: '6001', maxReadSize: 4096 });
  }

  readonly list = (): Promise<unknown> => MockBinding.list();

  readonly placeOf = async (): Promise<string | null> => 'usb 1-1:1.0';

  readonly create = (path: string, baudRate: number): SerialPortStream => {
    const binding = { ...MockBinding, open: () => this.#open(path, baudRate) };
    return new SerialPortStream({ binding, path, baudRate, autoOpen: false });
  };

  unplug(): void {
    this.#isPlugged = false;
    this.#unplug();
  }

  plug(): void {
    this.#isPlugged = true;
  }

  async #open(path: string, baudRate: number): Promise<MockPortBinding> {
    if (!this.#isPlugged) throw new Error(`Error: No such file or directory, cannot open ${path}`);
    const port = await MockBinding.open({ path, baudRate });
    let hostBaud = baudRate;
    const line = new PacedLine(
      this.#timing,
      this.#lineBaud,
      (bytes) => port.isOpen && port.emitData(Buffer.from(bytes)),
    );
    const write = port.write.bind(port);
    port.write = async (bytes) => {
      if (!this.#isPlugged) throw new Error('Error: Input/output error, writing');
      await write(bytes);
      const readerBaud = this.#reader.lineBaud ?? hostBaud;
      for (const reply of this.#reader.receive(garbled(bytes, hostBaud, readerBaud))) {
        line.send({ ...reply, bytes: garbled(reply.bytes, reply.baud ?? hostBaud, hostBaud) });
      }
    };
    port.update = async (options) => void (hostBaud = options.baudRate);
    const close = port.close.bind(port);
    port.close = async () => {
      line.clear();
      await close();
    };
    const read = port.read.bind(port);
    const pulled = new Promise<never>((_, reject) => {
      this.#unplug = () => reject(new Error('Error: Input/output error, reading'));
    });
    pulled.catch(() => undefined);
    port.read = (buffer, offset, length) => Promise.race([read(buffer, offset, length), pulled]);
    return port;
  }
}
