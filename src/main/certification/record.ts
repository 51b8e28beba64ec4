import type { NewFaceReturn } from '../../shared/domain/face-return.ts';
import type { Verdict } from '../../shared/domain/verdict.ts';
import type { CameraChecks, CertificationRecord } from '../../shared/domain/certification.ts';
import { parseIdentityNumber } from '../../shared/domain/identity-number.ts';
import { maskName, maskNumber } from '../../shared/domain/masking.ts';
import type { Ending } from './flow-state.ts';
import type { Run } from './run.ts';
import type { ReadIdentity } from './read-identity.ts';
import { givenIdentity, identityOf, subjectOf } from './run-facts.ts';
import { verdictFor } from './verdict-rules.ts';

/** What the record takes from outside of the run. */
export interface RecordContext {
  readonly decidedAtMs: number;
  readonly reader: string | null;
  /** A simulated camera took part. */
  readonly simulatedCamera: boolean;
  readonly appVersion: string;
  readonly cameraChecks: CameraChecks | null;
  subjectKey(number: string): string;
  /** What of the face goes to the customer's own store; null: nothing. */
  readonly returnedFace: NewFaceReturn | null;
}

/** The record of an ended certification: masked, without pixels, ready for the store. */
export function recordOf(run: Run, ending: Ending, context: RecordContext): CertificationRecord {
  const { document } = run;
  const identity = identityOf(run);
  // What came of a hand-off is the verifier's own word.
  const toBeConfirmed = !run.test && run.handOff === null && (run.consent?.transmit ?? false);
  const verdict = verdictFor(ending.reason, basisOf(run), toBeConfirmed);
  return {
    version: 1,
    certifyId: run.certifyId,
    sceneId: run.scene.id,
    scheme: run.scheme.id,
    startedAtMs: run.startedAtMs,
    decidedAtMs: Math.max(run.startedAtMs, context.decidedAtMs),
    verdict,
    consent: run.consent,
    subject: identity && {
      nameMasked: maskName(identity.name),
      numberMasked: maskNumber(identity.number),
      subjectKey: context.subjectKey(subjectOf(run) ?? identity.number),
    },
    document: documentOf(run),
    challenge: run.challenge && {
      kind: run.challenge.kind,
      nonce: run.challenge.nonce,
      issuer: run.challenge.issuer ?? 'device',
    },
    liveness: run.liveness,
    attempts: [...run.attempts],
    comparison: run.comparison,
    devices: {
      camera: run.camera,
      reader: document ? context.reader : null,
      cameraChecks: run.camera === null ? null : context.cameraChecks,
    },
    simulated: context.simulatedCamera || (document?.simulated ?? false),
    ...besideOf(run, context.returnedFace),
    stagesMs: roundStages(run.stagesMs),
    ...(ending.detail === undefined ? {} : { detail: ending.detail }),
    appVersion: context.appVersion,
  };
}

/** What only some certifications have. */
function besideOf(run: Run, returnedFace: NewFaceReturn | null): Partial<CertificationRecord> {
  const { request, risk, follows, fallback, handOff } = run;
  return {
    ...(run.test ? { test: true } : {}),
    ...(request ? { order: { orderId: request.orderId, requestId: request.requestId } } : {}),
    ...(risk.length > 0 ? { risk: [...risk] } : {}),
    ...(follows === null ? {} : { follows }),
    ...(fallback ? { fallback } : {}),
    ...(handOff ? { handOff: handOffOf(handOff) } : {}),
    ...(returnedFace ? { returnedFace: { ...returnedFace } } : {}),
  };
}

function handOffOf({ opened, state }: NonNullable<Run['handOff']>): NonNullable<CertificationRecord['handOff']> {
  const { page, handOffId } = opened;
  return { page, handOffId, outcome: state.state === 'ended' ? state.outcome : null };
}

/** What the verdict rests on; null where nothing but this device took part. */
function basisOf(run: Run): Verdict['basis'] | null {
  if (run.handOff?.state.state === 'ended') return run.handOff.state.outcome.basis;
  if (run.comparison === null) return null;
  if (run.scheme.reference === 'given') return 'reference';
  return isPrinted(run) ? 'card-photo' : 'chip';
}

/** What was presented. The sources are only told where they are not the chip. */
function documentOf(run: Run): CertificationRecord['document'] {
  const { document, typed, read, printedPortrait, scheme } = run;
  const given = scheme.reference === 'given' ? ({ portraitSource: 'given' } as const) : {};
  if (read && !document) return { ...readDocumentOf(read), ...given };
  const named = document || typed ? null : givenIdentity(run);
  if (named) {
    const number = parseIdentityNumber(named.number);
    return { kind: number.ok ? number.value.kind : 'resident', portrait: 'absent', source: 'given', ...given };
  }
  const printed = printedPortrait ? ({ portraitSource: 'printed' } as const) : given;
  if (document) return { kind: document.kind, portrait: document.portrait.state, ...printed };
  return typed && { kind: typed.kind, portrait: 'absent', source: 'typed', ...printed };
}

function readDocumentOf({ source, kind, portrait, warnings, corrections, signature }: ReadIdentity) {
  const fromChip = source === 'travel-chip';
  return {
    kind,
    source,
    portrait: fromChip ? (portrait ? ('decoded' as const) : ('not-decoded' as const)) : ('absent' as const),
    ...(portrait && !fromChip ? { portraitSource: 'printed' as const } : {}),
    ...(fromChip ? {} : { reading: { warnings: [...warnings], corrections: [...corrections] } }),
    ...(signature ? { signature } : {}),
  };
}

/** Whether the face was or would have been compared with a portrait that stands on paper. */
function isPrinted({ document, read, printedPortrait }: Run): boolean {
  return read && !document ? read.source !== 'travel-chip' : printedPortrait !== null;
}

function roundStages(stages: Run['stagesMs']): Run['stagesMs'] {
  return Object.fromEntries(Object.entries(stages).map(([stage, ms]) => [stage, Math.round(ms)]));
}
