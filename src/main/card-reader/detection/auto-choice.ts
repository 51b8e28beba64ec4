import type { ReaderCandidate, ReaderIdentity } from '../../../shared/domain/reader-diagnosis.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Timing } from '../timing.ts';
import { isAskable, isChosen, isSameCandidate, type CandidateList } from './candidates.ts';
import { ask, type Probe } from './detect.ts';

export interface AutoChoiceOptions {
  readonly list: () => Promise<CandidateList>;
  readonly probe: Probe;
  readonly timing: Timing;
}

/** A port that was silent and isn't a known reader is left alone for so long, or until it was plugged in again. */
export const SILENT_REST_MS = 60_000;
/** Nothing was written to a port that didn't open, and what kept it closed may be what keeps the reader away. */
const NOT_OPENED: readonly string[] = ['reader.not-permitted', 'reader.port-busy', 'reader.driver-missing'];

interface Trouble {
  readonly candidate: ReaderCandidate;
  readonly failure: Failure;
}

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
   * Fails with `reader.several` when two readers answer, and with `reader.missing` when none does. A known reader that is
   * there all the same, a port that doesn't open and a bus that can't be listed fail it with their own failures.
   */
  async find(signal: AbortSignal): Promise<Result<ReaderCandidate, Failure>> {
    const { candidates, unlisted } = await this.#options.list();
    const again = candidates.find((candidate) => this.#kept && isChosen(candidate, this.#kept));
    this.#kept = again ?? null;
    if (again) return ok(again);
    this.#silent = this.#silent.filter(({ candidate }) =>
      candidates.some((other) => isSameCandidate(candidate, other)),
    );
    const askable = candidates.filter(isAskable);
    const troubles: Trouble[] = [];
    for (const group of [askable.filter((one) => !isService(one)), askable.filter(isService)]) {
      const answers = await this.#askAll(group, troubles, signal);
      if (signal.aborted) return err(failure('reader.missing', 'the search was ended'));
      if (answers.length > 1) return err(failure('reader.several', `${answers.length} readers answer`));
      if (answers[0]) {
        this.#kept = answers[0].candidate;
        return ok(answers[0].candidate);
      }
    }
    return err(mostTelling(troubles, unlisted));
  }

  /** Asks until two different readers have answered; what the others fail with is added to `troubles`. */
  async #askAll(
    candidates: readonly ReaderCandidate[],
    troubles: Trouble[],
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
      } else {
        troubles.push({ candidate, failure: asked.error });
        if (!candidate.known && !NOT_OPENED.includes(asked.error.code)) this.#rest(candidate);
      }
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

function mostTelling(troubles: readonly Trouble[], unlisted: CandidateList['unlisted']): Failure {
  const there = troubles.filter(({ failure: { code } }) => code !== 'reader.missing');
  const known = there.filter(({ candidate }) => candidate.known).map((one) => one.failure);
  const notOpened = there.map((one) => one.failure).filter(({ code }) => NOT_OPENED.includes(code));
  const notListed = unlisted.map((one) => one.failure).filter(({ code }) => NOT_OPENED.includes(code));
  const [silent, telling] = [known[0], known.find(({ code }) => code !== 'reader.no-answer')];
  return telling ?? silent ?? notOpened[0] ?? notListed[0] ?? failure('reader.missing', 'no reader answers');
}
