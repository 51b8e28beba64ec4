import { app } from 'electron';
import { randomUUID } from 'node:crypto';
import type { RequestInputs } from '../../shared/domain/certification-request.ts';
import type { CertificationResult } from '../../shared/domain/certification-result.ts';
import { isLeftToVerifier } from '../../shared/protocol/check-queue.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Application } from '../composition/application-contract.ts';
import { followVisit } from '../composition/unattended-visit.ts';
import { readMp4 } from '../clip/mp4-file.ts';
import { readInputsFile } from '../requests/inputs-file.ts';
import { parseNewRequest } from '../requests/new-request.ts';

/** What one certification without a visitor at the screen is asked for with. */
export interface UnattendedCall {
  readonly sceneId: string;
  /** JSON file with what a caller gives. */
  readonly inputs: string | null;
  readonly order: string | null;
}

/** A verdict that the verifier still has to give is waited for so long. */
const DECISION_WAIT_MS = 25_000;

/**
 * Carries out one certification without a visitor at the screen and prints its outcome as one JSON line. Consent is
 * given by whoever starts it with `--certify`; everything else goes the same way as with a caller's request, and where
 * the scheme needs a person, as with a person at the kiosk.
 */
export async function runUnattended(application: Application, call: UnattendedCall): Promise<void> {
  const made = await makeRequest(application, call);
  if (!made.ok) return end({ error: made.error }, isBadInput(made.error) ? 2 : 1);
  const { requests } = application;
  const ran = await requests.runner.run(made.value.requestId);
  if (ran.ok) return finish(ran.value, null);
  const needsPerson = ran.error.code === 'request.invalid' && ran.error.detail?.startsWith('scheme:') === true;
  if (!needsPerson) return end({ error: ran.error }, 1);
  const called = requests.desk.call(made.value.requestId);
  if (!called.ok) return end({ error: called.error }, 1);
  const record = await followVisit(application.service, made.value.inputs, DECISION_WAIT_MS);
  if (!record.ok) return end({ error: record.error }, 1);
  const result = await requests.results.ofCertification(record.value.certifyId);
  if (!result.ok) return end({ error: result.error }, 1);
  finish(result.value, record.value.stagesMs);
}

async function makeRequest(
  application: Application,
  { sceneId, inputs, order }: UnattendedCall,
): Promise<Result<{ readonly requestId: string; readonly inputs: RequestInputs }, Failure>> {
  if (!application.hasScene(sceneId)) {
    return err(failure('scene.unknown', sceneId.slice(0, 40)));
  }
  const given = inputs === null ? ok({}) : await readInputsFile(inputs, readMp4);
  if (!given.ok) return given;
  const orderId = order ?? `certify-${randomUUID()}`;
  const consent = { capture: true, transmit: true };
  const asked = parseNewRequest({ sceneId, orderId, inputs: given.value, consent });
  if (!asked.ok) return asked;
  const made = await application.requests.book.make(asked.value);
  return made.ok ? ok({ requestId: made.value.request.requestId, inputs: asked.value.inputs }) : made;
}

function finish(result: CertificationResult, stagesMs: Readonly<Record<string, number>> | null): void {
  const { certifyId, sceneId, state, reason, basis, simulated } = result;
  const provisional = result.provisional || isLeftToVerifier(reason);
  const verdict = { state, reason, basis, provisional };
  end({ certifyId, scene: sceneId, verdict, stagesMs: stagesMs ?? {}, simulated, result }, state === 'passed' ? 0 : 1);
}

function isBadInput({ code }: Failure): boolean {
  return /^(request\.(input|invalid)|picture\.|scene\.unknown)/.test(code);
}

function end(outcome: unknown, status: number): void {
  process.stdout.write(`${JSON.stringify(outcome)}\n`);
  app.exit(status);
}
