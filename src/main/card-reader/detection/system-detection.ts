import type { DetectedReader, ReaderCandidate } from '../../../shared/domain/reader-diagnosis.ts';
import type { ReaderTransport } from '../../../shared/domain/reader-transport.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, type Result } from '../../../shared/result.ts';
import type { CardSource } from '../card-source.ts';
import { pause, type Timing } from '../timing.ts';
import { AutoChoice } from './auto-choice.ts';
import { autoSource, resolveTransport } from './auto-source.ts';
import { listCandidates, type CandidateList, type CandidatePorts } from './candidates.ts';
import { detectReaders, probeWith, type DetectionOptions } from './detect.ts';
import { stillListed } from './system-ports.ts';

type CreateSource = (transport: ReaderTransport) => Result<CardSource, Failure>;

export interface SystemDetectionOptions {
  readonly timing: Timing;
  /** `systemPorts(...)`, or fakes. */
  readonly ports: CandidatePorts;
  /** Makes the sources that candidates are asked with: without photo decoder, and leaving the line's speed alone. */
  readonly createProbeSource: CreateSource;
}

/** Everything about finding readers on one machine. Only one search asks at a time. */
export interface SystemDetection {
  /** Everything that may be a reader, without opening any of it. */
  candidates(): Promise<CandidateList>;
  /** Asks the candidates in turn who they are. */
  detect(
    options?: Pick<DetectionOptions, 'picked' | 'inUse' | 'onDetected' | 'signal'>,
  ): Promise<readonly DetectedReader[]>;
  /** Fresh sources for transport `auto`, which remember together which reader was found. */
  autoSources(createSource: CreateSource): () => CardSource;
  /** The way to the reader that `auto` means now; any other transport as it is. */
  resolve(transport: ReaderTransport): Promise<Result<ReaderTransport, Failure>>;
}

/** A search for a single reader is given up after this, so that whoever waits for it learns of it. */
const SEARCH_LIMIT_MS = 45_000;

/**
 * Searches wait for each other, whoever asks. One for a single reader fails with `reader.missing` after 45 seconds,
 * waiting included.
 */
export function systemDetection({ timing, ports, createProbeSource }: SystemDetectionOptions): SystemDetection {
  const probe = probeWith(createProbeSource);
  const list = (): Promise<CandidateList> => listCandidates(ports);
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(search: () => Promise<T>): Promise<T> => {
    const result = turn.then(search);
    turn = result.catch(() => undefined);
    return result;
  };
  const searching = (): Pick<AutoChoice, 'find'> => {
    const choice = new AutoChoice({ list, probe, timing });
    return { find: (signal) => limited(timing, signal, (limit) => inTurn(() => choice.find(limit))) };
  };
  return {
    candidates: list,
    detect: (options = {}) =>
      inTurn(async () => detectReaders((await list()).candidates, { ...options, probe, timing })),
    autoSources: (createSource) => {
      const choice = searching();
      const isThere = (candidate: ReaderCandidate): Promise<boolean> => stillListed(candidate, ports);
      return () => autoSource({ choice, createSource, isThere });
    },
    resolve: (transport) => resolveTransport(transport, searching(), new AbortController().signal),
  };
}

/** Waits for a search at most so long; an aborted one ends at once for whoever waits, and soon for itself. */
async function limited(
  timing: Timing,
  signal: AbortSignal,
  search: (limit: AbortSignal) => Promise<Result<ReaderCandidate, Failure>>,
): Promise<Result<ReaderCandidate, Failure>> {
  const limit = new AbortController();
  const giveUp = (): void => limit.abort();
  if (signal.aborted) giveUp();
  signal.addEventListener('abort', giveUp, { once: true });
  const late = pause(timing, SEARCH_LIMIT_MS, limit.signal).then(() => {
    giveUp();
    return err(failure('reader.missing', signal.aborted ? 'the search was ended' : 'the search took too long'));
  });
  const found = await Promise.race([search(limit.signal), late]);
  signal.removeEventListener('abort', giveUp);
  giveUp();
  return found;
}
