import { v7 as uuidv7 } from 'uuid';
import { afterAll, describe, expect, it } from 'vitest';
import { HAND_OFF_PATHS, handOffAnswerSchema } from '../../../src/shared/protocol/kv1-hand-offs.ts';
import { policySchema } from '../../../src/shared/protocol/kv1.ts';
import { hashOf } from '../../../src/verifier/hand-offs/hand-off-link.ts';
import { desk, endHandOffs, look, MOCK, opened, post, requestOf, valueOf } from '../../support/hand-off-parties.ts';
import { phoneBrowser } from '../../support/phone-browser.ts';
import { enrolQuestioner, NOBODY, noiseJpeg } from '../../support/questioner.ts';

afterAll(endHandOffs);

describe('opening a hand-off', () => {
  it('gives the same address to the same request, and refuses another under its id', async () => {
    const { device, verifier } = await desk();
    const request = await requestOf(device);
    const first = handOffAnswerSchema.parse(valueOf(await post(device, request)));
    expect(first.now).toEqual({ state: 'waiting' });
    expect(first.opened.url).toMatch(new RegExp(`^${verifier.address}/phone/[\\w-]{32}$`));
    // Sealed anew, as after a restart of the kiosk.
    const { identity } = await requestOf(device, { handOffId: request.handOffId });
    expect(handOffAnswerSchema.parse(valueOf(await post(device, { ...request, identity })))).toEqual(first);
    expect(await post(device, { ...request, sceneId: 'other' })).toMatchObject({ code: 'idempotency_conflict' });
    const stranger = await enrolQuestioner(verifier);
    expect(await post(stranger, request)).toMatchObject({ code: 'idempotency_conflict' });
    const path = HAND_OFF_PATHS.handOff(request.handOffId);
    expect(await stranger.call({ method: 'GET', path })).toMatchObject({ code: 'not_found' });
    expect(await stranger.call({ method: 'DELETE', path })).toMatchObject({ code: 'not_found' });
    expect(await look(device, request.handOffId)).toEqual({ state: 'waiting' });
  });

  it('needs consent, an identity that can be opened, a page and a check that are offered', async () => {
    const { device } = await desk();
    const refused = async (changes: object): Promise<string> => {
      const answer = await post(device, { ...(await requestOf(device)), ...changes });
      return answer.ok ? 'opened' : `${answer.code} ${answer.detail}`;
    };
    expect(await refused({ consent: { transmit: false, version: '1', givenAtMs: 1 } })).toContain('consent_missing');
    expect(await refused({ identity: null })).toContain('identity_missing');
    expect(await refused({ identity: 'e30.e30.e30.e30.e30' })).toContain('identity_unreadable');
    expect(await refused({ handOffId: uuidv7() })).toContain('identity_unreadable');
    expect(await refused({ check: 'face-reference' })).toContain('hand_off_unavailable');
    expect(await refused({ check: 'phone' })).toContain('hand_off_unavailable');
    expect(await refused({ page: 'tencent' })).toContain('hand_off_unavailable');
    expect(await refused({ handOffId: 'x' })).toContain('request_invalid');
    expect(await refused({})).toBe('opened');
  });

  it('says in the policy why its own page is not there without models', async () => {
    const { device } = await desk([], { inference: 'no models: their folder has no manifest.json' });
    const policy = policySchema.parse(valueOf(await device.call({ method: 'GET', path: '/v1/policy' })));
    expect(policy).toMatchObject({
      handOffs: [],
      handOffRefusals: { countersign: expect.stringContaining('no models') as string },
    });
    expect(await post(device, await requestOf(device))).toMatchObject({ code: 'hand_off_unavailable' });
  });

  it('keeps neither code nor identity in the clear, and nothing once it has ended', async () => {
    const { device, verifier } = await desk();
    const { handOffId, url } = await opened(device);
    const code = url.split('/').at(-1) ?? '';
    const row = () =>
      verifier.database.queries
        .selectFrom('hand_offs')
        .selectAll()
        .where('hand_off_id', '=', handOffId)
        .executeTakeFirstOrThrow();
    const before = await row();
    expect(before.code_hash).toBe(hashOf(code));
    const text = JSON.stringify(before, (_, value: unknown) =>
      Buffer.isBuffer(value) ? value.toString('latin1') : value,
    );
    for (const secret of [code, NOBODY.name, NOBODY.number]) expect(text).not.toContain(secret);
    expect(before.identity_sealed?.length).toBeGreaterThan(100);
    await phoneBrowser(url).page();
    expect(verifier.logged.join('\n')).toContain('/phone/:code');
    for (const secret of [code, NOBODY.name, NOBODY.number]) expect(verifier.logged.join('\n')).not.toContain(secret);
    await device.call({ method: 'DELETE', path: HAND_OFF_PATHS.handOff(handOffId) });
    expect(await row()).toMatchObject({ state: 'ended', identity_sealed: null, wrapped_key: null });
  });
});

describe('the page', () => {
  it('opens once: another browser is refused, the first may come back', async () => {
    const { device } = await desk();
    const { handOffId, url } = await opened(device);
    const [first, second] = [phoneBrowser(url), phoneBrowser(url, 'en')];
    const shown = await first.page();
    expect(shown.status).toBe(200);
    expect(shown.text).toContain('同意并开始');
    expect(shown.headers.get('content-security-policy')).not.toMatch(/unsafe|\*/);
    expect(shown.text).not.toMatch(/<script(?![^>]*src=)|<style|\son\w+=/);
    // Looking at it binds nobody: what previews a link is no browser of the person's.
    expect(await look(device, handOffId)).toEqual({ state: 'waiting' });
    const bound = await first.open();
    expect(bound.value).toEqual({ step: 'notice' });
    const cookie = bound.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^hand-off=[\w-]{43}; Path=\/phone\/[\w-]{32}; Max-Age=900; HttpOnly; SameSite=Strict$/);
    expect(await look(device, handOffId)).toEqual({ state: 'opened' });
    for (const refused of [await second.page(), await second.open(), await second.frame(0), await second.step()]) {
      expect(refused.status).toBe(403);
    }
    expect((await second.page()).text).toContain('Opened in another browser already');
    expect((await first.page()).status).toBe(200);
    expect((await first.open()).value).toEqual({ step: 'notice' });
  });

  it('takes no picture before both consents to the notice that it shows', async () => {
    const { device, inference } = await desk();
    const { url } = await opened(device);
    const phone = phoneBrowser(url);
    await phone.open();
    expect((await phone.frame(0)).value).toEqual({ step: 'notice' });
    expect((await phone.agree(MOCK, { transmit: false })).status).toBe(400);
    expect((await phone.agree(MOCK, { textHash: '0'.repeat(64) })).status).toBe(400);
    expect(inference.called.filter((method) => method !== 'closeCapture')).toEqual([]);
    expect((await phone.agree(MOCK)).value).toEqual({ step: 'position', hint: null });
    expect((await phone.frame(1)).value).toMatchObject({ step: 'position' });
  });

  it('ends with the refusal, and keeps nothing', async () => {
    const { device, inference } = await desk();
    const { handOffId, url } = await opened(device);
    const phone = phoneBrowser(url);
    await phone.open();
    await phone.agree(MOCK);
    await phone.frame(0);
    const waiting = look(device, handOffId, 10);
    expect((await phone.refuse()).value).toEqual({ step: 'over', why: 'refused' });
    expect(await waiting).toMatchObject({ state: 'ended', outcome: { state: 'error', reason: 'handoff.refused' } });
    expect((await phone.frame(1)).value).toEqual({ step: 'over', why: 'refused' });
    expect(inference.open.size).toBe(0);
  });

  it('refuses pictures that are too large, no pictures, or out of order', async () => {
    const { device } = await desk();
    const { url } = await opened(device);
    const phone = phoneBrowser(url);
    await phone.open();
    await phone.agree(MOCK);
    expect((await phone.frame(0, { bytes: noiseJpeg(100_001) })).status).toBe(413);
    expect((await phone.frame(0, { bytes: Buffer.from('GIF89a') })).status).toBe(400);
    expect((await phone.frame(0, { bytes: noiseJpeg(900, 8_000, 8_000) })).status).toBe(400);
    expect((await phone.frame(-1)).status).toBe(400);
    expect((await phone.frame(5, { at: 500 })).value).toMatchObject({ step: 'position' });
    expect(await phone.frame(5, { at: 900 })).toMatchObject({ status: 400, value: { detail: 'sequence' } });
    expect((await phone.frame(3, { at: 950 })).status).toBe(400);
    expect((await phone.frame(6, { at: 400 })).status).toBe(400);
    expect((await phone.frame(7, { at: 700 })).status).toBe(200);
  });

  it('says nothing about codes that lead nowhere, and stops those who try many', async () => {
    const { verifier } = await desk();
    const stranger = phoneBrowser(`${verifier.address}/phone/${'A'.repeat(32)}`);
    const answers = [];
    for (let index = 0; index < 64; index++) answers.push((await stranger.page()).status);
    expect(answers.slice(0, 50).every((status) => status === 404)).toBe(true);
    expect(answers.at(-1)).toBe(429);
    expect((await stranger.open()).value).toEqual({ step: 'over', why: 'unknown' });
  });
});
