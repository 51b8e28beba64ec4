import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { sealIdentity } from '../../src/main/verifiers/countersign/identity-sealing.ts';
import { canonicalJson } from '../../src/shared/canonical-json.ts';
import type { HandOffState } from '../../src/shared/domain/hand-off.ts';
import {
  HAND_OFF_PATHS,
  handOffAnswerSchema,
  handOffLookSchema,
  type HandOffAnswer,
  type HandOffRequest,
} from '../../src/shared/protocol/kv1-hand-offs.ts';
import { policySchema } from '../../src/shared/protocol/kv1.ts';
import type { ReasonCode } from '../../src/shared/reasons.ts';
import { createMockVerifier } from '../../src/verifier/adapters/mock-verifier.ts';
import { orderChecks } from '../../src/verifier/adapters/ordered-checks.ts';
import { answererNames } from '../../src/verifier/pages/phone-texts.ts';
import { startHandOffVerifier, type HandOffVerifier, type HandOffVerifierOptions } from './hand-off-verifier.ts';
import type { PhoneBrowser } from './phone-browser.ts';
import { enrolQuestioner, NOBODY, type Answered, type Questioner } from './questioner.ts';
import { expectOk, temporaryFolder } from './sample-store.ts';
import { scriptedInference, type ScriptedInference } from './scripted-inference.ts';

/** Who answers, as the notice names them. */
export const MOCK = answererNames(['mock'])['zh-CN'];

/** A verifier with a kiosk's device and whoever looks at phones' pictures. */
export interface HandOffParties {
  readonly verifier: HandOffVerifier;
  readonly device: Questioner;
  readonly inference: ScriptedInference;
  readonly options: HandOffVerifierOptions;
}

const folders: { readonly path: string; remove(): void }[] = [];
export const running = new Set<HandOffVerifier>();

/** Closes what was started and removes what it kept. */
export async function endHandOffs(): Promise<void> {
  for (const verifier of running) await verifier.close();
  running.clear();
  for (const folder of folders) folder.remove();
}

export async function start(options: HandOffVerifierOptions): Promise<HandOffVerifier> {
  const verifier = await startHandOffVerifier(options);
  running.add(verifier);
  return verifier;
}

export async function desk(
  answers: readonly ReasonCode[] = ['ok.confirmed'],
  changes: Partial<HandOffVerifierOptions> = {},
): Promise<HandOffParties> {
  const folder = temporaryFolder();
  folders.push(folder);
  const inference = scriptedInference();
  const mock = createMockVerifier({ 'face-authority': answers });
  const checks = orderChecks([mock], { 'face-authority': ['mock'], phone: ['mock'] });
  const options = { folder: folder.path, checks, inference, ...changes };
  const verifier = await start(options);
  return { verifier, inference, options, device: await enrolQuestioner(verifier, options.clock) };
}

export async function requestOf(device: Questioner, changes: Partial<HandOffRequest> = {}): Promise<HandOffRequest> {
  const handOffId = changes.handOffId ?? uuidv7();
  const policy = await device.call({ method: 'GET', path: '/v1/policy' });
  const { sealingKey } = policySchema.parse(valueOf(policy));
  if (sealingKey === undefined) throw new Error('the policy has no sealing key');
  return {
    handOffId,
    certifyId: uuidv7(),
    sceneId: 'counter',
    orderId: randomBytes(16).toString('hex'),
    check: 'face-authority',
    page: 'countersign',
    consent: { transmit: true, version: '1', givenAtMs: 1 },
    subjectKey: 'a'.repeat(64),
    language: 'zh-CN',
    simulated: true,
    identity: expectOk(await sealIdentity({ ...NOBODY, sessionId: handOffId }, sealingKey)),
    ...changes,
  };
}

export function post(device: Questioner, request: object): Promise<Answered> {
  const idempotencyKey = randomBytes(16).toString('hex');
  return device.call({ method: 'POST', path: HAND_OFF_PATHS.handOffs, body: canonicalJson(request), idempotencyKey });
}

export function valueOf(answer: Answered): unknown {
  if (!answer.ok) throw new Error(`${answer.code} ${answer.detail}`);
  return answer.value;
}

export async function opened(
  device: Questioner,
  changes: Partial<HandOffRequest> = {},
): Promise<HandOffAnswer['opened']> {
  return handOffAnswerSchema.parse(valueOf(await post(device, await requestOf(device, changes)))).opened;
}

export async function look(device: Questioner, handOffId: string, waitSeconds = 0): Promise<HandOffState> {
  const headers = { prefer: `wait=${waitSeconds}` };
  const waitMs = waitSeconds * 1_000;
  const answer = await device.call({ method: 'GET', path: HAND_OFF_PATHS.handOff(handOffId), headers, waitMs });
  return handOffLookSchema.parse(valueOf(answer)).now;
}

/** From the notice to where nothing more is asked of the phone. */
export async function goThrough(phone: PhoneBrowser, most = 40): Promise<Record<string, unknown>> {
  await phone.open();
  await phone.agree(MOCK);
  for (let sequence = 0; sequence < most; sequence++) {
    const { value } = await phone.frame(sequence);
    if (value['step'] === 'over') return value;
  }
  throw new Error('the phone is never done');
}
