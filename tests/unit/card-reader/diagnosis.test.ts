import { describe, expect, test } from 'vitest';
import type { CardSource } from '../../../src/main/card-reader/card-source.ts';
import { diagnose, type DiagnosisDeps } from '../../../src/main/card-reader/diagnosis/diagnose.ts';
import { DEFAULT_PHOTO_DECODING, type PhotoDecoding } from '../../../src/shared/domain/photo-decoding.ts';
import {
  DIAGNOSIS_STEPS,
  type DiagnosisFinding,
  type DiagnosisStep,
  type ReaderIdentity,
} from '../../../src/shared/domain/reader-diagnosis.ts';
import type { ReaderTransport } from '../../../src/shared/domain/reader-transport.ts';
import { REASON_CODES, failure, type Failure, type FailureCode } from '../../../src/shared/reasons.ts';
import { err, ok, type Result } from '../../../src/shared/result.ts';

const SAM_ID = '05.01-20130401-0000000042-0000000007';
const SERIAL: ReaderTransport = { kind: 'serial', path: '/dev/ttyUSB0', baud: 115_200 };
const LIBRARY: PhotoDecoding = {
  library: { path: '/opt/lib.so', call: 'unpack', vendorCode: 0, channels: 'auto', rows: 'auto', helper: null },
};

interface Answers {
  readonly open?: Failure;
  readonly identify?: Failure | ((transport: ReaderTransport) => Result<ReaderIdentity, Failure>);
  readonly status?: Failure;
}

/** A source that answers as told, and counts what is open. */
function bench(answers: Answers, overrides: Partial<DiagnosisDeps> = {}) {
  const seen = { open: 0, made: [] as ReaderTransport[], steps: [] as DiagnosisStep[] };
  const createSource = (transport: ReaderTransport): Result<CardSource, Failure> => {
    seen.made.push(transport);
    const { identify } = answers;
    return ok({
      open: async () => {
        if (answers.open) return err(answers.open);
        seen.open++;
        return ok(undefined);
      },
      identify: async () => {
        if (typeof identify === 'function') return identify(transport);
        if (identify) return err(identify);
        return ok({ samId: SAM_ID, simulated: false, baud: 115_200 });
      },
      checkStatus: async () => (answers.status ? err(answers.status) : ok(undefined)),
      waitForCard: async () => err(failure('internal.bug', 'a diagnosis reads no card')),
      presence: async () => err(failure('internal.bug', 'a diagnosis asks for no card')),
      close: async () => {
        if (!answers.open) seen.open--;
      },
    });
  };
  const deps: DiagnosisDeps = {
    candidates: async () => ({ candidates: [], unlisted: [] }),
    resolve: async (transport) => ok(transport),
    createSource,
    checkDecoder: async () => ok({ name: 'libwlt.so' }),
    onFinding: ({ step }) => seen.steps.push(step),
    ...overrides,
  };
  return { deps, seen };
}

function finding(findings: readonly DiagnosisFinding[], step: DiagnosisStep): DiagnosisFinding {
  const found = findings.find((each) => each.step === step);
  if (!found) throw new Error(`no finding for ${step}`);
  return found;
}

/** One state for each step, in order. */
function states(findings: readonly DiagnosisFinding[]): string {
  expect(findings.map(({ step }) => step)).toEqual([...DIAGNOSIS_STEPS]);
  return findings.map(({ state }) => state).join(' ');
}

describe('a reader that works', () => {
  test('every step, with what was seen', async () => {
    const { deps, seen } = bench({});
    expect(await diagnose(SERIAL, LIBRARY, deps)).toEqual({
      transport: SERIAL,
      findings: [
        { step: 'found', state: 'ok', failure: null, detail: 'serial /dev/ttyUSB0' },
        { step: 'opened', state: 'ok', failure: null, detail: null },
        { step: 'answers', state: 'ok', failure: null, detail: '115200 baud' },
        { step: 'authorised', state: 'ok', failure: null, detail: null },
        { step: 'identified', state: 'ok', failure: null, detail: SAM_ID },
        { step: 'photo-decoder', state: 'ok', failure: null, detail: 'libwlt.so' },
      ],
    });
    expect(seen).toEqual({ open: 0, made: [SERIAL], steps: [...DIAGNOSIS_STEPS] });
  });

  test('without a library cards can be read all the same', async () => {
    const { findings } = await diagnose(SERIAL, DEFAULT_PHOTO_DECODING, bench({}).deps);
    expect(states(findings)).toBe('ok ok ok ok ok warning');
    expect(finding(findings, 'photo-decoder').failure).toEqual({ code: 'decoder.none' });
  });

  test.each(REASON_CODES.filter((code) => code.startsWith('decoder.') && code !== 'decoder.none'))(
    'a library that is set up and does not work fails: %s',
    async (code) => {
      const checkDecoder = async () => err(failure(code as FailureCode, 'libwlt.so'));
      const { findings } = await diagnose(SERIAL, LIBRARY, bench({}, { checkDecoder }).deps);
      expect(states(findings)).toBe('ok ok ok ok ok failed');
      expect(finding(findings, 'photo-decoder')).toMatchObject({ failure: { code }, detail: 'libwlt.so' });
    },
  );

  test('a service decodes portraits itself, and may hide its reader', async () => {
    const service: ReaderTransport = { kind: 'vendor-http', dialect: 'cvr', address: 'http://127.0.0.1:19196' };
    const identify = () => ok({ samId: null, simulated: false, service: 'CVR 1.2' });
    const checkDecoder = async () => err(failure('internal.bug', 'no library is needed'));
    const { findings } = await diagnose(service, LIBRARY, bench({ identify }, { checkDecoder }).deps);
    expect(states(findings)).toBe('ok ok ok ok ok ok');
    expect(finding(findings, 'found').detail).toBe('cvr at http://127.0.0.1:19196');
    expect(finding(findings, 'identified').detail).toBe('CVR 1.2');
  });
});

const OPENING: readonly (readonly [FailureCode, string])[] = [
  ['reader.missing', 'failed unknown unknown unknown unknown unknown'],
  ['reader.service-missing', 'failed unknown unknown unknown unknown unknown'],
  ['reader.several', 'failed unknown unknown unknown unknown unknown'],
  ['reader.other-device', 'failed unknown unknown unknown unknown unknown'],
  ['reader.port-busy', 'ok failed unknown unknown unknown unknown'],
  ['reader.not-permitted', 'ok failed unknown unknown unknown unknown'],
  ['reader.driver-missing', 'ok failed unknown unknown unknown unknown'],
  ['reader.service-malformed', 'ok ok failed unknown unknown unknown'],
  ['reader.service-slow', 'ok ok failed unknown unknown unknown'],
  ['reader.service-refused', 'ok ok failed unknown unknown unknown'],
  ['internal.bug', 'ok failed unknown unknown unknown unknown'],
];

const IDENTIFYING: readonly (readonly [FailureCode, string])[] = [
  ['reader.no-answer', 'ok ok failed unknown unknown unknown'],
  ['reader.bad-frame', 'ok ok failed unknown unknown unknown'],
  ['reader.wrong-speed', 'ok ok failed unknown unknown unknown'],
  ['reader.service-malformed', 'ok ok failed unknown unknown unknown'],
  ['reader.service-slow', 'ok ok failed unknown unknown unknown'],
  ['reader.service-refused', 'ok ok failed unknown unknown unknown'],
  ['reader.self-test-failed', 'ok ok ok failed unknown unknown'],
  ['reader.not-authorised', 'ok ok ok failed unknown unknown'],
  ['reader.fault', 'ok ok ok failed unknown unknown'],
  ['reader.missing', 'failed unknown unknown unknown unknown unknown'],
];

describe('a step that fails leaves those after it unknown', () => {
  test.each(OPENING)('%s when it is opened', async (code, expected) => {
    const { deps, seen } = bench({ open: failure(code, 'why') });
    const { findings } = await diagnose(SERIAL, LIBRARY, deps);
    expect(states(findings)).toBe(expected);
    expect(findings.find(({ state }) => state === 'failed')).toMatchObject({ failure: { code }, detail: 'why' });
    expect(seen.steps).toEqual([...DIAGNOSIS_STEPS]);
  });

  test.each(IDENTIFYING)('%s when it is asked', async (code, expected) => {
    const { deps, seen } = bench({ identify: failure(code), status: failure(code) });
    const { findings } = await diagnose({ ...SERIAL, baud: 'auto' }, LIBRARY, deps);
    expect(states(findings)).toBe(expected);
    expect(findings.filter(({ failure: why }) => why !== null)).toMatchObject([{ state: 'failed', failure: { code } }]);
    expect(seen.open).toBe(0);
  });

  test('every reader code is a step’s', () => {
    const known = new Set([...OPENING, ...IDENTIFYING].map(([code]) => code));
    // A crash of the device process ends the diagnosis itself.
    const missing = REASON_CODES.filter((code) => code.startsWith('reader.') && !known.has(code as FailureCode));
    expect(missing).toEqual(['reader.crashed']);
  });

  test('a module that is well but does not tell its id', async () => {
    const { deps } = bench({ identify: failure('reader.no-answer', 'SAM id: no-answer') });
    const { findings } = await diagnose({ ...SERIAL, baud: 'auto' }, LIBRARY, deps);
    expect(states(findings)).toBe('ok ok ok ok failed unknown');
    expect(finding(findings, 'identified')).toMatchObject({
      failure: { code: 'reader.fault', detail: 'SAM id: no-answer' },
    });
  });

  test('a way that can not be gone at all', async () => {
    const { deps } = bench({}, { createSource: () => err(failure('request.invalid', 'transport: usb')) });
    const { findings } = await diagnose(SERIAL, LIBRARY, deps);
    expect(states(findings)).toBe('failed unknown unknown unknown unknown unknown');
  });
});

describe('the line’s speed', () => {
  const silent = failure('reader.no-answer', 'status: no-answer');
  const at = (baud: number) => (transport: ReaderTransport) =>
    transport.kind === 'serial' && transport.baud === 'auto'
      ? ok({ samId: SAM_ID, simulated: false, baud })
      : err(silent);

  test('a fixed speed without an answer is tried with every other', async () => {
    const { deps, seen } = bench({ identify: at(9600), status: silent });
    const { findings } = await diagnose(SERIAL, LIBRARY, deps);
    expect(states(findings)).toBe('ok ok failed unknown unknown unknown');
    expect(finding(findings, 'answers').failure).toEqual({
      code: 'reader.wrong-speed',
      detail: 'set to 115200 baud, answers at 9600',
    });
    expect(seen.made).toEqual([SERIAL, { ...SERIAL, baud: 'auto' }]);
    expect(seen.open).toBe(0);
  });

  test('a reader that is silent at every speed is silent', async () => {
    const { deps, seen } = bench({ identify: silent, status: silent });
    const { findings } = await diagnose(SERIAL, LIBRARY, deps);
    expect(finding(findings, 'answers').failure).toEqual(silent);
    expect(seen.made).toHaveLength(2);
  });

  test('one that answers at the set speed at last was only slow', async () => {
    const { deps } = bench({ identify: at(115_200), status: silent });
    const { findings } = await diagnose(SERIAL, LIBRARY, deps);
    expect(finding(findings, 'answers').failure).toEqual(silent);
  });
});

describe('which reader', () => {
  test('none is chosen: what is there is named', async () => {
    const label = 'CH340 at /dev/ttyUSB0';
    const candidate = { transport: SERIAL, label, device: null, known: false };
    const { deps, seen } = bench({}, { candidates: async () => ({ candidates: [candidate], unlisted: [] }) });
    const { findings } = await diagnose(null, LIBRARY, deps);
    expect(states(findings)).toBe('failed unknown unknown unknown unknown unknown');
    expect(finding(findings, 'found').failure).toEqual({
      code: 'reader.missing',
      detail: `no reader is chosen; found: ${label}`,
    });
    expect(seen.made).toEqual([]);
  });

  test('ports that can not be listed are not "none"', async () => {
    const unlisted = [{ kind: 'serial', failure: failure('reader.missing', 'no udev') } as const];
    const { deps } = bench({}, { candidates: async () => ({ candidates: [], unlisted }) });
    const { findings } = await diagnose(null, LIBRARY, deps);
    expect(finding(findings, 'found').detail).toBe('no reader is chosen; what is there can not be listed');
  });

  test.each(['reader.several', 'reader.missing', 'reader.other-device'] as const)('auto: %s', async (code) => {
    const { deps, seen } = bench({}, { resolve: async () => err(failure(code, 'two of them')) });
    const { findings } = await diagnose({ kind: 'auto' }, LIBRARY, deps);
    expect(states(findings)).toBe('failed unknown unknown unknown unknown unknown');
    expect(finding(findings, 'found')).toMatchObject({ failure: { code }, detail: 'two of them' });
    expect(seen.made).toEqual([]);
  });

  test('auto: the one that was found is examined', async () => {
    const { deps, seen } = bench({}, { resolve: async () => ok(SERIAL) });
    const diagnosis = await diagnose({ kind: 'auto' }, LIBRARY, deps);
    expect(states(diagnosis.findings)).toBe('ok ok ok ok ok ok');
    expect(diagnosis.transport).toEqual({ kind: 'auto' });
    expect(seen.made).toEqual([SERIAL]);
  });
});
