import { describe, expect, test } from 'vitest';
import { READER_GRACE_MS, watchReader } from '../../../src/main/composition/reader-watch.ts';
import type { ReaderStatus } from '../../../src/shared/ipc/admin.ts';
import type { KioskView } from '../../../src/shared/ipc/kiosk-view.ts';
import { failure } from '../../../src/shared/reasons.ts';

function kiosk() {
  const now = {
    state: 'missing' as ReaderStatus['state'],
    failure: failure('reader.port-busy') as ReaderStatus['failure'],
    screen: 'attract' as KioskView['screen'],
    needed: true,
  };
  const said: string[] = [];
  let due: (() => void) | null = null;
  const changed = watchReader({
    startTimer: (run, ms) => {
      expect(ms).toBe(READER_GRACE_MS);
      due = run;
      return () => void (due = null);
    },
    status: () => now,
    view: () => now,
    isNeeded: () => now.needed,
    outOfService: (reason) => {
      now.screen = 'maintenance';
      said.push(reason);
    },
    backInService: () => {
      now.screen = 'attract';
      said.push('back');
    },
  });
  const wait = (): void => {
    const run = due;
    due = null;
    run?.();
  };
  return { now, said, changed, wait };
}

describe('a kiosk whose reader is away', () => {
  test('goes out of service after a while, with the reason, and comes back with the reader', () => {
    const { now, said, changed, wait } = kiosk();
    changed();
    expect(said).toEqual([]);
    wait();
    expect(said).toEqual(['reader.port-busy']);
    now.state = 'ready';
    changed();
    expect(said).toEqual(['reader.port-busy', 'back']);
  });

  test('stays when the reader comes in time', () => {
    const { now, said, changed, wait } = kiosk();
    changed();
    now.state = 'ready';
    changed();
    wait();
    expect(said).toEqual([]);
  });

  test('leaves somebody who has begun alone, and looks again when they have gone', () => {
    const { now, said, changed, wait } = kiosk();
    now.screen = 'card';
    changed();
    wait();
    expect(said).toEqual([]);
    now.screen = 'attract';
    changed();
    now.screen = 'consent';
    wait();
    expect(said).toEqual([]);
    now.screen = 'attract';
    changed();
    wait();
    expect(said).toEqual(['reader.port-busy']);
  });

  test('stays where a number may be typed in, and says a missing reader where nothing is configured', () => {
    const { now, said, changed, wait } = kiosk();
    now.needed = false;
    changed();
    wait();
    expect(said).toEqual([]);
    Object.assign(now, { needed: true, state: 'off', failure: null });
    changed();
    wait();
    expect(said).toEqual(['reader.missing']);
    now.needed = false;
    changed();
    expect(said).toEqual(['reader.missing', 'back']);
  });
});
