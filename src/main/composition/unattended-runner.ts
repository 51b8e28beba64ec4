import type { Clock } from '../../shared/clock.ts';
import type { NewRequest } from '../../shared/domain/certification-request.ts';
import type { CertificationResult } from '../../shared/domain/certification-result.ts';
import type { ComparisonSummary } from '../../shared/domain/certification.ts';
import { NO_RISK, type RiskRuling } from '../../shared/domain/risk.ts';
import type { Scene } from '../../shared/domain/scene.ts';
import type { Scheme } from '../../shared/domain/scheme.ts';
import type { NewCheck } from '../../shared/protocol/check-delivery.ts';
import { isLeftToVerifier } from '../../shared/protocol/check-queue.ts';
import { failure, stateOf, type Failure, type ReasonCode } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { eraseGiven } from '../certification/document-material.ts';
import { readGivenDocuments, type GivenDocuments } from '../certification/given-documents.ts';
import type { ConfirmationDesk, Verifier } from '../certification/ports/verifier.ts';
import type { DocumentInference } from '../certification/ports/document-inference.ts';
import type { RecordStore } from '../certification/ports/record-store.ts';
import type { RiskDesk } from '../certification/ports/risk-desk.ts';
import { MOST_FINDINGS } from '../certification/ruling-steps.ts';
import { namedPerson, unattendedRecord, type UnattendedEnd } from '../certification/unattended-record.ts';
import { decideUnattended, unattendedVerdict } from '../certification/unattended.ts';
import { needsNobody } from '../requests/input-rules.ts';
import type { BegunRequest, RequestBook } from '../requests/request-book.ts';
import { fieldsFile, pictureFile, type ResultFile } from '../requests/result-files.ts';
import type { PictureInference } from './picture-inference.ts';
import type { RequestResults } from './request-results.ts';

export interface UnattendedParts {
  readonly book: Pick<RequestBook, 'begin' | 'find' | 'ended'>;
  readonly resolve: (sceneId: string) => Result<{ readonly scene: Scene; readonly scheme: Scheme }, Failure>;
  readonly pictures: PictureInference;
  readonly documents: Pick<DocumentInference, 'read'>;
  readonly confirmation: ConfirmationDesk;
  readonly store: RecordStore;
  readonly verifier: Pick<Verifier, 'online'>;
  /** Whether anybody is set up who could be asked. */
  readonly hasVerifier: () => boolean;
  readonly risk: Pick<RiskDesk, 'atStart' | 'atIdentity'>;
  readonly results: Pick<RequestResults, 'keep' | 'ofCertification'>;
  /** Asks the question of a committed record now and settles when it is answered, or after a while. */
  readonly awaitDecision: (certifyId: string) => Promise<void>;
  /** Told about each record that is committed. */
  readonly onRecord: (certifyId: string) => void;
  readonly newCertifyId: (nowMs: number) => string;
  readonly today: () => string;
  readonly clock: Clock;
  readonly appVersion: string;
  /** A demonstration proves nothing about anybody. */
  readonly simulated: boolean;
  readonly log: (event: string, failure: Failure) => void;
}

/** Carries out requests that need nobody at the kiosk. */
export interface UnattendedRunner {
  /**
   * Carries a request out and waits a while for the verifier where that decides.
   *
   * @returns the result; as a failure what keeps the request from being begun: those of `RequestBook.begin`,
   *   `request.invalid` for a scheme that needs a person, `verifier.unreachable` where the scene may not go on offline
   */
  run(requestId: string): Promise<Result<CertificationResult, Failure>>;
}

/**
 * What can be told beforehand is told before the request is spent; what its caller gave is destroyed however it ends.
 */
export function createUnattendedRunner(parts: UnattendedParts): UnattendedRunner {
  return {
    run: async (requestId) => {
      const prepared = prepare(parts, requestId);
      if (!prepared.ok) return prepared;
      const certifyId = parts.newCertifyId(parts.clock.wallMs());
      const begun = parts.book.begin(requestId, certifyId);
      if (!begun.ok) return begun;
      const ran = await carryOut(parts, { ...prepared.value, certifyId, begun: begun.value }).finally(() => {
        eraseGiven(begun.value.inputs);
        return endInputs(parts, requestId);
      });
      if (!ran.ok) return ran;
      if (ran.value.awaited) await parts.awaitDecision(certifyId);
      return parts.results.ofCertification(certifyId);
    },
  };
}

interface Unattended {
  readonly scene: Scene;
  readonly scheme: Scheme;
  /** What the rules said before anything was looked at. */
  readonly atStart: RiskRuling;
  readonly certifyId: string;
  readonly begun: BegunRequest;
}

async function endInputs({ book, log }: UnattendedParts, requestId: string): Promise<void> {
  const gone = await book.ended(requestId);
  if (!gone.ok) log('inputs of a request', gone.error);
}

/** What can be told before the request is spent. */
function prepare(
  { book, resolve, verifier, confirmation, risk }: UnattendedParts,
  requestId: string,
): Result<Pick<Unattended, 'scene' | 'scheme' | 'atStart'>, Failure> {
  const request = book.find(requestId);
  if (!request.ok) return request;
  const resolved = resolve(request.value.sceneId);
  if (!resolved.ok) return resolved;
  const { scene, scheme } = resolved.value;
  const given = Object.fromEntries(request.value.inputs.map((input) => [input, true])) as object;
  if (!needsNobody(scheme, given)) {
    return err(failure('request.invalid', `scheme: ${scheme.id} needs the person`));
  }
  if (scene.offlinePolicy === 'forbid' && !verifier.online()) {
    return err(failure('verifier.unreachable', 'this scene may not decide without the verifier'));
  }
  const full = confirmation.refusal();
  if (full) return err(full);
  const ruled = risk.atStart(scene.id);
  if (!ruled.ok) return ruled;
  const { effect, findings } = ruled.value;
  return effect?.kind === 'block'
    ? err(failure('risk.blocked', findings[0]?.rule))
    : ok({ scene, scheme, atStart: ruled.value });
}

/** Everything that was found, or the failure that ends it. */
interface Found {
  readonly documents: GivenDocuments | null;
  readonly comparison: ComparisonSummary | null;
  readonly ruling: RiskRuling;
  readonly failure: Failure | null;
}

async function carryOut(
  parts: UnattendedParts,
  run: Unattended,
): Promise<Result<{ readonly awaited: boolean }, Failure>> {
  const { certifyId, scene, scheme, begun } = run;
  const startedAtMs = parts.clock.wallMs();
  const { request, inputs } = begun;
  const consent: NonNullable<NewRequest['consent']> | null = request.consent;
  const found = consent === null ? NO_CONSENT : await find(parts, run);
  const transmit = consent?.transmit === true;
  const local = found.failure?.code ?? reasonOf(parts, run, found, transmit);
  const prepared = transmit && mayAsk(parts, scheme, local) ? await ask(parts, run, found) : ok(null);
  const check = await unlessRefused(parts, run, found, prepared);
  const reason = check.ok ? local : check.error.code;
  const asked = check.ok ? check.value : null;
  const cause = found.failure ?? (check.ok ? null : check.error);
  const end: UnattendedEnd = {
    certifyId,
    scene,
    scheme,
    order: { orderId: request.orderId, requestId: request.requestId },
    inputs,
    consent: consent ?? { capture: true, transmit: false },
    consentAtMs: request.createdAtMs,
    documents: found.documents,
    comparison: found.comparison,
    risk: found.ruling.findings,
    verdict: unattendedVerdict(reason, found.comparison !== null, asked !== null),
    ...(cause?.detail === undefined ? {} : { detail: cause.detail }),
    startedAtMs,
    decidedAtMs: parts.clock.wallMs(),
    simulated: parts.simulated,
    appVersion: parts.appVersion,
    subjectKey: (number) => parts.store.subjectKey(number),
  };
  const record = { ...unattendedRecord(end), ...(consent === null ? { consent: null } : {}) };
  const committed = parts.store.commit(record, asked ? { check: asked } : {});
  if (!committed.ok) {
    if (asked) await parts.confirmation.discard(certifyId);
    wipeDocuments(found.documents);
    return committed;
  }
  parts.onRecord(certifyId);
  const kept = await parts.results.keep(record, filesOf(found.documents));
  if (!kept.ok) parts.log('result', kept.error);
  wipeDocuments(found.documents);
  return ok({ awaited: asked !== null && reason === 'verification.pending' });
}

const NO_CONSENT: Found = {
  documents: null,
  comparison: null,
  ruling: { effect: null, findings: [] },
  failure: failure('request.input-missing', 'consent: nobody is asked here'),
};

async function find(parts: UnattendedParts, run: Unattended): Promise<Found> {
  const { inputs } = run.begun;
  const none = { documents: null, comparison: null, ruling: run.atStart } as const;
  const documents = await readGivenDocuments(inputs, parts.documents, parts.today());
  if (!documents.ok) return { ...none, failure: documents.error };
  const ruled = ruleOn(parts, run, documents.value);
  if (!ruled.ok) return { ...none, documents: documents.value, failure: ruled.error };
  const ruling = bothRulings(run.atStart, ruled.value);
  const seen = { documents: documents.value, comparison: null, ruling, failure: null };
  const { face, reference } = inputs;
  if (run.scheme.reference !== 'given' || !face || !reference) return seen;
  const [a, b] = [new Uint8Array(face.bytes), new Uint8Array(reference.bytes)];
  const { pictures } = parts;
  const { far } = run.scene;
  const compared = await (run.scheme.severalFaces ? pictures.compareSeveral(a, b, far) : pictures.compare(a, b, far));
  return compared.ok ? { ...seen, comparison: compared.value } : { ...seen, failure: compared.error };
}

function reasonOf(
  { verifier }: UnattendedParts,
  { scene, scheme }: Unattended,
  { documents, comparison, ruling }: Found,
  transmit: boolean,
): ReasonCode {
  const found = {
    comparison,
    document: documents?.reason ?? null,
    namesOther: documents?.namesOther ?? false,
    risk: riskReason(ruling),
  };
  return decideUnattended(scheme, found, { policy: scene.offlinePolicy, online: verifier.online(), transmit });
}

/** What the rules say about whoever is named; nothing where nobody is. */
function ruleOn(
  { risk, store }: UnattendedParts,
  run: Unattended,
  documents: GivenDocuments | null,
): Result<RiskRuling, Failure> {
  const person = namedPerson(run.scheme, run.begun.inputs, documents);
  return person ? risk.atIdentity(run, store.subjectKey(person.number)) : ok(NO_RISK);
}

function bothRulings(first: RiskRuling, second: RiskRuling): RiskRuling {
  const blocks = [first, second].find(({ effect }) => effect?.kind === 'block');
  const findings = [...first.findings, ...second.findings].slice(0, MOST_FINDINGS);
  return { effect: (blocks ?? first).effect ?? second.effect, findings };
}

/**
 * The question, unless whoever it is about may not pass any more: another certification of the same person may have
 * passed while this one was looked at.
 */
async function unlessRefused(
  parts: UnattendedParts,
  run: Unattended,
  { documents, failure: failed }: Found,
  prepared: Result<NewCheck | null, Failure>,
): Promise<Result<NewCheck | null, Failure>> {
  const ruled = failed === null ? ruleOn(parts, run, documents) : ok(NO_RISK);
  if (!prepared.ok || ruled.ok) return prepared;
  if (prepared.value) await parts.confirmation.discard(run.certifyId);
  return ruled;
}

/** Nobody is there for a stronger scheme: a clerk decides instead. */
function riskReason({ effect }: RiskRuling): ReasonCode | null {
  if (effect === null) return null;
  return effect.kind === 'block' ? 'risk.blocked' : 'risk.review';
}

/**
 * Whether the verifier is asked: where it decides, or where it may confirm what this device has found. No call is paid
 * for what is refuted here, or left to a clerk.
 */
function mayAsk({ hasVerifier }: UnattendedParts, { check, decides }: Scheme, local: ReasonCode): boolean {
  if (check === null) return false;
  if (isLeftToVerifier(local)) return true;
  return stateOf(local) === 'passed' && decides === 'device' && hasVerifier();
}

async function ask(
  parts: UnattendedParts,
  { certifyId, scheme, begun }: Unattended,
  { documents }: Found,
): Promise<Result<NewCheck | null, Failure>> {
  if (scheme.check === null) return ok(null);
  return parts.confirmation.prepare({
    certifyId,
    check: scheme.check,
    identity: namedPerson(scheme, begun.inputs, documents),
    given: begun.inputs,
    portrait: null,
    clip: null,
  });
}

function filesOf(documents: GivenDocuments | null): readonly ResultFile[] {
  if (!documents) return [];
  const { portrait, pictures } = documents;
  return [
    fieldsFile(documents.fields),
    ...(portrait ? [pictureFile('portrait', portrait)] : []),
    ...(pictures.front ? [pictureFile('card-front', pictures.front)] : []),
    ...(pictures.back ? [pictureFile('card-back', pictures.back)] : []),
  ];
}

function wipeDocuments(documents: GivenDocuments | null): void {
  for (const bytes of [documents?.portrait, documents?.pictures.front, documents?.pictures.back]) bytes?.fill(0);
}
