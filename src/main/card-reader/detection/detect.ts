import type { DetectedReader, ReaderCandidate, ReaderIdentity } from '../../../shared/domain/reader-diagnosis.ts';
import type { ReaderTransport } from '../../../shared/domain/reader-transport.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, type Result } from '../../../shared/result.ts';
import type { CardSource } from '../card-source.ts';
import { pause, type Timing } from '../timing.ts';
import { isAskable, isChosen } from './candidates.ts';

/**
 * Asks who is there: opens, learns the identity and closes again, whatever happens. It ends soon after `signal` is
 * aborted; what it then gives doesn't matter.
 */
export type Probe = (transport: ReaderTransport, signal: AbortSignal) => Promise<Result<ReaderIdentity, Failure>>;

/** The line's five speeds take 1.8 s when nobody answers, and a silent reader gets one reset. */
export const PROBE_LIMIT_MS = 4000;
/** A probe that doesn't end after its limit is left behind. */
const PROBE_GRACE_MS = 2000;

export interface DetectionOptions {
  readonly probe: Probe;
  readonly timing: Timing;
  readonly limitMs?: number;
  /** What a person picked: asked whatever it is. */
  readonly picked?: readonly ReaderTransport[];
  /** The reader that is open: it is listed as it is known, and nobody else touches its port. */
  readonly inUse?: { readonly candidate: ReaderCandidate; readonly identity: ReaderIdentity } | null;
  /** Each candidate as soon as it is known. */
  readonly onDetected?: (found: DetectedReader) => void;
  /** Ends the detection; the candidates that are left stay unasked. */
  readonly signal?: AbortSignal;
}

/** Asks candidates in turn who they are, and lists all of them in their order. */
export async function detectReaders(
  candidates: readonly ReaderCandidate[],
  options: DetectionOptions,
): Promise<readonly DetectedReader[]> {
  const found: DetectedReader[] = [];
  for (const candidate of withInUse(candidates, options)) {
    const one = await detectOne(candidate, options);
    options.onDetected?.(one);
    found.push(one);
  }
  return found;
}

function withInUse(
  candidates: readonly ReaderCandidate[],
  { inUse, picked = [] }: DetectionOptions,
): readonly ReaderCandidate[] {
  const unlisted = (chosen: ReaderCandidate): boolean => !candidates.some((candidate) => isChosen(candidate, chosen));
  const all = [...candidates, ...picked.map(candidateOf).filter(unlisted)];
  return inUse && !all.some((candidate) => isChosen(candidate, inUse.candidate)) ? [inUse.candidate, ...all] : all;
}

/** A transport that a person wrote down, as a candidate. */
export function candidateOf(transport: ReaderTransport): ReaderCandidate {
  const device = 'device' in transport ? (transport.device ?? null) : null;
  return { transport, label: wordsOf(transport), device, known: false };
}

async function detectOne(candidate: ReaderCandidate, options: DetectionOptions): Promise<DetectedReader> {
  const { inUse, picked = [], signal } = options;
  if (inUse && isChosen(candidate, inUse.candidate)) {
    return { ...candidate, identity: inUse.identity, failure: null };
  }
  const isPicked = picked.some((transport) => isChosen(candidate, candidateOf(transport)));
  if (signal?.aborted || !(isPicked || isAskable(candidate))) {
    return { ...candidate, identity: null, failure: null, asked: false };
  }
  const answer = await ask(candidate.transport, options);
  return answer.ok
    ? { ...candidate, identity: answer.value, failure: null }
    : { ...candidate, identity: null, failure: answer.error };
}

/** Asks one candidate; `reader.no-answer` when its time is over. */
export async function ask(
  transport: ReaderTransport,
  {
    probe,
    timing,
    limitMs = PROBE_LIMIT_MS,
    signal,
  }: Pick<DetectionOptions, 'probe' | 'timing' | 'limitMs' | 'signal'>,
): Promise<Result<ReaderIdentity, Failure>> {
  const limit = new AbortController();
  const giveUp = (): void => limit.abort();
  const cancel = timing.setTimer(giveUp, limitMs);
  signal?.addEventListener('abort', giveUp, { once: true });
  if (signal?.aborted) giveUp();
  const ended = new AbortController();
  const late = untilAborted(limit.signal)
    .then(() => pause(timing, PROBE_GRACE_MS, ended.signal))
    .then(() => err(failure('reader.no-answer', 'no answer in time')));
  const answer = await Promise.race([probe(transport, limit.signal), late]);
  cancel();
  signal?.removeEventListener('abort', giveUp);
  ended.abort();
  return limit.signal.aborted ? err(failure('reader.no-answer', 'no answer in time')) : answer;
}

/** A probe that makes a source for it. Sources end whatever is under way when they are closed. */
export function probeWith(createSource: (transport: ReaderTransport) => Result<CardSource, Failure>): Probe {
  return async (transport, signal) => {
    const made = createSource(transport);
    if (!made.ok) return made;
    const source = made.value;
    const end = (): void => void source.close();
    signal.addEventListener('abort', end, { once: true });
    try {
      const opened = await source.open();
      if (!opened.ok) return opened;
      return await source.identify();
    } finally {
      signal.removeEventListener('abort', end);
      await source.close();
    }
  };
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function wordsOf(transport: ReaderTransport): string {
  switch (transport.kind) {
    case 'serial':
      return transport.path;
    case 'usb':
    case 'hid':
      return `${transport.kind.toUpperCase()} ${transport.device.vendorId}:${transport.device.productId}`;
    case 'tcp':
      return `${transport.host}:${transport.port}`;
    case 'vendor-http':
    case 'vendor-ws':
      return transport.address;
    default:
      return transport.kind;
  }
}
