import type { Clock } from '../../shared/clock.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { DeletionSlip } from '../certification/withdrawal-state.ts';
import type { SubjectDesk } from '../certification/ports/subject-desk.ts';
import type { CheckQueue } from '../store/check-queue.ts';
import type { ErasureIntent, KeptErasure, SubjectErasureRows } from '../store/subject-erasure-rows.ts';
import { KEPT_KINDS, type SubjectKept, type SubjectTargets } from '../store/subject-kept.ts';
import type { DestroyReason, KeptKind } from '../store/vault-keys.ts';

/** Who the audit log names for questions that are closed because the person has withdrawn. */
const WITHDRAWN = 'withdrawn';
/** Something may be kept while it is being erased: it is looked for again, so often at most. */
const ROUNDS = 3;

/** One vault: destroys the key, then the files; repeatable. */
export type DestroyKept = (id: string, why: DestroyReason) => Promise<Result<boolean, Failure>>;

export interface SubjectDeskParts {
  readonly kept: SubjectKept;
  readonly erasures: SubjectErasureRows;
  readonly checks: Pick<CheckQueue, 'find' | 'change'>;
  /** Every vault that holds something of people. */
  readonly destroy: Readonly<Record<KeptKind, DestroyKept>>;
  /** Drops what rules about risk remember of a person's face. */
  readonly forgetFace: (subjectKey: string) => void;
  readonly deviceId: () => string;
  /** A UUID version 7. */
  readonly newDeletionId: () => string;
  readonly clock: Clock;
  /** Something was erased: the verifier can be told. */
  readonly onErased: () => void;
}

export interface KeptSubjectDesk extends SubjectDesk {
  /** Everything of the person of a record, at their wish. @returns `erasure.nothing-kept` where it identifies nobody */
  eraseOfRecord(certifyId: string): Promise<Result<DeletionSlip, Failure>>;
  /** For the start and every hour: finishes erasures that were broken off. Gives how many. */
  resume(): Promise<Result<number, Failure>>;
}

/**
 * Erases what is kept of a person. What will be erased is written down first, and a receipt comes only when nothing of
 * it is left: whatever breaks off in between is finished by `resume`, with the same receipt.
 */
export function createSubjectDesk(parts: SubjectDeskParts): KeptSubjectDesk {
  const { kept, erasures } = parts;
  const running = new Map<string, Promise<Result<DeletionSlip, Failure>>>();

  async function carryOut(intent: ErasureIntent): Promise<Result<DeletionSlip, Failure>> {
    parts.forgetFace(intent.subjectKey);
    const closed = closeChecks(parts, intent.subjectKey);
    if (!closed.ok) return closed;
    const destroyed = await destroyAll(parts, intent);
    if (!destroyed.ok) return destroyed;
    const left = kept.kept(intent.subjectKey);
    if (!left.ok) return left;
    const { records, recordsUntilMs } = left.value;
    const finished = erasures.finish(intent, {
      v: 1,
      deletionId: intent.deletionId,
      deviceId: parts.deviceId(),
      subjectKey: intent.subjectKey,
      erased: intent.erased,
      remaining: { records, untilMs: recordsUntilMs },
      why: intent.why,
      erasedAtMs: parts.clock.wallMs(),
    });
    if (!finished.ok) return finished;
    parts.onErased();
    return ok(slipOf(finished.value));
  }

  /** Two who ask for the same person at once get the same erasure. */
  function once(subjectKey: string, work: () => Promise<Result<DeletionSlip, Failure>>) {
    const known = running.get(subjectKey);
    if (known) return known;
    const started = work().finally(() => running.delete(subjectKey));
    running.set(subjectKey, started);
    return started;
  }

  const erase: SubjectDesk['erase'] = (subjectKey, why) =>
    once(subjectKey, async () => {
      const begun = beginOf(parts, subjectKey, why);
      return begun.ok ? carryOut(begun.value) : begun;
    });

  return {
    kept: (subjectKey) => kept.kept(subjectKey),
    erase,
    eraseOfRecord: async (certifyId) => {
      const subject = kept.subjectOf(certifyId);
      if (!subject.ok) return subject;
      return subject.value === null ? err(failure('erasure.nothing-kept')) : erase(subject.value, 'operator');
    },
    resume: async () => {
      const begun = erasures.begun();
      if (!begun.ok) return begun;
      let resumed = 0;
      for (const intent of begun.value) {
        const done = await once(intent.subjectKey, () => carryOut(intent));
        if (!done.ok) return done;
        resumed += 1;
      }
      return ok(resumed);
    },
  };
}

/** The erasure that has begun for this person already, or a new one. */
function beginOf(
  { kept, erasures, newDeletionId }: SubjectDeskParts,
  subjectKey: string,
  why: ErasureIntent['why'],
): Result<ErasureIntent, Failure> {
  const begun = erasures.begun();
  if (!begun.ok) return begun;
  const known = begun.value.find((intent) => intent.subjectKey === subjectKey);
  if (known) return ok(known);
  const found = kept.kept(subjectKey);
  if (!found.ok) return found;
  const { pictures, waiting, requests, records, sent } = found.value;
  if (pictures + waiting + requests + records === 0 && !sent) return err(failure('erasure.nothing-kept'));
  const targets = kept.targets(subjectKey);
  if (!targets.ok) return targets;
  const withVerifier = kept.isWithVerifier(subjectKey);
  if (!withVerifier.ok) return withVerifier;
  const intent: ErasureIntent = {
    deletionId: newDeletionId(),
    subjectKey,
    why,
    erased: { pictures, waiting, requests },
    targets: copyOf(targets.value),
    withVerifier: withVerifier.value,
  };
  const noted = erasures.begin(intent);
  return noted.ok ? ok(intent) : noted;
}

function copyOf(targets: SubjectTargets): ErasureIntent['targets'] {
  const { evidence, materials, requests, results } = targets;
  return {
    evidence: [...evidence],
    materials: [...materials],
    'face-return': [...targets['face-return']],
    requests: [...requests],
    results: [...results],
  };
}

/** Nothing more is sent: what is under way ends by itself, and what the verifier gets of it is erased there after. */
function closeChecks({ kept, checks }: SubjectDeskParts, subjectKey: string): Result<null, Failure> {
  const open = kept.openChecks(subjectKey);
  if (!open.ok) return open;
  for (const certifyId of open.value) {
    const found = checks.find(certifyId);
    if (!found.ok) return found;
    const state = found.value?.state;
    if (state !== 'unknown' && state !== 'stopped') {
      const reason = failure('verification.abandoned', WITHDRAWN);
      const stopped = checks.change(certifyId, { event: 'refuse', failure: reason, outcome: null });
      if (!stopped.ok) return stopped;
    }
    const closed = checks.change(certifyId, { event: 'give-up', clerk: WITHDRAWN });
    if (!closed.ok) return closed;
  }
  return ok(null);
}

async function destroyAll(
  { kept, destroy }: SubjectDeskParts,
  { subjectKey, targets: begun }: ErasureIntent,
): Promise<Result<null, Failure>> {
  let targets: SubjectTargets = begun;
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const kind of KEPT_KINDS) {
      for (const id of targets[kind]) {
        const gone = await destroy[kind](id, 'erased');
        if (!gone.ok) return gone;
      }
    }
    const left = kept.targets(subjectKey);
    if (!left.ok) return left;
    if (KEPT_KINDS.every((kind) => left.value[kind].length === 0)) return ok(null);
    targets = left.value;
  }
  return err(failure('store.unavailable', 'something is kept again and again'));
}

/** What the person gets of it: the device's signed receipt, without the verifier's own. */
export function slipOf({ receipt, receiptHash, verifier }: KeptErasure): DeletionSlip {
  return { receipt, receiptHash, verifier };
}
