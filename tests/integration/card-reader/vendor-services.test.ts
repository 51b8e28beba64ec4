import { afterEach, describe, expect, test } from 'vitest';
import type { CardSource } from '../../../src/main/card-reader/card-source.ts';
import type { CardProgress } from '../../../src/main/card-reader/contract.ts';
import { systemTiming } from '../../../src/main/card-reader/timing.ts';
import { vendorServiceSource } from '../../../src/main/card-reader/vendor-services/vendor-service-source.ts';
import { CARD_KINDS } from '../../../src/shared/domain/document.ts';
import {
  HTTP_SERVICE_DIALECTS,
  WEB_SOCKET_SERVICE_DIALECTS,
  type ServiceDialect,
} from '../../../src/shared/domain/reader-transport.ts';
import { CARDS } from '../../support/card-reader/cards.ts';
import { fakeServiceOf, isHttp, type AnyService } from '../../support/card-reader/services/any-service.ts';
import { fastTiming } from '../../support/card-reader/services/fast-timing.ts';
import { FakeEstService } from '../../support/card-reader/services/fake-est-service.ts';
import { FakeHttpService } from '../../support/card-reader/services/fake-http-service.ts';
import { portraitFile } from '../../support/card-reader/services/pictures.ts';

const DIALECTS: readonly ServiceDialect[] = [...HTTP_SERVICE_DIALECTS, ...WEB_SOCKET_SERVICE_DIALECTS];
const timing = fastTiming(10);
const running: AnyService[] = [];
const opened: CardSource[] = [];

afterEach(async () => {
  for (const source of opened.splice(0)) await source.close();
  for (const { fake } of running.splice(0)) await fake.stop();
});

async function start(dialect: ServiceDialect): Promise<AnyService> {
  const service = fakeServiceOf(dialect);
  running.push(service);
  await service.fake.start();
  return service;
}

function sourceFor(service: AnyService, pace = timing): CardSource {
  const source = vendorServiceSource(service.transport(), { timing: pace });
  opened.push(source);
  return source;
}

async function ready(dialect: ServiceDialect) {
  const service = await start(dialect);
  const source = sourceFor(service);
  expect(await source.open()).toEqual({ ok: true, value: undefined });
  expect(await source.identify()).toMatchObject({ ok: true });
  return { ...service, device: service.fake.device, source };
}

/** Lets at least so many readings go by. */
async function readings(service: AnyService, count: number): Promise<void> {
  const until = service.fake.calls.length + count;
  for (let turn = 0; service.fake.calls.length < until; turn++) {
    if (turn > 500) throw new Error(`${until - service.fake.calls.length} calls did not come`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const soon = (): AbortSignal => AbortSignal.timeout(10_000);

describe.each(DIALECTS)('a %s service', (dialect) => {
  test('says who it is', async () => {
    const { source } = await ready(dialect);
    const identity = await source.identify();
    const samId = ['cvr', 'read-msg', 'est'].includes(dialect) ? '05.01-20130401-0000000042-0000000007' : null;
    expect(identity).toMatchObject({ value: { samId, simulated: false, baud: null } });
    expect(identity.ok && (identity.value.service?.length ?? 0) > 3).toBe(true);
    expect(await source.checkStatus()).toEqual({ ok: true, value: undefined });
  });

  test('gives cards of the four kinds that are laid down while it is waited for them', async () => {
    const { source, device, ...service } = await ready(dialect);
    const image = await portraitFile('jpeg');
    for (const kind of CARD_KINDS) {
      const progress: CardProgress[] = [];
      const reading = source.waitForCard(soon(), (step) => progress.push(step));
      await readings(service, 2);
      device.card = { ...CARDS[kind], portrait: image.toString('base64') };
      const { name, number, sex, birthDate, validFrom, validTo } = CARDS[kind].fields;
      const read = await reading;
      expect(read).toMatchObject({
        ok: true,
        value: {
          kind,
          fields: { name, number, sex, birthDate, validFrom, validTo },
          portrait: { state: 'decoded', mediaType: 'image/jpeg' },
          simulated: false,
        },
      });
      const { portrait } = read.ok ? read.value : { portrait: null };
      expect(portrait?.state === 'decoded' && image.equals(portrait.image)).toBe(true);
      expect(progress).toEqual(['searching', 'found', 'reading']);
      device.card = null;
    }
  });

  test('that keeps the last card never gets it taken twice', async () => {
    const { source, device, ...service } = await ready(dialect);
    device.keepsLastCard = true;
    const first = source.waitForCard(soon());
    await readings(service, 2);
    device.card = CARDS.resident;
    expect(await first).toMatchObject({ ok: true, value: { kind: 'resident' } });
    device.card = null;
    // The card has left, the service gives it all the same, and the next person lays down another.
    const next = source.waitForCard(soon());
    await readings(service, 3);
    device.card = CARDS.hmt;
    expect(await next).toMatchObject({ ok: true, value: { kind: 'hmt' } });
    device.card = null;
    expect(await source.waitForCard(soon())).toMatchObject({ error: { code: 'card.left-on-reader' } });
  });

  test('gives no card that another program had read before the wait', async () => {
    const { source, device } = await ready(dialect);
    device.keepsLastCard = true;
    device.card = CARDS.resident;
    device.readForAnotherProgram();
    device.card = null;
    expect(await source.waitForCard(soon())).toMatchObject({ error: { code: 'card.left-on-reader' } });
  });

  test('gives the same card again when it was taken off in between', async () => {
    const { source, device, ...service } = await ready(dialect);
    for (let time = 0; time < 2; time++) {
      const reading = source.waitForCard(soon());
      await readings(service, 4);
      device.card = CARDS.resident;
      expect(await reading).toMatchObject({ ok: true, value: { kind: 'resident' } });
      device.card = null;
    }
  });

  test('a card that is left is not read again: the person is told', async () => {
    const { source, device, ...service } = await ready(dialect);
    const first = source.waitForCard(soon());
    await readings(service, 2);
    device.card = CARDS.resident;
    expect((await first).ok).toBe(true);
    expect(await source.waitForCard(soon())).toMatchObject({ error: { code: 'card.left-on-reader' } });
  });

  test('an answer that was given up is never taken for the next one', async () => {
    const { source, device, fake, ...service } = await ready(dialect);
    device.keepsLastCard = true;
    const given = new AbortController();
    const first = source.waitForCard(given.signal);
    await readings({ fake, ...service }, 2);
    if (fake instanceof FakeEstService) fake.misbehaviour = { lateMs: 60 };
    else fake.answersLateMs = 60;
    device.card = CARDS.resident;
    await readings({ fake, ...service }, 1);
    given.abort();
    expect(await first).toMatchObject({ error: { code: 'user.cancelled' } });
    device.card = null;
    const next = await source.waitForCard(soon());
    expect(next).toMatchObject({ error: { code: 'card.left-on-reader' } });
  });

  test('a wait ends at once when it is cancelled, and so does what is under way when it is closed', async () => {
    const { source, fake, ...service } = await ready(dialect);
    fake.misbehaviour = 'silent';
    const cancel = new AbortController();
    const cancelled = source.waitForCard(cancel.signal);
    await readings({ fake, ...service }, 1);
    cancel.abort();
    expect(await cancelled).toEqual({ ok: false, error: { code: 'user.cancelled' } });
    const ended = source.waitForCard(soon());
    await readings({ fake, ...service }, 1);
    await source.close();
    expect(await ended).toMatchObject({ error: { code: 'reader.missing' } });
    expect(await source.waitForCard(soon())).toMatchObject({ error: { code: 'reader.missing' } });
  });

  test('with a reader that was pulled out refuses, and reads again when it is back', async () => {
    const { source, device, ...service } = await ready(dialect);
    device.present = false;
    device.opened = false;
    const refused = await source.waitForCard(soon());
    expect(refused).toMatchObject({ error: { code: 'reader.service-refused' } });
    expect(refused.ok || refused.error.detail).toMatch(/^the device is not ready \(service error -?\d+\)$/);
    device.present = true;
    expect(await source.checkStatus()).toEqual({ ok: true, value: undefined });
    const reading = source.waitForCard(soon());
    await readings(service, 2);
    device.card = CARDS.resident;
    expect(await reading).toMatchObject({ ok: true });
  });

  test('never has its own words passed on', async () => {
    const { source, fake, ...service } = await ready(dialect);
    const said = `读卡器正忙 ${CARDS.resident.fields.name} ${CARDS.resident.fields.number}`;
    const answers: Record<ServiceDialect, unknown> = {
      cvr: { resultFlag: -9, errorMsg: said },
      certctl: { resultFlag: -9, errorMsg: said },
      'est-card': { code: -9, message: said },
      'read-msg': { code: '9', retcode: '0x9', retmsg: said },
      'read-card-cgi': { result: { resultFlag: -9, errorMsg: said } },
      est: { fun: 'EST_Reader_ReadIDCard#', rCode: '-9', errMsg: said },
    };
    const ended = source.waitForCard(soon());
    await readings({ fake, ...service }, 1);
    fake.misbehaviour = { says: answers[dialect] };
    const refused = await ended;
    expect(refused).toMatchObject({ error: { code: 'reader.service-refused' } });
    expect(refused.ok || refused.error.detail).toMatch(/^the reader is busy \(service error -?9\)$/);
  });

  test('where nothing listens is missing', async () => {
    const service = await start(dialect);
    await service.fake.stop();
    expect(await sourceFor(service).open()).toMatchObject({ error: { code: 'reader.service-missing' } });
  });

  test('that goes away while it is waited for a card is missing', async () => {
    const { source, fake, ...service } = await ready(dialect);
    const reading = source.waitForCard(soon());
    await readings({ fake, ...service }, 1);
    await fake.stop();
    expect(await reading).toMatchObject({
      error: { code: expect.stringMatching(/service-(missing|malformed)/) as string },
    });
    expect(await source.checkStatus()).toMatchObject({ error: { code: 'reader.service-missing' } });
  });

  test('that does not answer is slow', async () => {
    const { source, fake } = await ready(dialect);
    fake.misbehaviour = 'silent';
    expect(await source.waitForCard(soon())).toMatchObject({ error: { code: 'reader.service-slow' } });
  });

  test.each(['html', 'other-version', 'huge'] as const)('that answers with %s is malformed', async (how) => {
    const { fake, ...service } = await ready(dialect);
    // However long a busy machine takes for 5 MB, it isn't the time that ends it.
    const source = sourceFor({ fake, ...service }, systemTiming);
    expect(await source.open()).toEqual({ ok: true, value: undefined });
    fake.misbehaviour = how;
    const failed = await source.waitForCard(soon());
    expect(failed).toMatchObject({ error: { code: 'reader.service-malformed' } });
    expect(failed.ok || failed.error.detail).not.toContain('110101');
    // It is told apart as soon as it is opened, where it can be asked something without reading a card.
    if (!['est-card', 'read-card-cgi'].includes(dialect)) {
      expect(await source.identify()).toMatchObject({ error: { code: 'reader.service-malformed' } });
    }
  });

  test('whose card has no birth date gives none at all', async () => {
    const { source, device, ...service } = await ready(dialect);
    const reading = source.waitForCard(soon());
    await readings(service, 2);
    device.card = { ...CARDS.resident, fields: { ...CARDS.resident.fields, birthDate: '0000-00-00' } };
    expect(await reading).toEqual({
      ok: false,
      error: { code: 'card.malformed', detail: 'unreadable: birthDate' },
    });
  });

  test('is asked no faster than every 300 ms, one question at a time', async () => {
    const { source, fake, ...service } = await ready(dialect);
    const before = fake.calls.length;
    const startedMs = timing.clock.monotonicMs();
    const cancel = new AbortController();
    const waits = [source.waitForCard(cancel.signal), source.waitForCard(cancel.signal)];
    await readings({ fake, ...service }, 6);
    const elapsedMs = timing.clock.monotonicMs() - startedMs;
    expect(fake.calls.length - before).toBeLessThanOrEqual(1 + elapsedMs / 290);
    if (fake instanceof FakeHttpService) expect(fake.atOnce).toBe(1);
    cancel.abort();
    expect(await Promise.all(waits)).toMatchObject([{ ok: false }, { ok: false }]);
  });

  test(`${isHttp(dialect) ? 'can tell a swapped card only' : 'can tell where the card is'}`, async () => {
    const { source, device, ...service } = await ready(dialect);
    expect(await source.presence()).toEqual({ ok: true, value: 'unknown' });
    const reading = source.waitForCard(soon());
    await readings(service, 2);
    device.card = CARDS.resident;
    expect((await reading).ok).toBe(true);
    const tells = dialect === 'est';
    expect(await source.presence()).toEqual({ ok: true, value: tells ? 'same' : 'unknown' });
    device.card = CARDS.hmt;
    expect(await source.presence()).toEqual({ ok: true, value: dialect === 'est-card' ? 'unknown' : 'other' });
    device.card = null;
    expect(await source.presence()).toEqual({ ok: true, value: tells ? 'gone' : 'unknown' });
  });
});
