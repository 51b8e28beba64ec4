import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HAND_OFF_LIFETIME_MS } from '../../../src/shared/domain/hand-off.ts';
import { HAND_OFF_PATHS, handOffLookSchema } from '../../../src/shared/protocol/kv1-hand-offs.ts';
import type { ReasonCode } from '../../../src/shared/reasons.ts';
import {
  desk,
  endHandOffs,
  goThrough,
  look,
  MOCK,
  opened,
  running,
  start,
  valueOf,
} from '../../support/hand-off-parties.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { phoneBrowser } from '../../support/phone-browser.ts';
import { postgresMissing, startPostgres, type PostgresServer } from '../../support/postgres.ts';
import { scriptedInference } from '../../support/scripted-inference.ts';

const missing = postgresMissing();
if (missing !== null) console.log(`hand-offs on PostgreSQL are left out: ${missing}`);

afterAll(endHandOffs);

describe('what comes of it', () => {
  it.each<[ReasonCode, string]>([
    ['ok.confirmed', 'passed'],
    ['face.low-similarity', 'failed'],
    ['source.no-photo', 'review'],
    ['quota.daily', 'error'],
  ])('is the word of whoever answers: %s', async (reason, state) => {
    const { device, verifier } = await desk([reason]);
    const { handOffId, url } = await opened(device);
    const phone = phoneBrowser(url);
    expect(await goThrough(phone)).toEqual({ step: 'over', why: 'done' });
    const ended = await look(device, handOffId, 10);
    expect(ended).toMatchObject({ state: 'ended', outcome: { state, reason, vendor: { name: 'mock' } } });
    // The same again, for the asking.
    expect(await look(device, handOffId)).toEqual(ended);
    const attempts = await verifier.database.queries.selectFrom('attempts').selectAll().execute();
    expect(attempts).toHaveLength(1);
    expect(attempts[0]).toMatchObject({ session_id: handOffId, verifier: 'mock', settled_reason: reason });
    await expect.poll(() => verifier.erased).toEqual([`${handOffId} acknowledged`]);
    // The phone never learns how it went.
    expect((await phone.step()).value).toEqual({ step: 'over', why: 'done' });
    expect(verifier.failures).toEqual([]);
  });

  it('is a failed liveness check where somebody is not alive, and nobody is asked', async () => {
    const { device, verifier, inference } = await desk();
    inference.person = 'spoof';
    const { handOffId, url } = await opened(device);
    expect(await goThrough(phoneBrowser(url))).toEqual({ step: 'over', why: 'done' });
    expect(await look(device, handOffId)).toMatchObject({
      state: 'ended',
      outcome: { state: 'failed', reason: 'liveness.still-picture', vendor: null },
    });
    expect(await verifier.database.queries.selectFrom('sessions').selectAll().execute()).toEqual([]);
  });

  it('is an error after three tries that decide nothing', async () => {
    const { device, inference } = await desk();
    inference.person = 'undecided';
    const { handOffId, url } = await opened(device);
    await goThrough(phoneBrowser(url), 60);
    expect(await look(device, handOffId)).toMatchObject({
      outcome: { state: 'error', reason: 'capture.action-not-done' },
    });
    expect(inference.called.filter((method) => method === 'judgeChallenge')).toHaveLength(3);
  });

  it('begins the try again where the inference process was lost', async () => {
    const { device, inference } = await desk();
    inference.person = 'crashes';
    const { handOffId, url } = await opened(device);
    const phone = phoneBrowser(url);
    await phone.open();
    await phone.agree(MOCK);
    const steps = [];
    for (let sequence = 0; sequence < 4; sequence++) steps.push((await phone.frame(sequence)).value['step']);
    expect(steps).toEqual(['position', 'position', 'challenge', 'again']);
    inference.person = 'live';
    const later = [];
    for (let sequence = 4; sequence < 9; sequence++) later.push((await phone.frame(sequence)).value['step']);
    expect(later).toEqual(['position', 'position', 'challenge', 'challenge', 'over']);
    expect(await look(device, handOffId, 10)).toMatchObject({ outcome: { state: 'passed' } });
  });

  it('is expiry when the page is abandoned, or never opened', async () => {
    const clock = manualClock(Date.now());
    const { device, verifier } = await desk(['ok.confirmed'], { clock });
    const [left, unseen] = [await opened(device), await opened(device)];
    expect(left.expiresAtMs - clock.wallMs()).toBe(HAND_OFF_LIFETIME_MS);
    const phone = phoneBrowser(left.url);
    await phone.open();
    await phone.agree(MOCK);
    await phone.frame(0);
    clock.advance(HAND_OFF_LIFETIME_MS + 1_000);
    for (const { handOffId } of [left, unseen]) {
      expect(await look(device, handOffId)).toMatchObject({
        state: 'ended',
        outcome: { state: 'error', reason: 'handoff.expired' },
      });
    }
    expect((await phone.frame(1)).value).toEqual({ step: 'over', why: 'expired' });
    const late = await phoneBrowser(unseen.url).page();
    expect(late.status).toBe(410);
    expect(late.text).toContain('已过期');
    expect(verifier.failures).toEqual([]);
  });

  it('is nothing where the kiosk no longer waits: the page says so, the question is withdrawn', async () => {
    const { device, verifier } = await desk(['ok.confirmed'], { deciding: false });
    const [early, late] = [await opened(device), await opened(device)];
    const [phone, done] = [phoneBrowser(early.url), phoneBrowser(late.url)];
    await phone.open();
    await goThrough(done);
    for (const { handOffId } of [early, late]) {
      const closed = await device.call({ method: 'DELETE', path: HAND_OFF_PATHS.handOff(handOffId) });
      expect(handOffLookSchema.parse(valueOf(closed)).now).toMatchObject({ outcome: { reason: 'user.cancelled' } });
    }
    expect((await phone.agree(MOCK)).value).toEqual({ step: 'over', why: 'closed' });
    await expect.poll(() => verifier.erased).toEqual([`${late.handOffId} withdrawn`]);
  });

  it('is nothing where the person withdraws meanwhile', async () => {
    const { device, verifier } = await desk();
    const [theirs, other] = [await opened(device), await opened(device, { subjectKey: 'c'.repeat(64) })];
    await verifier.handOffs.endSubject('a'.repeat(64), 'another device');
    expect(await look(device, theirs.handOffId)).toEqual({ state: 'waiting' });
    await verifier.handOffs.endSubject('a'.repeat(64), null);
    expect(await look(device, theirs.handOffId)).toMatchObject({ outcome: { reason: 'user.cancelled' } });
    expect(await look(device, other.handOffId)).toEqual({ state: 'waiting' });
  });

  it('survives a restart in the middle: the same browser begins its try again', async () => {
    const { device, verifier, options } = await desk();
    const { handOffId, url } = await opened(device);
    const phone = phoneBrowser(url);
    await phone.open();
    await phone.agree(MOCK);
    for (let sequence = 0; sequence < 4; sequence++) await phone.frame(sequence);
    running.delete(verifier);
    await verifier.close();
    const again = await start({ ...options, inference: scriptedInference() });
    const moved = phoneBrowser(url.replace(verifier.address, again.address));
    moved.cookie = phone.cookie;
    expect((await moved.open()).value).toEqual({ step: 'position', hint: null });
    expect((await phoneBrowser(url.replace(verifier.address, again.address)).open()).status).toBe(403);
    const steps = [];
    for (let sequence = 0; sequence < 5; sequence++) steps.push((await moved.frame(sequence)).value['step']);
    expect(steps.at(-1)).toBe('over');
    const row = () =>
      again.database.queries
        .selectFrom('hand_offs')
        .selectAll()
        .where('hand_off_id', '=', handOffId)
        .executeTakeFirst();
    await expect.poll(async () => (await row())?.state, { timeout: 10_000 }).toBe('ended');
    expect(JSON.parse((await row())?.outcome ?? '{}')).toMatchObject({ state: 'passed', reason: 'ok.confirmed' });
  });
});

describe.skipIf(missing !== null)('on PostgreSQL', () => {
  let postgres: PostgresServer;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(async () => {
    await endHandOffs();
    await postgres.stop();
  });

  it('it is the same: once opened, once asked, and destroyed', async () => {
    const { device, verifier } = await desk(['ok.confirmed'], { database: await postgres.createDatabase() });
    const { handOffId, url } = await opened(device);
    const phone = phoneBrowser(url);
    await phone.open();
    expect((await phoneBrowser(url).open()).status).toBe(403);
    expect(await goThrough(phone)).toEqual({ step: 'over', why: 'done' });
    expect(await look(device, handOffId, 10)).toMatchObject({ outcome: { state: 'passed', reason: 'ok.confirmed' } });
    const rows = await verifier.database.queries.selectFrom('hand_offs').selectAll().execute();
    expect(rows).toMatchObject([{ state: 'ended', wrapped_key: null, identity_sealed: null }]);
    expect(verifier.failures).toEqual([]);
  });
});
