import type { CameraChecks, CertificationRecord } from '../../shared/domain/certification.ts';
import { maskName, maskNumber } from '../../shared/domain/masking.ts';
import type { Ending, Run } from './flow-state.ts';
import type { ReadIdentity } from './read-identity.ts';
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
}

/** The record of an ended certification: masked, without pixels, ready for the store. */
export function recordOf(run: Run, ending: Ending, context: RecordContext): CertificationRecord {
  const { document } = run;
  const identity = document?.fields ?? run.typed ?? run.read;
  const comparedWith = isPrinted(run) ? 'card-photo' : 'chip';
  const verdict = verdictFor(ending.reason, run.comparison && comparedWith, run.consent?.transmit ?? false);
  return {
    version: 1,
    certifyId: run.certifyId,
    sceneId: run.scene.id,
    scheme: run.scene.scheme,
    startedAtMs: run.startedAtMs,
    decidedAtMs: Math.max(run.startedAtMs, context.decidedAtMs),
    verdict,
    consent: run.consent,
    subject: identity && {
      nameMasked: maskName(identity.name),
      numberMasked: maskNumber(identity.number),
      subjectKey: context.subjectKey(run.read?.subject ?? identity.number),
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
    stagesMs: roundStages(run.stagesMs),
    ...(ending.detail === undefined ? {} : { detail: ending.detail }),
    appVersion: context.appVersion,
  };
}

/** What was presented. The sources are only told where they are not the chip. */
function documentOf({ document, typed, read, printedPortrait }: Run): CertificationRecord['document'] {
  if (read) return readDocumentOf(read);
  const printed = printedPortrait ? ({ portraitSource: 'printed' } as const) : {};
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
function isPrinted({ read, printedPortrait }: Run): boolean {
  return read ? read.source !== 'travel-chip' : printedPortrait !== null;
}

function roundStages(stages: Run['stagesMs']): Run['stagesMs'] {
  return Object.fromEntries(Object.entries(stages).map(([stage, ms]) => [stage, Math.round(ms)]));
}
