import { createHash, type webcrypto } from 'node:crypto';
import { exportJWK, generateKeyPair, compactDecrypt } from 'jose';
import { canonicalJson } from '../../src/shared/canonical-json.ts';
import {
  SESSION_PATHS,
  type ArtifactName,
  type DecisionBody,
  type SessionAnswer,
  type SessionRequest,
  type SignedDecision,
} from '../../src/shared/protocol/kv1-sessions.ts';
import { KV1_PATHS } from '../../src/shared/protocol/kv1.ts';
import { problemAnswer, type PlainAnswer, type SeenRequest, type SigningKey } from './signed-answers.ts';

export interface ModelSession {
  readonly request: SessionRequest;
  readonly arrived: Map<ArtifactName, Buffer>;
  state: SessionAnswer['state'];
  identity: unknown;
  decision: SignedDecision | null;
  submits: number;
  retries: number;
}

export interface SessionModel {
  readonly sessions: Map<string, ModelSession>;
  /** What is decided on submitting; null leaves it `submitted`, `unknown` as an unknown outcome. */
  decide: (session: ModelSession) => Partial<DecisionBody> | null | 'unknown';
  answer(request: SeenRequest): Promise<PlainAnswer>;
  signDecision(session: ModelSession, changes?: Partial<DecisionBody>, key?: SigningKey): SignedDecision;
}

/** Sessions of kv1 in memory: whatever is opened, uploaded and submitted is decided. */
export function createSessionModel(key: SigningKey): SessionModel {
  const sessions = new Map<string, ModelSession>();
  const sealing = generateKeyPair('ECDH-ES', { crv: 'X25519', extractable: true });
  const self: SessionModel = {
    sessions,
    decide: () => ({}),
    signDecision: (session, changes = {}, by = key) => {
      const body = decisionBody(session, changes);
      return { body, server: by.sign(canonicalJson(body)) };
    },
    answer: async (request) => {
      const [path = '', query = ''] = request.url.split('?');
      if (path === KV1_PATHS.policy)
        return { status: 200, value: { policyVersion: 1, maxBatchItems: 50, maxAgeMs: 1 } };
      if (path === SESSION_PATHS.sessions)
        return done(open(sessions, JSON.parse(String(request.body)) as SessionRequest));
      const [, id = '', rest = ''] = /^\/v1\/sessions\/([\w-]{36})(.*)$/.exec(path) ?? [];
      const session = sessions.get(id);
      if (session === undefined) return problemAnswer(404, 'not_found');
      if (rest.startsWith('/artifacts/')) return upload(session, rest.slice(11) as ArtifactName, request, query);
      if (rest === '/artifacts') return { status: 200, value: deletion(session, key) };
      if (rest === ':submit') return done(await submit(self, session, request, (await sealing).privateKey));
      if (rest === ':retry') return done(retry(self, session));
      return done(session);
    },
  };
  const done = async (session: ModelSession | PlainAnswer): Promise<PlainAnswer> =>
    'value' in session ? session : { status: 200, value: await answerOf(session, (await sealing).publicKey) };
  return self;
}

function open(sessions: Map<string, ModelSession>, request: SessionRequest): ModelSession {
  const known = sessions.get(request.sessionId);
  if (known !== undefined) return known;
  const arrived = new Map(request.artifacts.map(({ name }) => [name, Buffer.alloc(0)]));
  const counts = { submits: 0, retries: 0 };
  const session: ModelSession = { request, arrived, state: 'open', identity: null, decision: null, ...counts };
  sessions.set(request.sessionId, session);
  return session;
}

function upload(session: ModelSession, name: ArtifactName, { method, body }: SeenRequest, query: string): PlainAnswer {
  const before = session.arrived.get(name);
  if (before === undefined) return problemAnswer(404, 'artifact_unexpected');
  const offset = method === 'PUT' ? 0 : Number(new URLSearchParams(query).get('offset'));
  if (offset !== before.length) {
    return problemAnswer(409, 'artifact_offset', { retryable: true, detail: `continue at ${before.length}` });
  }
  session.arrived.set(name, Buffer.concat([before, body]));
  return { status: 200, value: { name, bytes: 0, received: offset + body.length } };
}

async function submit(
  model: SessionModel,
  session: ModelSession,
  { body }: SeenRequest,
  key: webcrypto.CryptoKey,
): Promise<ModelSession | PlainAnswer> {
  if (session.state !== 'open') return session;
  for (const { name, sha256 } of session.request.artifacts) {
    const hash = createHash('sha256')
      .update(session.arrived.get(name) ?? '')
      .digest('hex');
    if (hash !== sha256) return problemAnswer(409, 'artifacts_missing', { retryable: true });
  }
  const { identity } = JSON.parse(String(body)) as { identity: string | null };
  if (identity !== null) {
    session.identity = JSON.parse(Buffer.from((await compactDecrypt(identity, key)).plaintext).toString('utf8'));
  }
  session.submits += 1;
  return settle(model, session);
}

function retry(model: SessionModel, session: ModelSession): ModelSession | PlainAnswer {
  if (session.state !== 'unknown-outcome') return problemAnswer(409, 'session_state');
  session.retries += 1;
  return settle(model, session);
}

function settle(model: SessionModel, session: ModelSession): ModelSession {
  const decided = model.decide(session);
  if (decided === null) session.state = 'submitted';
  else if (decided === 'unknown') session.state = 'unknown-outcome';
  else {
    session.decision = model.signDecision(session, decided);
    session.state = 'decided';
  }
  return session;
}

function decisionBody({ request }: ModelSession, changes: Partial<DecisionBody>): DecisionBody {
  const { sessionId, certifyId, check } = request;
  return {
    v: 1,
    sessionId,
    certifyId,
    check,
    revision: 1,
    state: 'passed',
    reason: 'ok.confirmed',
    basis: 'authority',
    retry: 'none',
    scores: [],
    vendor: null,
    decidedBy: ['verifier'],
    artifacts: Object.fromEntries(request.artifacts.map(({ name, sha256 }) => [name, sha256])),
    decidedAtMs: 1,
    policyVersion: 1,
    eraseAfterMs: 1,
    ...changes,
  };
}

async function answerOf(session: ModelSession, publicKey: webcrypto.CryptoKey): Promise<SessionAnswer> {
  const { request, state, decision, arrived } = session;
  const { x = '' } = await exportJWK(publicKey);
  return {
    sessionId: request.sessionId,
    certifyId: request.certifyId,
    state,
    expiresAtMs: 1,
    sealingKey: { kid: 'seal-test:k1', kty: 'OKP', crv: 'X25519', x },
    artifacts: request.artifacts.map(({ name, bytes }) => ({ name, bytes, received: arrived.get(name)?.length ?? 0 })),
    askAgainAfterMs: state === 'submitted' ? 50 : null,
    decision,
    fields: null,
    reviewsNeeded: 0,
  };
}

function deletion({ request }: ModelSession, key: SigningKey): unknown {
  const body = {
    v: 1,
    kind: 'artifacts',
    of: request.sessionId,
    sessions: [request.sessionId],
    erased: request.artifacts.map(({ name, sha256 }) => ({ name, sha256 })),
    vendors: [],
    why: 'acknowledged',
    erasedAtMs: 1,
  };
  return { body, server: key.sign(canonicalJson(body)) };
}
