import { DEFAULT_PERIPHERALS } from '../../../shared/domain/peripherals.ts';
import type { ADMIN_DEVICES_CHANNELS, QualityReading } from '../../../shared/ipc/admin-devices.ts';
import { failure } from '../../../shared/reasons.ts';
import { err, ok } from '../../../shared/result.ts';
import type { AreaFixture } from './area-fixture.ts';

const READING: QualityReading = {
  faces: 1,
  box: { x: 0.33, y: 0.17, width: 0.34, height: 0.62 },
  hint: 'too-near',
  score: 46,
  measures: {
    heightShare: 0.62,
    offCentre: 0.04,
    pixelsBetweenEyes: 88,
    brightness: 128,
    sideRatio: 1.21,
    sharpness: 47,
    yawDegrees: -6,
    pitchDegrees: -3,
    rollDegrees: 2,
  },
};

const PRINTERS = [
  { name: 'EPSON_TM_T82III', displayName: 'EPSON TM-T82III', isDefault: true },
  { name: 'Office_LaserJet', displayName: 'Office LaserJet', isDefault: false },
];

/** What the gallery's terminal answers about the camera overlay, sound and the printer. */
export const devicesFixture: AreaFixture<typeof ADMIN_DEVICES_CHANNELS> = {
  'admin:quality-frame': (_request, which) =>
    which === 'failing' ? err(failure('inference.unavailable', 'models are loading')) : ok(READING),
  'admin:end-quality': () => ok(null),
  'admin:peripherals': (_request, which) =>
    which === 'failing'
      ? err(failure('store.unavailable'))
      : ok({ ...DEFAULT_PERIPHERALS, printer: which === 'empty' ? null : 'EPSON_TM_T82III' }),
  'admin:save-peripherals': (peripherals) => ok(peripherals),
  'admin:printers': (_request, which) => {
    if (which === 'failing') return err(failure('printer.missing', 'the printers can not be listed'));
    return ok(which === 'normal' ? PRINTERS : which === 'troubled' ? PRINTERS.slice(1) : []);
  },
  'admin:print-test': (_request, which) =>
    which === 'troubled' ? err(failure('printer.missing', 'it is gone')) : ok(null),
  'admin:microphone-test': ({ on }) => ok({ forMs: on ? 20_000 : 0 }),
};
