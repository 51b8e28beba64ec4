import {
  CONNECTION_STEPS,
  type ConnectionFinding,
  type ConnectionReport,
  type ConnectionStep,
} from '../../shared/ipc/admin-connection.ts';
import type { Health } from '../../shared/protocol/kv1.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import {
  checkCertificate,
  failed,
  good,
  NOT_NEEDED,
  notTried,
  openPort,
  parseOrigin,
  resolveName,
  speaksHttp,
  speaksProtocol,
  type StepOutcome,
} from '../verifiers/countersign/connection-test.ts';
import { fingerprintOf, vouchedServerKeys } from '../verifiers/countersign/server-keys.ts';
import type { AdminParts } from './admin-handlers.ts';

const ROUND_TRIPS = 3;
/** Further apart than this, signed requests are taken only after the verifier's clock has been learned. */
const CLOCK_WARNING_MS = 60_000;

type Parts = Pick<AdminParts, 'installation' | 'sync' | 'clock'>;

/** What the steps share. */
interface Testing {
  readonly parts: Parts;
  readonly url: URL;
  /** It is the verifier that this device is enrolled with. */
  readonly enrolled: boolean;
  health: Health | null;
}

/**
 * Goes to the verifier step by step and says what each step found; the first one that fails ends it. Nothing is sent
 * but questions about the connection.
 *
 * @param address null: the verifier that this device is enrolled with
 */
export async function testConnection(parts: Parts, address: string | null): Promise<Result<ConnectionReport, Failure>> {
  const setting = parts.installation.settings.read('verifier');
  if (!setting.ok) return setting;
  const kept = setting.value.address;
  const parsed = parseOrigin(address ?? kept ?? '');
  const first = timed(
    'address',
    performance.now(),
    parsed.ok ? good({ origin: parsed.value.origin }) : failed(parsed.error),
  );
  if (!parsed.ok) return ok({ findings: [first, ...notTried(CONNECTION_STEPS.slice(1))] });
  const enrolled = setting.value.enrolment !== null && parsed.value.origin === kept;
  const testing: Testing = { parts, url: parsed.value, enrolled, health: null };
  const findings: ConnectionFinding[] = [first];
  for (const step of CONNECTION_STEPS.slice(1)) {
    const beganMs = performance.now();
    const finding = timed(step, beganMs, await outcomeOf(step, testing));
    findings.push(finding);
    if (finding.state === 'failed') break;
  }
  return ok({ findings: [...findings, ...notTried(CONNECTION_STEPS.slice(findings.length))] });
}

function timed(step: ConnectionStep, beganMs: number, outcome: StepOutcome): ConnectionFinding {
  const tookMs = outcome.state === 'not-needed' ? null : Math.round(performance.now() - beganMs);
  return { step, ...outcome, tookMs };
}

async function outcomeOf(step: ConnectionStep, testing: Testing): Promise<StepOutcome> {
  const { url, parts } = testing;
  switch (step) {
    case 'address':
      return good({ origin: url.origin });
    case 'name':
      return resolveName(url);
    case 'tcp':
      return openPort(url);
    case 'tls':
      return checkCertificate(url, parts.clock.wallMs());
    case 'http':
      return speaksHttp(url);
    case 'protocol': {
      const { outcome, health } = await speaksProtocol(url.origin);
      testing.health = health;
      return outcome;
    }
    case 'clock':
      return clockOutcome(testing);
    case 'server-key':
      return serverKeyOutcome(testing);
    case 'device-key':
      return deviceKeyOutcome(testing);
    case 'round-trip':
      return roundTripOutcome(testing);
  }
}

function clockOutcome({ parts, health }: Testing): StepOutcome {
  if (health === null) return NOT_NEEDED;
  const offsetMs = Math.round(health.serverTimeMs - parts.clock.wallMs());
  return { state: Math.abs(offsetMs) > CLOCK_WARNING_MS ? 'warning' : 'good', facts: { offsetMs }, failure: null };
}

/** Compares with the key that was trusted at the enrolment; a newer one counts where that one vouches for it. */
function serverKeyOutcome({ parts, health, enrolled }: Testing): StepOutcome {
  if (health === null) return NOT_NEEDED;
  const fingerprint = fingerprintOf(health.serverKey);
  const facts = { fingerprint, keyId: health.serverKeyId };
  if (!enrolled) return { ...NOT_NEEDED, facts };
  const setting = parts.installation.settings.read('verifier');
  if (!setting.ok) return failed(setting.error);
  const { enrolment } = setting.value;
  if (enrolment === null) return { ...NOT_NEEDED, facts };
  const pinned = fingerprintOf(enrolment.serverKey);
  if (pinned === fingerprint) return good({ ...facts, pinned });
  const vouched = vouchedServerKeys({ keyId: enrolment.serverKeyId, jwk: enrolment.serverKey }, health);
  return vouched === null ? failed(failure('verifier.other-key'), { ...facts, pinned }) : good({ ...facts, pinned });
}

/** Whether a request that this device has signed is taken. */
async function deviceKeyOutcome({ parts, enrolled }: Testing): Promise<StepOutcome> {
  const client = enrolled ? parts.sync.client() : null;
  if (client === null) return NOT_NEEDED;
  const probed = await client.probe();
  const facts = { keyId: parts.installation.identity.keyId() };
  return probed.ok ? good(facts) : failed(probed.error.failure, facts);
}

async function roundTripOutcome({ parts, enrolled, url }: Testing): Promise<StepOutcome> {
  const client = enrolled ? parts.sync.client() : null;
  const times: number[] = [];
  for (let round = 0; round < ROUND_TRIPS; round++) {
    const beganMs = performance.now();
    const answered =
      client === null ? (await speaksProtocol(url.origin)).outcome.failure : problemOf(await client.probe());
    if (answered) return failed(answered);
    times.push(performance.now() - beganMs);
  }
  times.sort((a, b) => a - b);
  return good({ medianMs: Math.round(times[Math.floor(times.length / 2)] ?? 0), rounds: ROUND_TRIPS });
}

function problemOf(probed: Result<null, { readonly failure: Failure }>): Failure | null {
  return probed.ok ? null : probed.error.failure;
}
