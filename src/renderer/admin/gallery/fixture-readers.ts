import type { CardReading } from '../../../shared/domain/card-reading.ts';
import type { PhotoDecoding } from '../../../shared/domain/photo-decoding.ts';
import { DEFAULT_CARD_READING } from '../../../shared/domain/card-reading.ts';
import { DEFAULT_PHOTO_DECODING } from '../../../shared/domain/photo-decoding.ts';
import {
  DIAGNOSIS_STEPS,
  type DetectedReader,
  type DiagnosisFinding,
  type ReaderDiagnosis,
} from '../../../shared/domain/reader-diagnosis.ts';
import type { DeviceIdentity, ReaderTransport } from '../../../shared/domain/reader-transport.ts';
import type { AdminAnswers, PortChoice, ReaderStatus } from '../../../shared/ipc/admin.ts';
import { failure } from '../../../shared/reasons.ts';

const SAM_ID = '05.03-20260101-0000000042-0000000007';
const ADAPTER: DeviceIdentity = { vendorId: '0403', productId: '6001', serialNumber: 'A50285BI', place: null };
const BULK_READER: DeviceIdentity = { vendorId: '0400', productId: 'c35a', serialNumber: null, place: 'usb 1-4' };

export const FIXTURE_READER: ReaderStatus = {
  transport: { kind: 'serial', path: '/dev/ttyUSB0', baud: 'auto', device: ADAPTER },
  state: 'ready',
  samId: SAM_ID,
  baud: 115_200,
  service: null,
  simulated: false,
  failure: null,
};

type Case = 'normal' | 'empty' | 'troubled' | 'failing' | 'loading' | 'searching';

export function fixtureReader(which: Case): ReaderStatus {
  const silent = { samId: null, baud: null };
  if (which === 'empty') return { ...FIXTURE_READER, ...silent, transport: null, state: 'off' };
  if (which !== 'troubled') return FIXTURE_READER;
  return { ...FIXTURE_READER, ...silent, state: 'missing', failure: failure('reader.missing', '/dev/ttyUSB0') };
}

export function fixturePorts(which: Case): readonly PortChoice[] {
  if (which === 'empty') return [];
  return [
    { path: '/dev/ttyUSB0', label: 'FTDI · 0403:6001 · A50285BI', device: ADAPTER },
    { path: '/dev/ttyS0', label: '' },
  ];
}

const FOUND: readonly DetectedReader[] = [
  {
    transport: { kind: 'serial', path: '/dev/ttyS0', baud: 'auto' },
    label: '/dev/ttyS0',
    device: null,
    known: false,
    identity: null,
    failure: null,
    asked: false,
  },
  {
    transport: { kind: 'serial', path: '/dev/ttyUSB0', baud: 'auto', device: ADAPTER },
    label: 'FTDI FT232R, /dev/ttyUSB0',
    device: ADAPTER,
    known: false,
    identity: { samId: SAM_ID, simulated: false, baud: 115_200 },
    failure: null,
  },
  {
    transport: { kind: 'usb', device: BULK_READER },
    label: 'USB card reader 0400:c35a',
    device: BULK_READER,
    known: true,
    identity: null,
    failure: failure('reader.not-permitted', 'LIBUSB_ERROR_ACCESS'),
  },
  {
    transport: { kind: 'vendor-http', dialect: 'certctl', address: 'http://127.0.0.1:18889' },
    label: 'CertCtl',
    device: null,
    known: true,
    identity: { samId: null, simulated: false, baud: null, service: 'CertCtl 1.2' },
    failure: null,
  },
];

export function fixtureFound(which: Case): readonly DetectedReader[] {
  return which === 'empty' ? [] : FOUND;
}

const WELL: Readonly<Partial<Record<DiagnosisFinding['step'], string>>> = {
  found: '/dev/ttyUSB0, 0403:6001',
  answers: '115200 baud',
  identified: SAM_ID,
};

/** Well but for the photo library; on the troubled terminal another program holds the port. */
export function fixtureDiagnosis(which: Case, transport: ReaderTransport | null): ReaderDiagnosis {
  const stopsAt = which === 'troubled' ? 1 : DIAGNOSIS_STEPS.length;
  const findings = DIAGNOSIS_STEPS.map((step, index): DiagnosisFinding => {
    if (index === stopsAt) {
      return { step, state: 'failed', failure: failure('reader.port-busy', '/dev/ttyUSB0: EBUSY'), detail: null };
    }
    if (index > stopsAt) return { step, state: 'unknown', failure: null, detail: null };
    if (step === 'photo-decoder') {
      return { step, state: 'warning', failure: failure('decoder.none'), detail: null };
    }
    return { step, state: 'ok', failure: null, detail: WELL[step] ?? null };
  });
  return { transport, findings };
}

export function fixtureReading(which: Case): { readonly reading: CardReading; readonly decoding: PhotoDecoding } {
  if (which === 'empty') return { reading: DEFAULT_CARD_READING, decoding: DEFAULT_PHOTO_DECODING };
  return {
    reading: { appendedAddress: true, fingerprint: 'recognise' },
    decoding: {
      library: {
        path: '/opt/reader/libwlt.so',
        call: 'unpack-cpp',
        vendorCode: 708,
        channels: 'auto',
        rows: 'auto',
        helper: null,
      },
    },
  };
}

export function fixtureTestRead(which: Case): AdminAnswers['admin:test-reader'] {
  return {
    kind: 'resident',
    nameMasked: '测*员',
    numberMasked: '110***********1000',
    portrait: which === 'troubled' ? 'not-decoded' : 'decoded',
    portraitReason: which === 'troubled' ? 'decoder.wrong-bitness' : null,
    fingerprintBytes: 1_024,
    tookMs: 842,
  };
}
