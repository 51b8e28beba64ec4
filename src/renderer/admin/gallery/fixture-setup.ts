import { DEFAULT_SETUP, type Setup } from '../../../shared/domain/terminal-state.ts';
import type { ConnectionFinding } from '../../../shared/ipc/admin-connection.ts';
import type { ThresholdEffect } from '../../../shared/ipc/admin-effect.ts';
import type { ADMIN_SETUP_CHANNELS, SetupTest } from '../../../shared/ipc/admin-setup.ts';
import { failure } from '../../../shared/reasons.ts';
import { err, ok } from '../../../shared/result.ts';
import type { AreaFixture } from './area-fixture.ts';
import { NOW_MS } from './fixture-records.ts';
import type { GalleryCase } from './gallery-case.ts';

/** Finished long ago; `#setup` opens it all the same. */
const FINISHED: Setup = { ...DEFAULT_SETUP, finishedAtMs: NOW_MS - 8 * 24 * 3_600_000 };
const FINGERPRINT = '7d9c2b41f0a35e86c4419b0d22f7e8a15be07a92d3c4410f8e6b5a7c91d20f34';

/** The gallery's address can open the set-up at a step. */
function setupNow(which: GalleryCase): Setup {
  const asked = new URLSearchParams(location.search).get('step');
  const at = asked === null ? saved.at : (asked as Setup['at']);
  const outcomes: Setup['outcomes'] =
    which === 'empty' ? {} : { language: 'done', camera: 'done', reader: which === 'troubled' ? 'skipped' : 'done' };
  return { ...saved, at, outcomes: { ...outcomes, ...saved.outcomes } };
}

let saved: Setup = FINISHED;
let test: SetupTest = { state: 'none' };

const CERTIFY_ID = '019a7e5c-3f20-7c11-9d2e-6b1f0a2c4d5e';

function endedTest(which: GalleryCase): SetupTest {
  return {
    state: 'ended',
    certifyId: CERTIFY_ID,
    ...(which === 'troubled'
      ? { verdict: 'error', reason: 'challenge.incomplete', detail: 'ambient 0.81, limit 0.60' }
      : { verdict: 'passed', reason: 'ok.matched', detail: null }),
    tookMs: 9_840,
    simulated: which !== 'normal',
  };
}

function found(step: ConnectionFinding['step'], facts: ConnectionFinding['facts'], tookMs: number): ConnectionFinding {
  return { step, state: 'good', facts, failure: null, tookMs };
}

function findings(which: GalleryCase): readonly ConnectionFinding[] {
  const reached = [
    found('address', { origin: 'https://verifier.example' }, 0),
    found('name', { addresses: '192.0.2.17' }, 12),
    found('tcp', { port: 443 }, 18),
    found(
      'tls',
      {
        tlsVersion: 'TLSv1.3',
        subject: 'verifier.example',
        issuer: 'Example CA',
        validTo: '2027-06-30',
        daysLeft: 221,
      },
      41,
    ),
    found('http', { status: 200 }, 33),
  ];
  if (which === 'troubled') {
    return [
      ...reached.slice(0, 3),
      {
        step: 'tls',
        state: 'failed',
        facts: {},
        failure: failure('verifier.unreachable', 'CERT_HAS_EXPIRED'),
        tookMs: 37,
      },
      ...(['http', 'protocol', 'clock', 'server-key', 'device-key', 'round-trip'] as const).map(
        (step): ConnectionFinding => ({ step, state: 'not-tried', facts: {}, failure: null, tookMs: null }),
      ),
    ];
  }
  return [
    ...reached,
    found('protocol', { protocol: 'kv1' }, 35),
    { ...found('clock', { offsetMs: -84_120 }, 0), state: 'warning' },
    found('server-key', { fingerprint: FINGERPRINT, pinned: FINGERPRINT, keyId: 'server-7d9c2b41:k1' }, 0),
    found('device-key', { keyId: 'dev_7q4k2:k1' }, 44),
    found('round-trip', { medianMs: 38, rounds: 3 }, 118),
  ];
}

/** Most comparisons of one's own card, and a tail of doubtful ones. */
const HISTOGRAM = [0, 1, 2, 4, 3, 2, 3, 2, 3, 4, 4, 5, 6, 6, 9, 13, 21, 38, 96, 190];

function effect(which: GalleryCase): ThresholdEffect {
  const few = which === 'troubled';
  const none = which === 'empty';
  const comparisons = none ? 0 : few ? 12 : 412;
  const rate = (far: number, passed: number, review: number, refused: number) => ({ far, passed, review, refused });
  return {
    comparisons,
    kind: none ? null : 'live-chip',
    oldestAtMs: none ? null : NOW_MS - 26 * 24 * 3_600_000,
    newestAtMs: none ? null : NOW_MS - 3_600_000,
    rates: none
      ? [0.01, 0.001, 0.0001, 0.00001].map((far) => rate(far, 0, 0, 0))
      : few
        ? [rate(0.01, 11, 0, 1), rate(0.001, 11, 0, 1), rate(0.0001, 10, 1, 1), rate(0.00001, 8, 3, 1)]
        : [rate(0.01, 382, 0, 30), rate(0.001, 354, 0, 58), rate(0.0001, 324, 30, 58), rate(0.00001, 286, 68, 58)],
    histogram: none ? HISTOGRAM.map(() => 0) : few ? HISTOGRAM.map((_n, at) => (at > 16 ? 4 : 0)) : HISTOGRAM,
  };
}

/** What the gallery's terminal answers about the first set-up. */
export const setupFixture: AreaFixture<typeof ADMIN_SETUP_CHANNELS> = {
  'admin:setup': (_request, which) => ok(setupNow(which)),
  'admin:save-setup': (progress, which) => {
    saved = { ...saved, ...progress };
    return ok({ ...setupNow(which), ...progress });
  },
  'admin:finish-setup': () => {
    saved = { ...saved, at: 'language', finishedAtMs: NOW_MS };
    return ok(saved);
  },
  'admin:setup-test': (_request, which) => {
    if (which === 'failing') return err(failure('store.unavailable'));
    const asked = new URLSearchParams(location.search).get('test');
    return ok(asked === 'ended' ? endedTest(which) : test);
  },
  'admin:start-setup-test': (_request, which) => {
    if (which === 'troubled') return err(failure('setup.not-idle', 'maintenance'));
    test = { state: 'running', certifyId: CERTIFY_ID, screen: 'position', startedAtMs: NOW_MS - 7_000 };
    return ok(test);
  },
  'admin:stop-setup-test': (_request, which) => {
    test = endedTest(which);
    return ok(test);
  },
  'admin:test-connection': (_request, which) => ok({ findings: findings(which) }),
  'admin:verifier-key': (_request, which) =>
    which === 'troubled'
      ? err(failure('verifier.unreachable', 'ENOTFOUND'))
      : ok({ address: 'https://verifier.example', keyId: 'server-7d9c2b41:k1', fingerprint: FINGERPRINT }),
  'admin:threshold-effect': (_request, which) =>
    which === 'failing' ? err(failure('inference.unavailable', 'models are loading')) : ok(effect(which)),
};
