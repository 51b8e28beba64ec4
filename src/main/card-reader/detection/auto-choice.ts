import type { ReaderCandidate, ReaderIdentity } from '../../../shared/domain/reader-diagnosis.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Timing } from '../timing.ts';
import { isAskable, isSameCandidate, type CandidateList } from './candidates.ts';
import { ask, type Probe } from './detect.ts';
import { matchesIdentity } from './identity.ts';

export interface AutoChoiceOptions {
  readonly list: () => Promise<CandidateList>;
  readonly probe: Probe;
  readonly timing: Timing;
}

/** A port that was silent and isn't a known reader is left alone for so long, or until it was plugged in again. */
export const SILENT_REST_MS = 60_000;
/** A known reader that is there says more about what is wrong than one that isn't. */
const TELLS_LITTLE: readonly string[] = ['reader.missing', 'reader.no-answer'];

interface Answer {
  readonly candidate: ReaderCandidate;
  readonly identity: ReaderIdentity;
}

/**
 * Finds the one reader that answers, and keeps to it while it is there: another one that is plugged in later doesn't
 * take its place. Vendors' services are asked only when no reader answers directly, since they use the same readers.
 */
export class AutoChoice {
  readonly #options: AutoChoiceOptions;
  #kept: ReaderCandidate | null = null;
  #silent: readonly { readonly candidate: ReaderCandidate; readonly askedMs: number }[] = [];

  constructor(options: AutoChoiceOptions) {
    this.#options = options;
  }

  /** The reader that was found last, as it was listed then. */
  get kept(): ReaderCandidate | null {
    return this.#kept;
  }

  /**
   * Fails with `reader.several` when two readers answer, and with `reader.missing` when none does; when a known reader
   * is there all the same, with its own failure.
   */
  async find(signal: AbortSignal): Promise<Result<ReaderCandidate, Failure>> {
    const { candidates, unlisted } = await this.#options.list();
    const again = candidates.find((candidate) => this.#kept && isKept(candidate, this.#kept));
    this.#kept = again ?? null;
    if (again) return ok(again);
    this.#silent = this.#silent.filter(({ candidate }) =>
      candidates.some((other) => isSameCandidate(candidate, other)),
    );
    const askable = candidates.filter(isAskable);
    const troubles: Failure[] = [];
    for (const group of [askable.filter((one) => !isService(one)), askable.filter(isService)]) {
      const answers = await this.#askAll(group, troubles, signal);
      if (signal.aborted) return err(failure('reader.missing', 'the search was ended'));
      if (answers.length > 1) return err(failure('reader.several', `${answers.length} readers answer`));
      if (answers[0]) {
        this.#kept = answers[0].candidate;
        return ok(answers[0].candidate);
      }
    }
    const [telling] = [...troubles, ...unlisted.map((one) => one.failure)].filter(
      ({ code }) => !TELLS_LITTLE.includes(code),
    );
    return err(telling ?? troubles[0] ?? failure('reader.missing', 'no reader answers'));
  }

  /** Asks until two different readers have answered. The failures of known ones are added to `troubles`. */
  async #askAll(
    candidates: readonly ReaderCandidate[],
    troubles: Failure[],
    signal: AbortSignal,
  ): Promise<readonly Answer[]> {
    const answers: Answer[] = [];
    for (const candidate of candidates) {
      if (signal.aborted || answers.length > 1) break;
      if (this.#isResting(candidate)) continue;
      const asked = await ask(candidate.transport, { ...this.#options, signal });
      if (asked.ok) {
        // A reader with two ways in answers twice, with one security module. Simulated ones all have the same id.
        const { samId, simulated } = asked.value;
        const tells = samId !== null && !simulated;
        if (!tells || answers.every(({ identity }) => identity.samId !== samId))
          answers.push({ candidate, identity: asked.value });
      } else if (candidate.known) troubles.push(asked.error);
      else this.#rest(candidate);
    }
    return answers;
  }

  #isResting(candidate: ReaderCandidate): boolean {
    const nowMs = this.#options.timing.clock.monotonicMs();
    return this.#silent.some(
      (one) => isSameCandidate(one.candidate, candidate) && nowMs - one.askedMs < SILENT_REST_MS,
    );
  }

  #rest(candidate: ReaderCandidate): void {
    const others = this.#silent.filter((one) => !isSameCandidate(one.candidate, candidate));
    this.#silent = [...others, { candidate, askedMs: this.#options.timing.clock.monotonicMs() }];
  }
}

function isService({ transport }: ReaderCandidate): boolean {
  return transport.kind === 'vendor-http' || transport.kind === 'vendor-ws';
}

function isKept(candidate: ReaderCandidate, kept: ReaderCandidate): boolean {
  if (candidate.transport.kind !== kept.transport.kind) return false;
  if (candidate.device && kept.device) return matchesIdentity(candidate.device, kept.device);
  return isSameCandidate(candidate, kept);
}
