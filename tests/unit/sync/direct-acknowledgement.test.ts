import { afterEach, describe, expect, it } from 'vitest';
import { createDirectDelivery } from '../../../src/main/verifiers/direct-delivery.ts';
import type { AttemptJournal, Verifier } from '../../../src/main/verifiers/contract.ts';
import type { CheckDelivery } from '../../../src/shared/protocol/check-delivery.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { err } from '../../../src/shared/result.ts';
import { openOutboxBench, type OutboxBench } from '../../support/outbox-bench.ts';
import { expectOk } from '../../support/sample-store.ts';
import { PASSES, rehearse, reply } from '../verifiers/aliyun/answering.ts';
import { MATERIALS } from '../verifiers/aliyun/samples.ts';

let bench: OutboxBench;
afterEach(() => bench.close());

/** An outbox that asks Aliyun directly, whose deletions fail so many times. */
function askingAliyun(keepAtVendor: boolean, failures: number) {
  const { verifier, sent } = rehearse(() => reply(PASSES['face-authority']), { keepAtVendor });
  const erased: string[] = [];
  const erase: Verifier['erase'] = async (reference, context) => {
    erased.push(reference);
    return erased.length > failures ? verifier.erase(reference, context) : err(failure('verifier.unreachable'));
  };
  const journal = (): AttemptJournal => bench.store.attempts;
  const direct = createDirectDelivery({
    verifier: () => ({ ...verifier, erase }),
    journal: {
      begin: (attempt) => journal().begin(attempt),
      refer: (attemptId, reference) => journal().refer(attemptId, reference),
      settle: (attemptId, answer) => journal().settle(attemptId, answer),
      unsettled: (orderId) => journal().unsettled(orderId),
    },
    clock: { wallMs: () => bench.clock.wallMs(), monotonicMs: () => bench.clock.monotonicMs() },
    randomBytes: (length) => Buffer.alloc(length, sent.length),
  });
  const delivery: CheckDelivery = {
    ...direct,
    deliver: (item, onProgress, signal) => direct.deliver({ ...item, materials: MATERIALS }, onProgress, signal),
  };
  bench = openOutboxBench({ checkDelivery: () => delivery });
  const actions = (): (string | undefined)[] => sent.map(({ headers }) => headers['x-acs-action']);
  return { erased, actions };
}

const kept = (certifyId: string) => {
  const check = expectOk(bench.store.checks.find(certifyId));
  return [check?.state, check?.reference];
};

describe('what a vendor keeps of an answered question', () => {
  it('is erased once, when the decision is kept', async () => {
    const { erased, actions } = askingAliyun(true, 0);
    const id = bench.queue(1);
    await bench.service.sendNow();
    await bench.settle();
    expect(kept(id)).toEqual(['erased', 'certify:sha0001']);
    expect(erased).toEqual(['certify:sha0001']);
    expect(actions()).toEqual(['ContrastFaceVerify', 'DeleteFaceVerifyResult']);
    await bench.restart();
    await bench.service.sendNow();
    expect(erased).toHaveLength(1);
  });

  it('is erased later where that fails, by another run of the program too', async () => {
    const { erased, actions } = askingAliyun(true, 2);
    const id = bench.queue(1);
    await bench.service.sendNow();
    await bench.settle();
    expect([kept(id), bench.materials()]).toEqual([['decided', 'certify:sha0001'], [id]]);
    await bench.restart();
    await bench.service.sendNow();
    await bench.pass(600_000);
    expect([kept(id), bench.materials()]).toEqual([['erased', 'certify:sha0001'], []]);
    expect(erased).toEqual(Array(3).fill('certify:sha0001'));
    expect(actions()).toEqual(['ContrastFaceVerify', 'DeleteFaceVerifyResult']);
  });

  it('is nothing where it was deleted with the answer', async () => {
    const { erased, actions } = askingAliyun(false, 0);
    const id = bench.queue(1);
    await bench.service.sendNow();
    await bench.settle();
    expect([kept(id), erased]).toEqual([['erased', null], []]);
    expect(actions()).toEqual(['ContrastFaceVerify', 'DeleteFaceVerifyResult']);
  });
});
