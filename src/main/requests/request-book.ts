import type { Clock } from '../../shared/clock.ts';
import {
  REQUEST_LIFETIME_MS,
  type CertificationRequest,
  type IssuedRequest,
  type NewRequest,
  type RequestInputs,
} from '../../shared/domain/certification-request.ts';
import { maskName } from '../../shared/domain/masking.ts';
import { INPUTS } from '../../shared/domain/scheme.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { checkFaces } from './face-rules.ts';
import { checkConsent, checkInputs, needsNobody } from './input-rules.ts';
import type { FindFaces, KeptRequest, RequestInputStore, RequestRows, ResolveScene } from './ports.ts';
import { schemeHash, tokenHash } from './scheme-hash.ts';

/** What a certification takes of a request that it carries out. */
export interface BegunRequest {
  readonly request: KeptRequest;
  readonly inputs: RequestInputs;
}

/** Requests of callers, from the moment that they are made until a certification has taken them. */
export interface RequestBook {
  /**
   * Checks what a caller gives and keeps it encrypted; the token is given once and kept nowhere. A failure names field
   * and limit and leaves nothing behind.
   */
  make(asked: NewRequest): Promise<Result<IssuedRequest, Failure>>;
  /**
   * Takes a request for a certification, once.
   *
   * @returns `request.unknown`, `request.expired`, `request.used`, `request.passed`, `scene.changed`, a store failure
   */
  begin(requestId: string, certifyId: string): Result<BegunRequest, Failure>;
  find(requestId: string): Result<CertificationRequest, Failure>;
  findByToken(token: string): Result<CertificationRequest, Failure>;
  /** The newest of an order; `sceneId` null: of whatever scene. */
  findByOrder(orderId: string, sceneId: string | null): Result<CertificationRequest, Failure>;
  withdraw(requestId: string): Promise<Result<CertificationRequest, Failure>>;
  list(offset: number, limit: number): Result<{ total: number; rows: readonly CertificationRequest[] }, Failure>;
  /** Its certification has its record: what the caller gave is destroyed. */
  ended(requestId: string): Promise<Result<boolean, Failure>>;
  /** Ends what is over, and at the start also what was under way when the program ended. Gives how many ended. */
  sweep(atStart: boolean): Promise<Result<number, Failure>>;
}

export interface RequestBookParts {
  readonly rows: RequestRows;
  readonly inputs: RequestInputStore;
  readonly resolve: ResolveScene;
  readonly findFaces: FindFaces;
  readonly subjectKey: (number: string) => string;
  readonly clock: Clock;
  readonly today: () => string;
  /** A UUID version 7. */
  readonly newRequestId: (nowMs: number) => string;
  readonly randomBytes: (length: number) => Uint8Array;
}

const TOKEN_BYTES = 32;

/**
 * What a caller gives is on the disk before the request is, which lives for `REQUEST_LIFETIME_MS`. A token is 256
 * random bits; only its hash is kept.
 */
export function createRequestBook(parts: RequestBookParts): RequestBook {
  const { rows, inputs, clock } = parts;
  const shown = (kept: KeptRequest): CertificationRequest => shownAt(kept, clock.wallMs());
  const shownOrUnknown = (found: Result<KeptRequest | null, Failure>): Result<CertificationRequest, Failure> => {
    if (!found.ok) return found;
    return found.value === null ? err(failure('request.unknown')) : ok(shown(found.value));
  };
  return {
    make: (asked) => make(parts, asked),
    begin: (requestId, certifyId) => begin(parts, requestId, certifyId),
    find: (requestId) => shownOrUnknown(rows.find(requestId)),
    findByToken: (token) => shownOrUnknown(rows.findByToken(tokenHash(token))),
    findByOrder: (orderId, sceneId) => shownOrUnknown(rows.findByOrder(orderId, sceneId)),
    withdraw: async (requestId) => {
      const withdrawn = rows.withdraw(requestId);
      if (!withdrawn.ok) return withdrawn;
      const gone = await inputs.destroy(requestId, 'not-kept');
      return gone.ok ? ok(shown(withdrawn.value)) : gone;
    },
    list: (offset, limit) => {
      const page = rows.list(offset, limit);
      return page.ok ? ok({ total: page.value.total, rows: page.value.rows.map(shown) }) : page;
    },
    ended: (requestId) => inputs.destroy(requestId, 'ended'),
    sweep: async (atStart) => {
      const interrupted = atStart ? rows.endInterrupted() : ok([]);
      if (!interrupted.ok) return interrupted;
      const expired = rows.expire(clock.wallMs());
      if (!expired.ok) return expired;
      const ended = [...interrupted.value, ...expired.value];
      for (const requestId of ended) {
        const gone = await inputs.destroy(requestId, 'not-kept');
        if (!gone.ok) return gone;
      }
      const swept = atStart ? await inputs.sweep() : ok(0);
      return swept.ok ? ok(ended.length) : swept;
    },
  };
}

async function make(parts: RequestBookParts, asked: NewRequest): Promise<Result<IssuedRequest, Failure>> {
  const { rows, inputs, clock } = parts;
  const resolved = parts.resolve(asked.sceneId);
  if (!resolved.ok) return resolved;
  const { scheme } = resolved.value;
  const unattended = needsNobody(scheme, asked.inputs) && asked.consent !== undefined;
  const refused =
    checkInputs(scheme, asked.inputs, parts.today()) ??
    checkConsent(scheme, asked.consent) ??
    (await checkFaces(asked.inputs, parts.findFaces, scheme.severalFaces));
  if (refused) return err(refused);
  const nowMs = clock.wallMs();
  const requestId = parts.newRequestId(nowMs);
  const expiresAtMs = nowMs + REQUEST_LIFETIME_MS;
  const kept = await inputs.keep(requestId, asked.inputs, expiresAtMs);
  if (!kept.ok) return kept;
  const token = Buffer.from(parts.randomBytes(TOKEN_BYTES)).toString('base64url');
  const row: Omit<KeptRequest, 'state' | 'certifyId' | 'verdict'> = {
    requestId,
    sceneId: asked.sceneId,
    scheme: scheme.id,
    schemeHash: schemeHash(resolved.value),
    orderId: asked.orderId,
    inputs: INPUTS.filter((input) => asked.inputs[input] !== undefined),
    ...(asked.inputs.name === undefined ? {} : { nameMasked: maskName(asked.inputs.name) }),
    consent: unattended || scheme.actor === 'caller' ? (asked.consent ?? null) : null,
    createdAtMs: nowMs,
    expiresAtMs,
  };
  const subjectKey = asked.inputs.number === undefined ? null : parts.subjectKey(asked.inputs.number);
  const issued = rows.issue({ ...row, tokenHash: tokenHash(token), subjectKey });
  if (!issued.ok) {
    await inputs.destroy(requestId, 'not-kept');
    return issued;
  }
  for (const replaced of issued.value) await inputs.destroy(replaced, 'not-kept');
  return ok({ request: shownAt({ ...row, state: 'waiting', certifyId: null }, nowMs), token });
}

function begin(parts: RequestBookParts, requestId: string, certifyId: string): Result<BegunRequest, Failure> {
  const { rows, clock } = parts;
  const found = rows.find(requestId);
  if (!found.ok) return found;
  if (found.value === null) return err(failure('request.unknown'));
  // Before it is taken: what can't be read is no reason to spend the request.
  const isOpen = found.value.state === 'waiting';
  const inputs = isOpen ? parts.inputs.read(requestId) : ok(null);
  if (!inputs.ok) return inputs;
  const resolved = parts.resolve(found.value.sceneId);
  if (!resolved.ok) return resolved.error.code === 'scene.unknown' ? err(failure('scene.changed')) : resolved;
  const begun = rows.begin(requestId, { certifyId, nowMs: clock.wallMs(), schemeHash: schemeHash(resolved.value) });
  if (!begun.ok) return begun;
  if (inputs.value === null) return err(failure('store.corrupt', 'the inputs of a request are gone'));
  return ok({ request: begun.value, inputs: inputs.value });
}

/** A request without what is only for this program. One whose time is over has expired, swept or not. */
function shownAt(kept: KeptRequest, nowMs: number): CertificationRequest {
  const { requestId, sceneId, scheme, orderId, inputs, createdAtMs, expiresAtMs, certifyId } = kept;
  const isOver = nowMs >= expiresAtMs || createdAtMs > nowMs + REQUEST_LIFETIME_MS;
  const state = kept.state === 'waiting' && isOver ? 'expired' : kept.state;
  return {
    ...{ requestId, sceneId, scheme, orderId, state, inputs, createdAtMs, expiresAtMs, certifyId },
    ...(kept.nameMasked === undefined ? {} : { nameMasked: kept.nameMasked }),
    ...(kept.verdict === undefined ? {} : { verdict: kept.verdict }),
  };
}
