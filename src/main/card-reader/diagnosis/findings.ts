import { DIAGNOSIS_STEPS, type DiagnosisFinding, type DiagnosisStep } from '../../../shared/domain/reader-diagnosis.ts';
import { failure, type Failure, type FailureCode } from '../../../shared/reasons.ts';
import type { CandidateList } from '../detection/candidates.ts';

/** The step that a failure ends; codes that aren't here fail the step at which they came up. */
const STEP_OF: Readonly<Partial<Record<FailureCode, DiagnosisStep>>> = {
  'reader.missing': 'found',
  'reader.several': 'found',
  'reader.other-device': 'found',
  'reader.service-missing': 'found',
  'reader.port-busy': 'opened',
  'reader.not-permitted': 'opened',
  'reader.driver-missing': 'opened',
  'reader.no-answer': 'answers',
  'reader.bad-frame': 'answers',
  'reader.wrong-speed': 'answers',
  'reader.service-malformed': 'answers',
  'reader.service-slow': 'answers',
  'reader.service-refused': 'answers',
  'reader.self-test-failed': 'authorised',
  'reader.not-authorised': 'authorised',
};

/** The step that `found` ends, or `reached` for a failure that could come from any of them. */
export function failedStep(found: Failure, reached: DiagnosisStep): DiagnosisStep {
  return STEP_OF[found.code] ?? reached;
}

/**
 * Collects findings in the order of the steps. Once a step has failed, nothing more is taken: what comes after it
 * stays unknown.
 */
export class FindingList {
  readonly #findings: DiagnosisFinding[] = [];
  readonly #onFinding: (finding: DiagnosisFinding) => void;
  #failed = false;

  constructor(onFinding: (finding: DiagnosisFinding) => void) {
    this.#onFinding = onFinding;
  }

  get next(): DiagnosisStep | undefined {
    return this.#failed ? undefined : DIAGNOSIS_STEPS[this.#findings.length];
  }

  /** The next step is well. */
  ok(detail: string | null = null): void {
    this.#take('ok', null, detail);
  }

  warn(why: Failure, detail: string | null = why.detail ?? null): void {
    this.#take('warning', why, detail);
  }

  /** Fails `step`, which is still to come; those before it are well. */
  fail(why: Failure, step: DiagnosisStep): void {
    this.#okUntil(step);
    this.#take('failed', why, why.detail ?? null);
    this.#failed = true;
  }

  /** All steps: what was found, then `unknown` for those that were not come to. */
  complete(): readonly DiagnosisFinding[] {
    for (const step of DIAGNOSIS_STEPS.slice(this.#findings.length)) {
      this.#add({ step, state: 'unknown', failure: null, detail: null });
    }
    return this.#findings;
  }

  #okUntil(step: DiagnosisStep): void {
    while (this.next !== undefined && this.next !== step) this.ok();
  }

  #take(state: 'ok' | 'warning' | 'failed', why: Failure | null, detail: string | null): void {
    const step = this.next;
    if (step !== undefined) this.#add({ step, state, failure: why, detail });
  }

  #add(finding: DiagnosisFinding): void {
    this.#findings.push(finding);
    this.#onFinding(finding);
  }
}

/** No reader was chosen: a failure that names what is there, or says that it can't be listed. */
export function noReaderChosen(list: CandidateList): Failure {
  return failure('reader.missing', `no reader is chosen; ${whatIsThere(list)}`);
}

function whatIsThere({ candidates, unlisted }: CandidateList): string {
  if (candidates.length > 0) return `found: ${candidates.map(({ label }) => label).join(', ')}`;
  return unlisted.length > 0 ? 'what is there can not be listed' : 'nothing that could be one was found';
}
