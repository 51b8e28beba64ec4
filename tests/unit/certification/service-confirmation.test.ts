import { describe, expect, it } from 'vitest';
import type { AskedConfirmation } from '../../../src/main/certification/ports/verifier.ts';
import { DEFAULT_SCENE, type Scene } from '../../../src/shared/domain/scene.ts';
import type { NewCheck } from '../../../src/shared/protocol/check-delivery.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { err, ok } from '../../../src/shared/result.ts';
import { liveness, sampleActions, sampleAttempt, sampleChallenge, sampleCommitted, sampleDocument } from './samples.ts';
import { jpeg, kiosk, progress, settled, upToLight, type Changes } from './service-host.ts';

const CONFIRMED: Scene = { ...DEFAULT_SCENE, confirmation: 'face-authority' };
const CHECK: NewCheck = {
  sessionId: '01890a5d-ac96-774b-bcce-b302099a8099',
  check: 'face-authority',
  orderId: 'a'.repeat(32),
  bytes: 100,
};

function confirming(changes: Changes = {}, scene: Scene = CONFIRMED) {
  const prepared: AskedConfirmation[] = [];
  const discarded: string[] = [];
  const committed: (readonly [string, NewCheck | undefined])[] = [];
  const host = kiosk({
    ...changes,
    configuration: { scene },
    confirmation: {
      prepare: async (asked) => {
        prepared.push(asked);
        return ok(CHECK);
      },
      discard: async (certifyId) => void discarded.push(certifyId),
      ...changes.confirmation,
    },
    commit: (record, also) => {
      committed.push([record.verdict.reason, also?.check]);
      return ok(sampleCommitted);
    },
  });
  return { ...host, prepared, discarded, committed };
}

async function played(host: ReturnType<typeof confirming>, transmit = true): Promise<string> {
  const certifyId = await upToLight(host, transmit);
  await host.time.pass(700);
  host.service.lightPlayed(certifyId, sampleChallenge.nonce, []);
  await settled();
  await settled();
  return certifyId;
}

describe('a scene that has its verdicts confirmed', () => {
  it('commits the question together with the record of a pass', async () => {
    const host = confirming();
    const certifyId = await played(host);
    expect(host.committed).toEqual([['ok.matched', CHECK]]);
    expect(
      host.prepared.map(({ portrait, clip, ...asked }) => ({ ...asked, portrait: portrait?.length, clip })),
    ).toEqual([
      {
        certifyId,
        check: 'face-authority',
        identity: { name: '样例人', number: '11010519900101002X' },
        portrait: 1,
        clip: null,
      },
    ]);
    expect(host.discarded).toEqual([]);
  });

  it('asks nothing without consent to sending, and the record still stands', async () => {
    const host = confirming();
    await played(host, false);
    expect([host.prepared.length, host.committed]).toEqual([0, [['ok.matched', undefined]]]);
  });

  it('asks nothing where the scene wants no confirmation', async () => {
    const host = confirming({}, DEFAULT_SCENE);
    await played(host);
    expect([host.prepared.length, host.committed]).toEqual([0, [['ok.matched', undefined]]]);
  });

  it('asks nothing about a face that is not the card’s, and destroys what was prepared', async () => {
    const host = confirming({
      inference: {
        compare: async () => ok({ similarity: 0.1, score: 20, far: 1e-4, kind: 'live-chip', outcome: 'no-match' }),
      },
    });
    const certifyId = await played(host);
    expect(host.committed).toEqual([['face.low-similarity', undefined]]);
    expect(host.discarded).toEqual([certifyId]);
  });

  it('asks nothing about somebody who was not found alive', async () => {
    const summary = liveness('spoof', ['liveness.code-mismatch']);
    const host = confirming({
      inference: { judge: async () => ok({ liveness: summary, attempt: sampleAttempt(summary) }) },
    });
    await played(host);
    expect([host.prepared.length, host.committed]).toEqual([0, [['liveness.code-mismatch', undefined]]]);
  });

  it('ends as an error, not as a pass, when the question can not be kept', async () => {
    const host = confirming({ confirmation: { prepare: async () => err(failure('store.full', 'materials')) } });
    await played(host);
    expect(host.committed).toEqual([['store.full', undefined]]);
  });

  it('destroys what was prepared when the person leaves before the commit', async () => {
    let release = (): void => undefined;
    const waiting = new Promise<void>((resolve) => (release = resolve));
    const host = confirming({
      confirmation: {
        prepare: async () => {
          await waiting;
          return ok(CHECK);
        },
      },
    });
    const certifyId = await played(host);
    host.service.act({ type: 'cancel' });
    release();
    await settled();
    expect(host.committed).toEqual([['user.cancelled', undefined]]);
    expect(host.discarded).toEqual([certifyId]);
  });

  it('begins nothing while too much waits for the verifier', () => {
    const host = confirming({ confirmation: { refusal: () => failure('outbox.full', '500 of 500') } });
    expect(host.service.act({ type: 'start' })).toEqual(err(failure('outbox.full', '500 of 500')));
    expect(host.service.view().screen).toBe('attract');
  });

  it('confirms, or calls staff, when the verifier decides while the result is shown', async () => {
    const shown = async (state: 'passed' | 'failed' | 'review' | 'error'): Promise<unknown> => {
      const host = confirming();
      const certifyId = await played(host);
      host.service.decided(certifyId, { state, reason: state === 'passed' ? 'ok.confirmed' : 'face.low-similarity' });
      const view = host.service.view();
      return view.screen === 'result' && [view.result.state, view.result.reason, view.result.provisional];
    };
    expect(await shown('passed')).toEqual(['passed', 'ok.matched', false]);
    expect(await shown('failed')).toEqual(['review', 'authority.contradicts', false]);
    expect(await shown('review')).toEqual(['review', 'authority.contradicts', false]);
    expect(await shown('error')).toEqual(['passed', 'ok.matched', true]);
  });

  it('never makes a pass of what was none', async () => {
    const host = confirming({
      inference: {
        compare: async () => ok({ similarity: 0.3, score: 70, far: 1e-4, kind: 'live-chip', outcome: 'grey' }),
      },
    });
    const certifyId = await played(host);
    expect(host.committed).toEqual([['face.grey-band', CHECK]]);
    host.service.decided(certifyId, { state: 'passed', reason: 'ok.confirmed' });
    const view = host.service.view();
    expect(view.screen === 'result' && view.result.state).toBe('review');
  });

  it('leaves a document that no authority can be asked about to a clerk', async () => {
    const fields = { ...sampleDocument.fields, number: '9110101990010100' };
    const host = confirming({ read: ok({ ...sampleDocument, fields }) });
    await played(host);
    expect([host.prepared.length, host.committed]).toEqual([0, [['authority.not-asked', undefined]]]);
  });

  it('knows when the person blinked for the clip that the verifier is shown', async () => {
    const liveness = { mode: 'action', fallback: [], actions: 2 } as const;
    const done = { kind: 'action', action: null, index: 1, count: 1, done: 0, hint: null, ended: true } as const;
    const answers = [progress, done];
    const host = confirming(
      {
        challenge: sampleActions,
        inference: { challengeFrame: async () => ok(answers.shift() ?? done) },
      },
      { ...CONFIRMED, confirmation: 'video-authority', liveness },
    );
    const certifyId = await upToLight(host);
    for (const capturedAtMs of [5_000, 5_400]) {
      const frame = { jpeg, face: { x: 0, y: 0, width: 1, height: 1 }, capturedAtMs };
      await host.service.challengeFrame(certifyId, sampleActions.nonce, frame);
    }
    await settled();
    await settled();
    expect(host.prepared).toMatchObject([{ check: 'video-authority', blink: { fromMs: 5_000, toMs: 5_400 } }]);
    expect(host.prepared[0]!.clip).toBeTypeOf('function');
  });
});
