import { noPhotoDecoder } from '../../../src/main/card-reader/photo-decoder.ts';
import { CardReader, type ReaderOptions } from '../../../src/main/card-reader/reader.ts';
import { parseFault } from '../../../src/main/card-reader/simulator/fault.ts';
import { Loopback } from './loopback.ts';
import { VirtualTiming } from './virtual-timing.ts';

/** An open driver on a simulated reader, in virtual time. */
export async function readerBench(options: Partial<ReaderOptions> = {}) {
  const timing = new VirtualTiming();
  const line = new Loopback(timing);
  const reader = new CardReader(line, { timing, photoDecoder: noPhotoDecoder, ...options });
  await reader.open();
  return {
    timing,
    line,
    reader,
    simulated: line.reader,
    now: () => timing.clock.monotonicMs(),
    /** Sets faults by the names of the simulator. */
    fault: (names: string): void => {
      const parsed = parseFault(names);
      if (!parsed.ok) throw new Error(names);
      line.reader.setFault(parsed.value);
    },
    read: () => timing.run(reader.waitForCard(new AbortController().signal)),
    presence: () => timing.run(reader.presence()),
    /** CMD and PARA of every command so far. */
    commands: () => line.written.map((frame) => frame.slice(14, 18)),
  };
}
