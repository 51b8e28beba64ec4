import { describe, expect, it } from 'vitest';
import {
  mayStartBacklog,
  mayStartBatch,
  mayStartLive,
  type SendingState,
} from '../../../src/main/sync/lane-schedule.ts';

const NOW = 1_000;
const FREE: SendingState = {
  paused: false,
  breaker: 'closed',
  enrolled: true,
  live: 0,
  backlog: 0,
  nowMs: NOW,
  quietUntilMs: Number.NEGATIVE_INFINITY,
  askedUntilMs: Number.NEGATIVE_INFINITY,
};

describe('what may be sent next', () => {
  const rows: readonly [string, Partial<SendingState>, string][] = [
    ['nothing under way', {}, 'live backlog batch'],
    ['one live question', { live: 1 }, 'live'],
    ['two live questions', { live: 2 }, ''],
    ['one of the backlog', { backlog: 1 }, 'live batch'],
    ['a lane that has failed', { quietUntilMs: NOW + 1 }, 'live batch'],
    ['a lane that has waited', { quietUntilMs: NOW, askedUntilMs: NOW }, 'live backlog batch'],
    ['a verifier that asked for time', { askedUntilMs: NOW + 1 }, ''],
    ['a pause', { paused: true }, ''],
    ['an open breaker', { breaker: 'open' }, ''],
    ['a probe under way', { breaker: 'half-open' }, ''],
    ['nobody who answers', { enrolled: false }, 'batch'],
  ];
  it.each(rows)('with %s', (_, changes, expected) => {
    const state = { ...FREE, ...changes };
    const may = { live: mayStartLive(state), backlog: mayStartBacklog(state), batch: mayStartBatch(state) };
    const started = Object.entries(may).flatMap(([name, allowed]) => (allowed ? [name] : []));
    expect(started.join(' ')).toBe(expected);
  });
});
