import { describe, expect, test } from 'vitest';
import { systemDetection } from '../../../src/main/card-reader/detection/system-detection.ts';
import { systemPorts } from '../../../src/main/card-reader/detection/system-ports.ts';
import { noPhotoDecoder } from '../../../src/main/card-reader/photo-decoder.ts';
import { CardReader } from '../../../src/main/card-reader/reader.ts';
import { systemTiming as timing } from '../../../src/main/card-reader/timing.ts';
import { hidTransport } from '../../../src/main/card-reader/transports/hid-transport.ts';
import { usbTransport } from '../../../src/main/card-reader/transports/usb-transport.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { err, ok } from '../../../src/shared/result.ts';

/** Set when known readers are plugged in that nobody else uses. */
const HERE = process.env['COUNTERSIGN_READER_USB'] !== undefined;
if (!HERE) console.warn('skipped: no hardware is here; COUNTERSIGN_READER_USB=1 says that a USB or HID reader is');

describe.skipIf(!HERE)('real USB and HID readers', () => {
  test('are found, answer, and answer again after they were closed', { timeout: 60_000 }, async () => {
    const detection = systemDetection({
      timing,
      ports: systemPorts({ serial: async () => ok([]) }),
      createProbeSource: (transport) => {
        if (transport.kind !== 'usb' && transport.kind !== 'hid') return err(failure('request.invalid'));
        const line = (transport.kind === 'usb' ? usbTransport : hidTransport)(transport.device, { timing });
        return ok(new CardReader(line, { timing, photoDecoder: noPhotoDecoder }));
      },
    });
    for (const round of [1, 2, 3]) {
      const found = (await detection.detect()).filter(({ known }) => known);
      const seen = found.map(({ label, identity, failure: why }) => ({ label, identity, why }));
      console.warn(`round ${round}: ${JSON.stringify(seen)}`);
      expect(found.length).toBeGreaterThan(0);
      for (const { identity } of found) expect(identity).toMatchObject({ simulated: false });
    }
  });
});
