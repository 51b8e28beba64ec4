import type {
  CertificationRequest,
  IssuedRequest,
  NewRequest,
  RequestVerdict,
} from '../../../shared/domain/certification-request.ts';
import type { CertificationResult } from '../../../shared/domain/certification-result.ts';
import { failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Failure } from '../../../shared/reasons.ts';
import type { AdminSchemeAnswers } from '../../../shared/ipc/admin-schemes.ts';
import type { GalleryCase } from './gallery-case.ts';
import { NOW_MS } from './fixture-records.ts';

function idOf(index: number): string {
  return `019aa0c0-0000-7000-8000-00000000${String(index).padStart(4, '0')}`;
}

const PLAIN = [
  ['waiting', 'registration', 'ID_PRO', ['name', 'number']],
  ['waiting', 'coupon-2026', 'RPMin', ['name', 'number', 'face']],
  ['running', 'counter', 'CounterCard', []],
  ['submitted', 'counter', 'CounterCard', ['name', 'number']],
  ['submitted', 'registration', 'ID_PRO', ['name', 'number']],
  ['expired', 'counter', 'CounterCard', []],
  ['withdrawn', 'coupon-2026', 'RPMin', ['name', 'number', 'face', 'cardFront']],
] as const;

const VERDICTS: readonly RequestVerdict[] = [
  { state: 'passed', reason: 'ok.confirmed', underReview: false },
  { state: 'review', reason: 'verification.pending', underReview: true },
  { state: 'failed', reason: 'identity.mismatch', underReview: false },
];

function requestOf(index: number): CertificationRequest {
  const [state, sceneId, scheme, inputs] = PLAIN[index % PLAIN.length]!;
  const createdAtMs = NOW_MS - 120_000 - index * 613_000;
  return {
    requestId: idOf(9000 + index),
    sceneId,
    scheme,
    orderId: `ORD-20261121-${String(4120 - index)}`,
    state,
    inputs: [...inputs],
    createdAtMs,
    expiresAtMs: createdAtMs + 30 * 60_000,
    certifyId: state === 'submitted' ? idOf(100 + index) : null,
    ...(inputs.length > 0 && state !== 'expired' && state !== 'withdrawn' ? { nameMasked: '测*员' } : {}),
    ...(state === 'submitted' ? { verdict: VERDICTS[index % VERDICTS.length]! } : {}),
  };
}

/** Passed and decided, or under review after the verifier could not decide. */
export function fixtureResult(certifyId: string, which: GalleryCase): CertificationResult {
  const isOpen = which === 'troubled';
  return {
    certifyId,
    requestId: idOf(9003),
    orderId: 'ORD-20261121-4117',
    sceneId: 'registration',
    scheme: 'ID_PRO',
    state: isOpen ? 'review' : 'passed',
    reason: isOpen ? 'verification.pending' : 'ok.confirmed',
    basis: isOpen ? 'local' : 'authority',
    provisional: isOpen,
    underReview: isOpen,
    decidedAtMs: NOW_MS - 95_000,
    liveness: {
      verdict: 'live',
      reasons: [],
      codeCorrelation: 0.968,
      lagMs: 117,
      spoofMedian: 0.981,
      spoofFrames: 12,
      continuity: 0.871,
      lightFrames: 84,
    },
    comparison: isOpen
      ? null
      : { similarity: 0.612, score: 93.4, far: 1e-4, kind: 'live-chip', outcome: 'match', threshold: 90 },
    scores: isOpen ? [] : [{ kind: 'authority', value: 86.21, scale: 100, threshold: 70 }],
    outcome: isOpen
      ? null
      : {
          state: 'passed',
          reason: 'ok.confirmed',
          retry: 'none',
          retryAfterMs: null,
          basis: 'authority',
          scores: [],
          vendor: {
            name: 'aliyun',
            operation: 'ContrastFaceVerify',
            code: '200',
            message: 'success',
            requestId: '5A6229C0-E156-48E4-B6EC-0F528BDF60D2',
            billed: true,
          },
        },
    handOff: null,
    risk: isOpen ? [{ rule: 'person-attempts', kind: 'person-attempts', effect: 'review', measured: 6, limit: 5 }] : [],
    materials: [
      { name: 'best-frame', bytes: 148_213, keptUntilMs: NOW_MS + 86_400_000 },
      { name: 'clip', bytes: 2_413_880, keptUntilMs: NOW_MS + 86_400_000 },
    ],
    receiptHash: '4f1d9c3e7a'.repeat(7).slice(0, 64),
    simulated: false,
  };
}

/** Numbers and names as long and as odd as they may be. */
const ODD_ROWS: readonly Partial<CertificationRequest>[] = [
  {},
  { orderId: 'ORDER-'.repeat(10) + 'LONG', nameMasked: '李'.repeat(60) },
  { nameMasked: '王' },
  { nameMasked: '<b>x</b>' },
  { nameMasked: '=cmd|x 🦊' },
];

/** Requests of the gallery's terminal, which remembers what was made, called and withdrawn. */
export class FixtureRequests {
  readonly #which: GalleryCase;
  #rows: readonly CertificationRequest[];
  #called: string | null;

  constructor(which: GalleryCase) {
    this.#which = which;
    this.#rows =
      which === 'empty'
        ? []
        : Array.from({ length: 34 }, (_, index) => ({
            ...requestOf(index),
            ...(which === 'troubled' ? ODD_ROWS[index] : {}),
          }));
    this.#called = which === 'troubled' ? idOf(9000) : null;
  }

  list(offset: number, limit: number): AdminSchemeAnswers['admin:requests'] {
    return { total: this.#rows.length, rows: this.#rows.slice(offset, offset + limit), called: this.#called };
  }

  make(asked: NewRequest): Result<IssuedRequest, Failure> {
    if (this.#which === 'troubled') return err(failure('picture.no-face', 'face'));
    const request: CertificationRequest = {
      ...requestOf(0),
      requestId: idOf(9900 + this.#rows.length),
      sceneId: asked.sceneId,
      orderId: asked.orderId,
      inputs: Object.keys(asked.inputs),
      createdAtMs: NOW_MS,
      expiresAtMs: NOW_MS + 30 * 60_000,
    };
    this.#rows = [request, ...this.#rows];
    return ok({ request, token: 'fixture-token-of-43-characters-abcdefghijkl' });
  }

  call(requestId: string | null): null {
    this.#called = requestId;
    return null;
  }

  run(requestId: string): Result<CertificationResult, Failure> {
    if (this.#which === 'troubled') return err(failure('verifier.unreachable', 'connection refused'));
    this.#put(requestId, { state: 'submitted', certifyId: idOf(100) });
    return ok(fixtureResult(idOf(100), this.#which));
  }

  withdraw(requestId: string): CertificationRequest {
    this.#put(requestId, { state: 'withdrawn' });
    return this.#rows.find((row) => row.requestId === requestId) ?? requestOf(0);
  }

  #put(requestId: string, change: Partial<CertificationRequest>): void {
    this.#rows = this.#rows.map((row) => (row.requestId === requestId ? { ...row, ...change } : row));
  }
}
