import { beforeEach, describe, expect, it } from 'vitest';
import { createSetupTest } from '../../../src/main/composition/setup-test.ts';
import type { CertificationService } from '../../../src/main/certification/service-contract.ts';
import type { CertificationRecord } from '../../../src/shared/domain/certification.ts';
import type { KioskView } from '../../../src/shared/ipc/kiosk-view.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { err, ok } from '../../../src/shared/result.ts';

const CLOCK = { wallMs: () => 1_000, monotonicMs: () => 0 };
const FIRST = '019a7e5c-3f20-7c11-9d2e-6b1f0a2c4d5e';
const SECOND = '019a7e5c-3f21-7c11-9d2e-6b1f0a2c4d5e';

let view: Pick<KioskView, 'certifyId' | 'screen' | 'test'>;
let onRecord: (record: CertificationRecord) => void;
let acted: string[];
let refused: ReturnType<CertificationService['startTest']> | null;

beforeEach(() => {
  view = { certifyId: null, screen: 'attract' };
  acted = [];
  refused = null;
});

function desk() {
  return createSetupTest(
    {
      startTest: () => {
        if (refused) return refused;
        view = { certifyId: FIRST, screen: 'consent', test: true };
        return ok(FIRST);
      },
      act: (action) => {
        acted.push(action.type);
        return ok(null);
      },
      view: () => view as KioskView,
      onRecord: (listener) => void (onRecord = listener),
    },
    CLOCK,
  );
}

function recordOf(change: Partial<CertificationRecord>): CertificationRecord {
  return {
    certifyId: FIRST,
    test: true,
    startedAtMs: 1_000,
    decidedAtMs: 9_000,
    verdict: { state: 'passed', reason: 'ok.matched', basis: 'chip', provisional: false },
    simulated: false,
    ...change,
  } as CertificationRecord;
}

describe('a test of the terminal', () => {
  it('is followed from screen to screen to its record', () => {
    const tests = desk();
    expect(tests.status()).toEqual({ state: 'none' });
    expect(tests.start()).toEqual(ok({ state: 'running', certifyId: FIRST, screen: 'consent', startedAtMs: 1_000 }));
    view = { certifyId: FIRST, screen: 'position', test: true };
    expect(tests.status()).toMatchObject({ state: 'running', screen: 'position' });
    onRecord(recordOf({ detail: 'a limit' }));
    expect(tests.status()).toEqual({
      state: 'ended',
      certifyId: FIRST,
      verdict: 'passed',
      reason: 'ok.matched',
      detail: 'a limit',
      tookMs: 8_000,
      simulated: false,
    });
  });

  it('is not ended by the record of a visitor', () => {
    const tests = desk();
    tests.start();
    const visitors = recordOf({ certifyId: SECOND });
    delete visitors.test;
    onRecord(visitors);
    expect(tests.status()).toMatchObject({ state: 'running', certifyId: FIRST });
  });

  it('goes on with the try that follows at the kiosk', () => {
    const tests = desk();
    tests.start();
    onRecord(recordOf({}));
    view = { certifyId: SECOND, screen: 'card', test: true };
    expect(tests.status()).toMatchObject({ state: 'running', certifyId: SECOND, screen: 'card' });
  });

  it('says why none begins, and does not begin a second one', () => {
    const tests = desk();
    refused = err(failure('setup.not-idle', 'maintenance'));
    expect(tests.start()).toEqual(refused);
    refused = null;
    tests.start();
    expect(tests.start()).toMatchObject({ ok: true, value: { state: 'running', certifyId: FIRST } });
  });

  it('breaks off only a test, never a visitor', () => {
    const tests = desk();
    view = { certifyId: SECOND, screen: 'card' };
    tests.stop();
    expect(acted).toEqual([]);
    view = { certifyId: FIRST, screen: 'card', test: true };
    tests.stop();
    expect(acted).toEqual(['cancel']);
  });
});
