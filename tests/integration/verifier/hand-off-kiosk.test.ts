import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHandOffDesk, type HandOffDeskParts } from '../../../src/main/composition/hand-off-desk.ts';
import type { Run } from '../../../src/main/certification/run.ts';
import type { OfferedPage } from '../../../src/main/verifiers/hosted-pages.ts';
import { sendToVendor } from '../../../src/main/verifiers/vendor-exchange.ts';
import { vendorPages } from '../../../src/main/verifiers/vendor-pages.ts';
import { presetScheme } from '../../../src/shared/domain/scheme-presets.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { ok } from '../../../src/shared/result.ts';
import { createMockVerifier } from '../../../src/verifier/adapters/mock-verifier.ts';
import { orderChecks } from '../../../src/verifier/adapters/ordered-checks.ts';
import type { FakeVendor } from '../../../src/fake-vendor/contract.ts';
import { startFakeVendor } from '../../../src/fake-vendor/start.ts';
import { enrolSampleDevice, type EnrolledDevice } from '../../support/enrolled-device.ts';
import { startHandOffVerifier, type HandOffVerifier } from '../../support/hand-off-verifier.ts';
import { MOCK } from '../../support/hand-off-parties.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { phoneBrowser } from '../../support/phone-browser.ts';
import { NOBODY } from '../../support/questioner.ts';
import { expectOk, temporaryFolder } from '../../support/sample-store.ts';
import { scriptedInference } from '../../support/scripted-inference.ts';

const account = { accessKeyId: 'id', secretAccessKey: 'key' };
const clock = manualClock(Date.now());
const vendorParts = { send: sendToVendor, clock, randomBytes };

function runOf(scheme: string, changes: Partial<Run> = {}): Run {
  const consent = { capture: true, transmit: true, version: '1', givenAtMs: 1 };
  const run: Partial<Run> = { certifyId: uuidv7(), elements: {}, document: null, consent, ...changes };
  return { ...run, scene: { id: 'counter' }, scheme: presetScheme(scheme) } as Run;
}

describe('a kiosk that hands somebody on to their phone', () => {
  const folders = [temporaryFolder(), temporaryFolder()];
  let tencent: FakeVendor;
  let aliyun: FakeVendor;
  let pages: readonly OfferedPage[];
  let verifier: HandOffVerifier;
  let device: EnrolledDevice;

  beforeAll(async () => {
    const nowMs = (): number => clock.wallMs();
    tencent = await startFakeVendor('tencent', { account, nowMs });
    aliyun = await startFakeVendor('aliyun', { account, nowMs });
    pages = vendorPages(vendorParts, {
      tencent: {
        ...{ keys: account, region: 'ap-guangzhou', ruleId: '1' },
        endpoints: { faceid: tencent.address },
      },
      aliyun: { keys: account, endpoint: aliyun.address, hosted: { api: '2019-03-07', bizType: 'phones' } },
    });
    const mock = createMockVerifier({});
    verifier = await startHandOffVerifier({
      folder: folders[0]!.path,
      checks: orderChecks([mock], { 'face-authority': ['mock'] }),
      inference: scriptedInference(),
      vendors: pages,
      clock,
    });
    const enrolmentCode = await verifier.enrolmentCode();
    device = await enrolSampleDevice(folders[1]!.path, { address: verifier.address, enrolmentCode }, { clock });
  });
  afterAll(async () => {
    await verifier.close();
    await tencent.close();
    await aliyun.close();
    for (const folder of folders) folder.remove();
  });

  const partsOf = (changes: Partial<HandOffDeskParts> = {}): HandOffDeskParts => ({
    client: () => device.client,
    directPage: () => ok(null),
    online: () => true,
    subjectKey: () => 'b'.repeat(64),
    clock,
    randomBytes,
    newId: () => uuidv7(),
    ...changes,
  });

  it('opens the verifier’s own page, sees somebody at it, and how it ended', async () => {
    const desk = createHandOffDesk(partsOf());
    // Whose maker has a page that this verifier isn't set up for.
    const run = runOf('RPBioOnly');
    const opened = expectOk(await desk.open(run, NOBODY));
    expect(opened).toMatchObject({ page: 'countersign', url: expect.stringContaining('/phone/') as string });
    expect(expectOk(await desk.look(opened))).toEqual({ state: 'waiting' });
    const phone = phoneBrowser(opened.url);
    await phone.open();
    expect(expectOk(await desk.look(opened))).toEqual({ state: 'opened' });
    await phone.agree(MOCK);
    for (let sequence = 0; sequence < 5; sequence++) await phone.frame(sequence);
    await expect
      .poll(async () => desk.look(opened), { timeout: 10_000 })
      .toMatchObject({ value: { state: 'ended', outcome: { state: 'passed', reason: 'ok.confirmed' } } });
  });

  it('closes the page when nobody waits', async () => {
    const desk = createHandOffDesk(partsOf());
    const opened = expectOk(await desk.open(runOf('RPBioOnly'), NOBODY));
    await desk.close(opened);
    const page = await phoneBrowser(opened.url).page();
    expect(page.status).toBe(410);
    expect(page.text).toContain('柜台已结束等待');
  });

  it.each([
    ['BrowserIdentity', 'tencent', 'GetDetectInfoEnhanced', ['17', '0'], 'ok.confirmed', 'passed'],
    ['BrowserIdentity', 'tencent', 'GetDetectInfoEnhanced', ['17', '2016'], 'face.low-similarity', 'failed'],
    ['BrowserIdentity', 'tencent', 'GetDetectInfoEnhanced', ['17', '2007'], 'source.no-photo', 'review'],
    ['RPH5BioOnly', 'aliyun', 'DescribeVerifyResult', ['-1', '1'], 'ok.confirmed', 'passed'],
    ['RPH5BioOnly', 'aliyun', 'DescribeVerifyResult', ['-1', '7'], 'face.low-similarity', 'failed'],
    ['FACE', 'aliyun', 'DescribeVerifyResult', ['-1', '11'], 'source.no-photo', 'review'],
  ] as const)(
    'opens the maker’s page for %s at %s: %s says %j',
    async (scheme, page, operation, codes, reason, state) => {
      const vendor = page === 'tencent' ? tencent : aliyun;
      for (const direct of [false, true]) {
        const given = pages.find((each) => each.page === page) ?? null;
        const desk = createHandOffDesk(
          direct ? partsOf({ client: () => null, directPage: () => ok(given) }) : partsOf(),
        );
        vendor.script(
          operation,
          codes.map((code) => ({ code })),
        );
        const run = runOf(scheme);
        expect(desk.refusal(run)).toBeNull();
        const opened = expectOk(await desk.open(run, NOBODY));
        expect(opened).toMatchObject({ page, url: expect.stringMatching(/^https:/) as string });
        clock.advance(3_100);
        expect(expectOk(await desk.look(opened))).toEqual({ state: 'waiting' });
        // Asked again at once, the vendor is left alone.
        expect(expectOk(await desk.look(opened))).toEqual({ state: 'waiting' });
        clock.advance(3_100);
        expect(expectOk(await desk.look(opened))).toMatchObject({
          state: 'ended',
          outcome: { state, reason, vendor: { name: page, operation } },
        });
      }
    },
  );

  it('ends as expired where nobody finishes on the maker’s page', async () => {
    const desk = createHandOffDesk(partsOf());
    tencent.script('GetDetectInfoEnhanced', [{ code: '17' }]);
    const opened = expectOk(await desk.open(runOf('BrowserIdentity'), NOBODY));
    expect(expectOk(await desk.look(opened))).toEqual({ state: 'waiting' });
    clock.advance(opened.expiresAtMs - clock.wallMs() + 1_000);
    tencent.script('GetDetectInfoEnhanced', [{ code: '17' }]);
    expect(expectOk(await desk.look(opened))).toMatchObject({ outcome: { reason: 'handoff.expired' } });
  });

  it('explains why no page can be opened', async () => {
    const refusals = async (changes: Partial<HandOffDeskParts>, run = runOf('FACE')): Promise<string> => {
      const desk = createHandOffDesk(partsOf(changes));
      await desk.refresh();
      const refused = desk.refusal(run);
      return refused === null ? 'none' : `${refused.code}: ${refused.detail ?? ''}`;
    };
    expect(await refusals({})).toBe('none');
    expect(await refusals({ client: () => null })).toMatch(/^handoff\.unavailable: no verifier is enrolled/);
    expect(await refusals({ online: () => false })).toMatch(/^handoff\.unavailable: .*reached/);
    const unset = ok<OfferedPage>({ page: 'aliyun', refusal: 'ID_PRO and FACE need MetaInfo' });
    expect(await refusals({ client: () => null, directPage: () => unset })).toMatch(/MetaInfo/);
    const policy = { policyVersion: 1, maxBatchItems: 1, maxAgeMs: 1 };
    const saying = (more: object) => ({
      ...device.client,
      policy: async () => ok({ policy: { ...policy, ...more }, etag: null }),
    });
    const older = saying({});
    expect(await refusals({ client: () => older })).toMatch(/knows of no hand-offs/);
    const poor = saying({ handOffs: [], handOffRefusals: { countersign: 'no models' } });
    expect(await refusals({ client: () => poor })).toMatch(/no models/);
  });

  it('sends nothing without consent to sending, or without an identity where one is needed', async () => {
    const desk = createHandOffDesk(partsOf({ client: () => device.client }));
    const refused = { capture: true, transmit: false, version: '1', givenAtMs: 1 };
    expect(await desk.open(runOf('FACE', { consent: refused }), NOBODY)).toMatchObject({
      error: { code: 'authority.not-asked' },
    });
    expect(await desk.open(runOf('FACE'), null)).toMatchObject({ error: { code: 'material.missing' } });
    const gone = createHandOffDesk(
      partsOf({
        client: () => ({ ...device.client, policy: async () => ({ ok: false, error: PROBLEM }) }),
      }),
    );
    expect(await gone.open(runOf('FACE'), NOBODY)).toMatchObject({ error: { code: 'verifier.unreachable' } });
  });
});

const PROBLEM = { failure: failure('verifier.unreachable'), scope: 'transient', retryAfterMs: null } as const;
