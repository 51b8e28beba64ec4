import { afterEach, describe, expect, test } from 'vitest';
import type { ReaderState } from '../../../src/main/card-reader/contract.ts';
import { ReaderConnection } from '../../../src/main/card-reader/reader-connection.ts';
import { httpExchange, type ServiceCall } from '../../../src/main/card-reader/vendor-services/http-exchange.ts';
import { checkListening } from '../../../src/main/card-reader/vendor-services/loopback.ts';
import { probeServices } from '../../../src/main/card-reader/vendor-services/probe.ts';
import { vendorServiceSource } from '../../../src/main/card-reader/vendor-services/vendor-service-source.ts';
import {
  HTTP_SERVICE_DIALECTS,
  WEB_SOCKET_SERVICE_DIALECTS,
  type HttpServiceDialect,
  type ServiceDialect,
} from '../../../src/shared/domain/reader-transport.ts';
import { systemTiming } from '../../../src/main/card-reader/timing.ts';
import { CARDS } from '../../support/card-reader/cards.ts';
import { fakeServiceOf, type AnyService } from '../../support/card-reader/services/any-service.ts';
import { FakeEstService } from '../../support/card-reader/services/fake-est-service.ts';
import { FakeHttpService, type Misbehaviour } from '../../support/card-reader/services/fake-http-service.ts';
import { fastTiming } from '../../support/card-reader/services/fast-timing.ts';

const DIALECTS: readonly ServiceDialect[] = [...HTTP_SERVICE_DIALECTS, ...WEB_SOCKET_SERVICE_DIALECTS];
const timing = fastTiming(10);
const READ: ServiceCall = { method: 'GET', path: '/readcard', timeoutMs: 3_000 };
const never = new AbortController().signal;
const stops: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function startHttp(dialect: HttpServiceDialect): Promise<FakeHttpService> {
  const fake = new FakeHttpService(dialect);
  await fake.start();
  stops.push(() => fake.stop());
  return fake;
}

async function startAny(dialect: ServiceDialect): Promise<AnyService> {
  const service = fakeServiceOf(dialect);
  await service.fake.start();
  stops.push(() => service.fake.stop());
  return service;
}

async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; !holds(); turn++) {
    if (turn > 1_000) throw new Error('it did not come to that');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('one call of a service', () => {
  const failures: readonly (readonly [Misbehaviour & string, string, string])[] = [
    ['html', 'reader.service-malformed', 'HTML instead of JSON'],
    ['no-json', 'reader.service-malformed', 'JSON'],
    ['silent', 'reader.service-slow', 'no answer in time'],
    ['trickle', 'reader.service-slow', 'no answer in time'],
    ['huge', 'reader.service-malformed', 'an answer of more than 4 MB'],
    ['endless', 'reader.service-malformed', 'an answer of more than 4 MB'],
    ['breaks-off', 'reader.service-malformed', 'an answer that broke off'],
    ['hangs-up', 'reader.service-malformed', 'hung up without an answer'],
    ['redirect', 'reader.service-malformed', 'a redirect'],
    ['not-found', 'reader.service-malformed', 'HTTP status 404'],
    ['no-http', 'reader.service-malformed', 'no HTTP'],
    ['damaged-text', 'reader.service-malformed', 'encoding'],
  ];

  test.each(failures)('that meets %s fails as %s (%s)', async (how, code, detail) => {
    const fake = await startHttp('cvr');
    const elsewhere = await startHttp('cvr');
    fake.misbehaviour = how;
    fake.redirectTo = `${elsewhere.address}/readcard`;
    // However long a busy machine takes for megabytes, it isn't the time that ends them.
    const pace = how === 'huge' || how === 'endless' ? systemTiming : timing;
    const result = await httpExchange(new URL(fake.address), pace)(READ, never);
    expect(result).toEqual({ ok: false, error: { code, detail } });
    expect(elsewhere.calls).toEqual([]);
  });

  test('leaves no connection behind, however it ends', async () => {
    const fake = await startHttp('cvr');
    const exchange = httpExchange(new URL(fake.address), timing);
    for (const how of ['silent', 'trickle', 'endless', null] as const) {
      fake.misbehaviour = how;
      await exchange({ ...READ, timeoutMs: 500 }, never);
    }
    await until(() => fake.connections === 0);
    expect(fake.calls).toHaveLength(4);
  });

  test('reads GBK and JSONP', async () => {
    const fake = await startHttp('read-msg');
    fake.device.card = CARDS.hmt;
    const exchange = httpExchange(new URL(fake.address), timing);
    for (const gbk of ['declared', 'undeclared'] as const) {
      fake.form = { gbk, jsonp: true };
      expect(await exchange({ ...READ, path: '/api/ReadMsg' }, never)).toMatchObject({
        ok: true,
        value: { name: CARDS.hmt.fields.name, address: CARDS.hmt.fields.address },
      });
    }
  });

  test('never goes to another machine, whatever the address says', async () => {
    for (const address of ['http://192.0.2.1:19196', 'http://0.0.0.0:19196', 'http://[2001:db8::1]:19196']) {
      const result = await httpExchange(new URL(address), systemTiming)(READ, never);
      expect(result).toEqual({
        ok: false,
        error: { code: 'reader.service-missing', detail: 'not an address of this machine' },
      });
      expect(await checkListening(new URL(address), systemTiming, 100)).toEqual(result);
    }
  });

  test('takes localhost by its name where that is this machine', async () => {
    const fake = await startHttp('cvr');
    const address = new URL(fake.address.replace('127.0.0.1', 'localhost'));
    expect(await httpExchange(address, systemTiming)({ ...READ, path: '/OpenDevice' }, never)).toMatchObject({
      ok: true,
    });
  });
});

describe('a service as it is opened and closed', () => {
  test.each([
    ['cvr', ['GET /OpenDevice', 'GET /getsamid', 'GET /CloseDevice']],
    ['certctl', ['POST /api/connect', 'POST /api/getStatus', 'POST /api/disconnect']],
    ['est-card', []],
    ['read-msg', ['GET /api/Version', 'GET /api/Version', 'GET /api/GetSAMID']],
    ['read-card-cgi', []],
    ['est', ['EST_GetVersion#', 'EST_ReaderGertSAMID#', 'EST_StopReadIDCard#']],
  ] as const)('%s is told so, and no card is read', async (dialect, calls) => {
    const { fake, transport } = await startAny(dialect);
    fake.device.card = CARDS.resident;
    const source = vendorServiceSource(transport(), { timing });
    await source.open();
    await source.identify();
    await source.close();
    await until(() => fake.calls.length >= calls.length);
    expect(fake.calls).toEqual(calls);
  });

  test('a device that can not be opened is refused in our words', async () => {
    const fake = await startHttp('cvr');
    fake.device.present = false;
    const source = vendorServiceSource({ kind: 'vendor-http', dialect: 'cvr', address: fake.address }, { timing });
    stops.push(() => source.close());
    await source.open();
    expect(await source.identify()).toEqual({
      ok: false,
      error: { code: 'reader.service-refused', detail: 'the device is not ready (service error -1)' },
    });
  });

  test('a CertCtl service without readCard is asked by readCert from then on', async () => {
    const fake = await startHttp('certctl');
    fake.unknownPaths.add('/api/readCard');
    const source = vendorServiceSource({ kind: 'vendor-http', dialect: 'certctl', address: fake.address }, { timing });
    stops.push(() => source.close());
    await source.open();
    await source.identify();
    const reading = source.waitForCard(AbortSignal.timeout(5_000));
    await until(() => fake.calls.filter((call) => call === 'POST /api/readCert').length >= 2);
    fake.device.card = CARDS.resident;
    expect(await reading).toMatchObject({ ok: true });
    expect(fake.calls.filter((call) => call === 'POST /api/readCard')).toHaveLength(1);
  });

  test('a web socket with an answer outstanding is hung up, and the next question gets a new one', async () => {
    const fake = new FakeEstService();
    await fake.start();
    stops.push(() => fake.stop());
    const source = vendorServiceSource({ kind: 'vendor-ws', dialect: 'est', address: fake.address }, { timing });
    stops.push(() => source.close());
    let lost = 0;
    await source.open(() => void lost++);
    const cancel = new AbortController();
    fake.misbehaviour = { lateMs: 50 };
    const given = source.waitForCard(cancel.signal);
    await until(() => fake.calls.length === 1);
    cancel.abort();
    expect(await given).toMatchObject({ error: { code: 'user.cancelled' } });
    fake.misbehaviour = null;
    expect(await source.checkStatus()).toMatchObject({ ok: true });
    expect([fake.connections, lost]).toEqual([2, 0]);
  });

  test('a web socket that the service hangs up is lost once', async () => {
    const fake = new FakeEstService();
    await fake.start();
    stops.push(() => fake.stop());
    const source = vendorServiceSource({ kind: 'vendor-ws', dialect: 'est', address: fake.address }, { timing });
    stops.push(() => source.close());
    let lost = 0;
    await source.open(() => void lost++);
    await fake.stop();
    await until(() => lost > 0);
    expect(await source.checkStatus()).toMatchObject({ error: { code: 'reader.service-missing' } });
    await source.close();
    expect(lost).toBe(1);
  });

  test('the path of the address is of no account', async () => {
    const fake = await startHttp('certctl');
    const address = `${fake.address}/api/`;
    const source = vendorServiceSource({ kind: 'vendor-http', dialect: 'certctl', address }, { timing });
    stops.push(() => source.close());
    expect(await source.open()).toMatchObject({ ok: true });
    expect(await source.identify()).toMatchObject({ ok: true, value: { service: 'CertCtl' } });
  });

  test('one that answers only when a card comes gives the card that it waited for', async () => {
    const fake = await startHttp('est-card');
    fake.waitsForCardMs = 2_000;
    const source = vendorServiceSource({ kind: 'vendor-http', dialect: 'est-card', address: fake.address }, { timing });
    stops.push(() => source.close());
    await source.open();
    const reading = source.waitForCard(AbortSignal.timeout(5_000));
    await new Promise((resolve) => setTimeout(resolve, 400));
    fake.device.card = CARDS.resident;
    expect(await reading).toMatchObject({ ok: true, value: { kind: 'resident' } });
    expect(fake.calls).toEqual(['POST /card=idcard']);
  });

  test('one that reads a card only once until it was put on again works all the same', async () => {
    const fake = await startHttp('cvr');
    fake.device.readsOnce = true;
    const source = vendorServiceSource({ kind: 'vendor-http', dialect: 'cvr', address: fake.address }, { timing });
    stops.push(() => source.close());
    await source.open();
    await source.identify();
    for (let person = 0; person < 2; person++) {
      const reading = source.waitForCard(AbortSignal.timeout(5_000));
      const before = fake.calls.length;
      await until(() => fake.calls.length >= before + 3);
      fake.device.card = CARDS.resident;
      expect(await reading).toMatchObject({ ok: true });
      // It still lies there; the service says "no card", and nothing is read.
      const left = source.waitForCard(AbortSignal.timeout(300));
      expect(await left).toMatchObject({ error: { code: 'user.cancelled' } });
      fake.device.card = null;
    }
  });
});

describe('looking for services', () => {
  test('finds those that listen, asks the ones that can be asked, and touches no device', async () => {
    const services = await Promise.all(DIALECTS.map(startAny));
    for (const { fake } of services) fake.device.card = CARDS.resident;
    const addresses = Object.fromEntries(services.map(({ transport }) => [transport().dialect, transport().address]));
    const found = await probeServices({ addresses, timing: systemTiming });
    expect(found.map(({ transport, known }) => [transport.kind !== 'auto' && transport, known])).toEqual(
      services.map(({ transport }) => [
        transport(),
        ['cvr', 'certctl', 'read-msg', 'est'].includes(transport().dialect),
      ]),
    );
    expect(services.flatMap(({ fake }) => fake.calls)).toEqual([
      'GET /getsamid',
      'POST /api/getStatus',
      'GET /api/Version',
      'EST_GetVersion#',
    ]);
    expect(services.every(({ fake }) => !fake.device.opened)).toBe(true);
  });

  test('finds none where nothing listens, and does not know what is something else', async () => {
    const services = await Promise.all(DIALECTS.map(startAny));
    const addresses = Object.fromEntries(services.map(({ transport }) => [transport().dialect, transport().address]));
    for (const { fake } of services) fake.misbehaviour = 'html';
    const strange = await probeServices({ addresses, timing: systemTiming });
    expect(strange.map(({ known }) => known)).toEqual(DIALECTS.map(() => false));
    for (const { fake } of services) await fake.stop();
    expect(await probeServices({ addresses, timing: systemTiming })).toEqual([]);
  });
});

describe.each(DIALECTS)('a %s service that is kept open', (dialect) => {
  test('is found lost by the heartbeat, and read again when it comes back', async () => {
    const service = await startAny(dialect);
    const states: ReaderState[] = [];
    const connection = new ReaderConnection(timing, (state) => states.push(state));
    stops.push(() => connection.configure(null));
    const create = () => vendorServiceSource(service.transport(), { timing });
    expect(await connection.configure({ create })).toMatchObject({ ok: true, value: { simulated: false } });
    await service.fake.stop();
    await until(() => states.length === 2);
    expect(await connection.readCard(100, () => undefined)).toMatchObject({
      error: { code: 'reader.service-missing' },
    });
    await service.fake.start();
    await until(() => states.at(-1)?.state === 'ready');
    expect(states.map(({ state }) => state)).toEqual(['ready', 'fault', 'ready']);
    const reading = connection.readCard(60_000, () => undefined);
    const before = service.fake.calls.length;
    await until(() => service.fake.calls.length >= before + 3);
    service.fake.device.card = CARDS.resident;
    expect(await reading).toMatchObject({ ok: true, value: { kind: 'resident' } });
    expect(await connection.readCard(1_000, () => undefined)).toMatchObject({ error: { code: 'user.timed-out' } });
  });
});
