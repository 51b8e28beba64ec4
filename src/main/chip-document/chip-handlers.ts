import { systemClock, type Clock } from '../../shared/clock.ts';
import type { ChipAccessKey, ChipDocument, ChipProgress, ChipReader } from '../../shared/domain/travel-document.ts';
import type { DocumentDevices } from '../../shared/domain/document-devices.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { ChipReaders, OpenChip } from './chip-link.ts';
import { cryptoEngine, type Engine } from './crypto/engine.ts';
import { pcscReaders } from './pcsc/pcsc-readers.ts';
import { readDocument } from './read-document.ts';
import { loadCountryCertificates, type CountryCertificates } from './signature/country-certificates.ts';
import { untilStopped } from './stoppable-link.ts';

export interface ChipSurroundings {
  readonly emit: (name: 'chip-progress', progress: ChipProgress) => void;
  /** PC/SC unless a test has other readers. */
  readonly readers?: ChipReaders;
  readonly clock?: Clock;
  readonly engine?: Engine;
  readonly loadCertificates?: typeof loadCountryCertificates;
}

export interface ChipReadRequest {
  readonly key: ChipAccessKey;
  /** How long to wait for a document; reading it has a limit of its own. */
  readonly timeoutMs: number;
}

/** The device process's calls about chips of travel documents. */
export interface ChipHandlers {
  /** Fails with `chip.certificates-invalid`; every read then fails the same way until there are other settings. */
  configure(devices: Pick<DocumentDevices, 'chipReader' | 'certificates'>): Promise<Result<null, Failure>>;
  listChipReaders(): Promise<Result<readonly ChipReader[], Failure>>;
  /** One at a time: a new call cancels the one before. */
  readChip(request: ChipReadRequest): Promise<Result<ChipDocument, Failure>>;
  cancelChip(): Promise<Result<null, Failure>>;
}

/** A chip that answers every command but never comes to an end is given up. */
const LONGEST_READ_MS = 120_000;

/**
 * Before `configure`, and without a chosen reader, reads fail with `chip.reader-missing`; when cancelled with
 * `user.cancelled`, when no document came in time with `user.timed-out`.
 */
export function createChipHandlers(surroundings: ChipSurroundings): ChipHandlers {
  const { readers = pcscReaders(), loadCertificates = loadCountryCertificates } = surroundings;
  let chipReader: DocumentDevices['chipReader'] = null;
  let certificates: Result<CountryCertificates | null, Failure> = ok(null);
  let running: { readonly stop: AbortController; readonly ended: Promise<unknown> } | null = null;

  const waitAndRead = async (
    { key, timeoutMs }: ChipReadRequest,
    signal: AbortSignal,
  ): Promise<Result<ChipDocument, Failure>> => {
    if (signal.aborted) return err(failure('user.cancelled'));
    if (!chipReader) return err(failure('chip.reader-missing', 'none is configured'));
    if (!certificates.ok) return certificates;
    surroundings.emit('chip-progress', { step: 'waiting', share: null });
    const chip = await chipWithin(readers, chipReader.kind === 'named' ? chipReader.name : null, timeoutMs, signal);
    if (!chip.ok) return chip;
    try {
      return await readChipOn(chip.value, key, certificates.value, signal, surroundings);
    } finally {
      await chip.value.close();
    }
  };

  return {
    async configure(devices) {
      chipReader = devices.chipReader;
      certificates = devices.certificates === null ? ok(null) : await loadCertificates(devices.certificates);
      return certificates.ok ? ok(null) : certificates;
    },
    listChipReaders: () => readers.list(),
    readChip(request) {
      const before = running;
      before?.stop.abort();
      const stop = new AbortController();
      const ended = (async () => {
        await before?.ended;
        return waitAndRead(request, stop.signal);
      })();
      running = { stop, ended };
      return ended;
    },
    async cancelChip() {
      running?.stop.abort();
      return ok(null);
    },
  };
}

async function chipWithin(
  readers: ChipReaders,
  name: string | null,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Result<OpenChip, Failure>> {
  const found = await readers.waitForChip(name, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]));
  if (signal.aborted) {
    if (found.ok) await found.value?.close();
    return err(failure('user.cancelled'));
  }
  if (!found.ok) return found;
  return found.value ? ok(found.value) : err(failure('user.timed-out', 'no document came'));
}

async function readChipOn(
  chip: OpenChip,
  key: ChipAccessKey,
  certificates: CountryCertificates | null,
  signal: AbortSignal,
  { emit, clock = systemClock, engine = cryptoEngine() }: ChipSurroundings,
): Promise<Result<ChipDocument, Failure>> {
  const startedMs = clock.monotonicMs();
  const elapsedMs = (): number => clock.monotonicMs() - startedMs;
  const nowMs = clock.wallMs();
  const read = await readDocument(
    untilStopped(chip, () => signal.aborted || elapsedMs() > LONGEST_READ_MS),
    {
      key,
      certificates,
      engine,
      nowMs,
      today: localDay(nowMs),
      onProgress: (progress) => emit('chip-progress', progress),
    },
  );
  if (signal.aborted) return err(failure('user.cancelled'));
  return read.ok ? ok({ ...read.value, tookMs: Math.round(elapsedMs()) }) : read;
}

/** The day at this machine's place, `YYYY-MM-DD`. */
function localDay(wallMs: number): string {
  const day = new Date(wallMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
