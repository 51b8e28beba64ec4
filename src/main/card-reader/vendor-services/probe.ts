import type { ReaderCandidate } from '../../../shared/domain/reader-diagnosis.ts';
import {
  HTTP_SERVICE_DIALECTS,
  WEB_SOCKET_SERVICE_DIALECTS,
  type ServiceDialect,
} from '../../../shared/domain/reader-transport.ts';
import { USUAL_SERVICE_ADDRESSES } from '../../../shared/domain/service-address.ts';
import { systemTiming, type Timing } from '../timing.ts';
import { EST_LABEL } from './est.ts';
import { EstService } from './est-service.ts';
import type { Question } from './http-dialect.ts';
import { httpExchange } from './http-exchange.ts';
import { checkListening, portOf } from './loopback.ts';
import { HTTP_DIALECTS, type ServiceTransport } from './vendor-service-source.ts';

/** A connection on this machine is there in a millisecond or not at all. */
const CONNECT_TIMEOUT_MS = 300;
const WORD_TIMEOUT_MS = 1_000;

export interface ProbeOptions {
  /** Where to look instead of the usual address. */
  readonly addresses?: Partial<Readonly<Record<ServiceDialect, string>>>;
  readonly timing?: Timing;
}

/**
 * Which vendors' services listen on this machine, all looked for at once. No device is opened and no card is read: the
 * services that have a question about themselves are asked it, and are `known` when they answer as they should. Of the
 * others only the port is known, and anything may listen there.
 */
export async function probeServices(options: ProbeOptions = {}): Promise<readonly ReaderCandidate[]> {
  const { addresses = {}, timing = systemTiming } = options;
  const transports: readonly ServiceTransport[] = [
    ...HTTP_SERVICE_DIALECTS.map(
      (dialect) => ({ kind: 'vendor-http', dialect, address: addresses[dialect] ?? usual(dialect) }) as const,
    ),
    ...WEB_SOCKET_SERVICE_DIALECTS.map(
      (dialect) => ({ kind: 'vendor-ws', dialect, address: addresses[dialect] ?? usual(dialect) }) as const,
    ),
  ];
  const found = await Promise.all(transports.map((transport) => probe(transport, timing)));
  return found.filter((candidate) => candidate !== null);
}

async function probe(transport: ServiceTransport, timing: Timing): Promise<ReaderCandidate | null> {
  const address = new URL(transport.address);
  if (!(await checkListening(address, timing, CONNECT_TIMEOUT_MS)).ok) return null;
  const name = transport.kind === 'vendor-ws' ? EST_LABEL : HTTP_DIALECTS[transport.dialect].label;
  const known = transport.kind === 'vendor-ws' ? await knowsEst(address, timing) : await knowsHttp(transport, timing);
  return { transport, label: `${name}, port ${portOf(address)}`, device: null, known };
}

async function knowsHttp(
  transport: Extract<ServiceTransport, { kind: 'vendor-http' }>,
  timing: Timing,
): Promise<boolean> {
  const { version, status, samId } = HTTP_DIALECTS[transport.dialect];
  const question: Question<unknown> | null = version ?? status ?? samId;
  if (!question) return false;
  const call = { ...question.call, timeoutMs: WORD_TIMEOUT_MS };
  const answer = await httpExchange(new URL(transport.address), timing)(call, new AbortController().signal);
  if (!answer.ok) return false;
  const parsed = question.parse(answer.value);
  // A service that says that its reader isn't ready is the service all the same.
  return parsed.ok || parsed.error.code === 'reader.service-refused';
}

async function knowsEst(address: URL, timing: Timing): Promise<boolean> {
  const service = new EstService(address, timing);
  const giveUp = new AbortController();
  const cancel = timing.setTimer(() => giveUp.abort(), WORD_TIMEOUT_MS);
  const opened = await service.open(() => undefined);
  const answered = opened.ok && (await service.checkStatus(giveUp.signal)).ok;
  cancel();
  service.hangUp();
  return answered;
}

function usual(dialect: ServiceDialect): string {
  return USUAL_SERVICE_ADDRESSES[dialect];
}
