import type { CertificationRecord, ComparisonSummary, Verdict } from '../../shared/domain/certification.ts';
import type { NewRequest, RequestInputs } from '../../shared/domain/certification-request.ts';
import { parseIdentityNumber } from '../../shared/domain/identity-number.ts';
import { maskName, maskNumber } from '../../shared/domain/masking.ts';
import type { RiskFinding } from '../../shared/domain/risk.ts';
import type { Scene } from '../../shared/domain/scene.ts';
import type { Scheme } from '../../shared/domain/scheme.ts';
import type { GivenDocuments } from './given-documents.ts';

/** The version of the words by which callers' consents are told apart from those that were given at a kiosk. */
export const CALLER_CONSENT_VERSION = 'caller-1';

/** A certification that nobody attended, as far as it is known when it ends. */
export interface UnattendedEnd {
  readonly certifyId: string;
  readonly scene: Scene;
  readonly scheme: Scheme;
  readonly order: { readonly orderId: string; readonly requestId: string };
  readonly inputs: RequestInputs;
  readonly consent: NonNullable<NewRequest['consent']>;
  readonly consentAtMs: number;
  readonly documents: GivenDocuments | null;
  readonly comparison: ComparisonSummary | null;
  readonly risk: readonly RiskFinding[];
  readonly verdict: Verdict;
  readonly detail?: string;
  readonly startedAtMs: number;
  readonly decidedAtMs: number;
  readonly simulated: boolean;
  readonly appVersion: string;
  subjectKey(number: string): string;
}

/** Whom the caller names, or else whom a card that was read names; null where nobody is named. */
export function namedPerson(
  scheme: Scheme,
  { name, number }: RequestInputs,
  documents: GivenDocuments | null,
): { readonly name: string; readonly number: string } | null {
  if (name !== undefined && number !== undefined) return { name, number };
  if (scheme.identity !== 'card-pictures') return null;
  const read = documents?.fields ?? {};
  return read['name'] !== undefined && read['number'] !== undefined && parseIdentityNumber(read['number']).ok
    ? { name: read['name'], number: read['number'] }
    : null;
}

/** The record of such a certification: masked, without pixels, ready for the store. */
export function unattendedRecord(end: UnattendedEnd): CertificationRecord {
  const { scheme, documents, consent } = end;
  const person = namedPerson(scheme, end.inputs, documents);
  return {
    version: 1,
    certifyId: end.certifyId,
    sceneId: end.scene.id,
    scheme: scheme.id,
    startedAtMs: end.startedAtMs,
    decidedAtMs: Math.max(end.startedAtMs, end.decidedAtMs),
    verdict: end.verdict,
    consent: { ...consent, version: CALLER_CONSENT_VERSION, givenAtMs: end.consentAtMs, obtainedBy: 'caller' },
    subject: person && {
      nameMasked: maskName(person.name),
      numberMasked: maskNumber(person.number),
      subjectKey: end.subjectKey(person.number),
    },
    document: person && documentOf(person.number, scheme, documents),
    challenge: null,
    liveness: null,
    attempts: [],
    comparison: end.comparison,
    devices: { camera: null, reader: null },
    simulated: end.simulated,
    order: end.order,
    ...(end.risk.length === 0 ? {} : { risk: [...end.risk] }),
    stagesMs: { decision: Math.max(0, Math.round(end.decidedAtMs - end.startedAtMs)) },
    ...(end.detail === undefined ? {} : { detail: end.detail.slice(0, 300) }),
    appVersion: end.appVersion,
  };
}

function documentOf(number: string, scheme: Scheme, documents: GivenDocuments | null): CertificationRecord['document'] {
  const parsed = parseIdentityNumber(number);
  const kind = parsed.ok ? parsed.value.kind : 'resident';
  const source = scheme.identity === 'card-pictures' ? 'photographed' : 'given';
  const reading = documents && { warnings: [...documents.warnings], corrections: [] };
  return { kind, portrait: 'absent', source, ...(reading ? { reading } : {}) };
}
