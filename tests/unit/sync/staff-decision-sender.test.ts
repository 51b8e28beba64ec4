import { expect, it } from 'vitest';
import { createStaffDecisionSender } from '../../../src/main/sync/staff-decision-sender.ts';
import type { DeliveryProblem } from '../../../src/shared/protocol/delivery.ts';
import type { SignedStaffDecision, StaffDecisionReceipt } from '../../../src/shared/protocol/kv1-staff-decisions.ts';
import { err, ok, type Result } from '../../../src/shared/result.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { sampleCertifyId } from '../../support/sample-records.ts';

const HOUR_MS = 3_600_000;

function decision(number: number, revision = 1): SignedStaffDecision {
  return {
    body: {
      v: 1,
      certifyId: sampleCertifyId(number),
      revision,
      receiptHash: 'a'.repeat(64),
      decision: 'approved',
      reason: 'seen-in-person',
      override: false,
      staff: { staffId: '0190a000-0000-4000-8000-000000000001', role: 'reviewer' },
      second: null,
      decidedAtMs: 0,
    },
    device: { keyId: 'k', signature: 'x'.repeat(86) },
  };
}

type Answer = Result<StaffDecisionReceipt, DeliveryProblem>;

const problem = (code: DeliveryProblem['failure']['code'], scope: DeliveryProblem['scope']): Answer =>
  err({ failure: { code }, scope, retryAfterMs: null });

/** A queue in memory, a verifier that answers as a test says, and timers that a test fires. */
function bench(decisions: readonly SignedStaffDecision[], answer: (number: number) => Answer | null) {
  const nameOf = ({ certifyId, revision }: { certifyId: string; revision: number }): string =>
    `${Number.parseInt(certifyId.slice(-6), 16)}.${revision}`;
  const state = new Map(decisions.map(({ body }) => [nameOf(body), 'queued']));
  const asked: string[] = [];
  const delays: number[] = [];
  const gate = { open: true };
  const note = (of: { certifyId: string; revision: number }, now: string) => ok((state.set(nameOf(of), now), null));
  const sender = createStaffDecisionSender({
    queue: {
      due: () => ok(decisions.filter(({ body }) => ['queued', 'postponed'].includes(state.get(nameOf(body)) ?? ''))),
      confirm: (receipt) => note(receipt, 'delivered'),
      postpone: (of) => note(of, 'postponed'),
      stop: (of) => note(of, 'stopped'),
      resume: () => {
        for (const [name, now] of state) if (now === 'stopped') state.set(name, 'queued');
        return ok(0);
      },
    },
    receiver: () => ({
      decide: ({ body }) => {
        asked.push(nameOf(body));
        const { certifyId, revision } = body;
        const kept = { certifyId, revision, acceptedAtMs: 1, server: { keyId: 's', signature: 'y'.repeat(86) } };
        return Promise.resolve(answer(asked.length) ?? ok(kept));
      },
    }),
    gate: {
      mayStartBatch: () => gate.open,
      askedUntilMs: Number.NEGATIVE_INFINITY,
      reached: () => undefined,
      failed: () => undefined,
    },
    clock: manualClock(0),
    startTimer: (_run, delayMs) => {
      delays.push(delayMs);
      return () => undefined;
    },
    random: () => 0.5,
  });
  return { sender, asked, delays, gate, states: () => [...state.values()] };
}

it('tells one after the other, and looks again by itself', async () => {
  const { sender, asked, delays, states } = bench([decision(1), decision(2)], () => null);
  await sender.kick();
  expect(asked).toHaveLength(2);
  expect(states()).toEqual(['delivered', 'delivered']);
  expect(delays).toEqual([600_000]);
  await sender.stop();
});

it('leaves all of them with the reason, and the verifier alone, where it takes none', async () => {
  const { sender, asked, delays, states } = bench([decision(1), decision(2)], () =>
    problem('verifier.too-old', 'device'),
  );
  await sender.kick();
  expect(asked).toHaveLength(1);
  expect(states()).toEqual(['postponed', 'postponed']);
  expect(delays).toEqual([HOUR_MS]);
  // A batch of records that went through is no reason to ask again.
  sender.wake();
  await sender.stop();
  expect(asked).toHaveLength(1);
});

it('goes on past one whose record is missing, and stops one that is refused until somebody sends again', async () => {
  const answers = [problem('verifier.record-missing', 'items'), problem('verifier.refused', 'items')];
  const { sender, delays, states } = bench(
    [decision(1), decision(1, 2), decision(2), decision(3)],
    (number) => answers[number - 1] ?? null,
  );
  await sender.kick();
  expect(states()[0]).toBe('postponed');
  expect(states().filter((now) => now === 'stopped')).toHaveLength(1);
  expect(states()[3]).toBe('delivered');
  expect(delays.at(-1)).toBe(HOUR_MS);
  await sender.kick();
  expect(states()).toEqual(['delivered', 'delivered', 'delivered', 'delivered']);
  await sender.stop();
});

it('sends nothing while the gate is shut, and everything once it opens', async () => {
  const { sender, asked, gate, states } = bench([decision(1)], () => null);
  gate.open = false;
  await sender.kick();
  expect(asked).toEqual([]);
  gate.open = true;
  sender.wake();
  await sender.stop();
  expect(states()).toEqual(['delivered']);
});

it('waits longer after each failure in a row', async () => {
  const { sender, delays } = bench([decision(1)], () => problem('verifier.unreachable', 'transient'));
  for (let number = 0; number < 3; number += 1) await sender.kick();
  expect(delays).toEqual([500, 1_000, 2_000]);
  await sender.stop();
});
