import { describe, expect, it } from 'vitest';
import {
  BREAKER_OPENS_AFTER,
  BREAKER_PROBE_MS,
  breakerAfter,
  CLOSED_BREAKER,
  probeDueInMs,
  type Breaker,
  type BreakerEvent,
} from '../../../src/main/sync/breaker.ts';

const NOW = 100_000;
const CLOSED_4: Breaker = { state: 'closed', failures: 4 };
const OPEN: Breaker = { state: 'open', probeAtMs: NOW + 10 };
const DUE: Breaker = { state: 'open', probeAtMs: NOW };
const HALF: Breaker = { state: 'half-open' };
const REOPENED: Breaker = { state: 'open', probeAtMs: NOW + BREAKER_PROBE_MS };

describe('the breaker', () => {
  const rows: readonly [string, Breaker, BreakerEvent, Breaker][] = [
    ['closed', CLOSED_BREAKER, 'success', CLOSED_BREAKER],
    ['closed', CLOSED_BREAKER, 'failure', { state: 'closed', failures: 1 }],
    ['closed', CLOSED_BREAKER, 'probe', CLOSED_BREAKER],
    ['closed', CLOSED_BREAKER, 'retry-now', CLOSED_BREAKER],
    ['nearly open', CLOSED_4, 'success', CLOSED_BREAKER],
    ['nearly open', CLOSED_4, 'failure', REOPENED],
    ['nearly open', CLOSED_4, 'probe', CLOSED_4],
    ['nearly open', CLOSED_4, 'retry-now', CLOSED_4],
    ['open', OPEN, 'success', CLOSED_BREAKER],
    ['open', OPEN, 'failure', OPEN],
    ['open', OPEN, 'probe', OPEN],
    ['open', OPEN, 'retry-now', HALF],
    ['due', DUE, 'success', CLOSED_BREAKER],
    ['due', DUE, 'failure', DUE],
    ['due', DUE, 'probe', HALF],
    ['due', DUE, 'retry-now', HALF],
    ['half-open', HALF, 'success', CLOSED_BREAKER],
    ['half-open', HALF, 'failure', REOPENED],
    ['half-open', HALF, 'probe', HALF],
    ['half-open', HALF, 'retry-now', HALF],
  ];
  it.each(rows)('%s %o after %s', (_, breaker, event, expected) => {
    expect(breakerAfter(breaker, event, NOW)).toEqual(expected);
  });

  it('opens after five failures in a row and not after five in all', () => {
    const events = (text: string) => [...text].map((letter): BreakerEvent => (letter === 'F' ? 'failure' : 'success'));
    const after = (text: string) =>
      events(text).reduce((breaker, event) => breakerAfter(breaker, event, NOW), CLOSED_BREAKER).state;
    expect(BREAKER_OPENS_AFTER).toBe(5);
    expect([after('FFFFSF'), after('FFFF'), after('FFFFF')]).toEqual(['closed', 'closed', 'open']);
  });

  it('tells when the probe is due', () => {
    expect([CLOSED_BREAKER, OPEN, DUE, HALF].map((breaker) => probeDueInMs(breaker, NOW))).toEqual([null, 10, 0, null]);
  });
});
