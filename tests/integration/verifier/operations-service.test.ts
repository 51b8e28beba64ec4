import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterEach, describe, expect, it } from 'vitest';
import { settled } from '../../../src/main/verifiers/check-outcomes.ts';
import { KV1_PATHS } from '../../../src/shared/protocol/kv1.ts';
import { SESSION_PATHS } from '../../../src/shared/protocol/kv1-sessions.ts';
import { closeGracefully } from '../../../src/verifier/graceful-close.ts';
import { OPERATOR_PATHS, SERVICE_PATHS } from '../../../src/verifier/operators/operator-paths.ts';
import { GUESS_LIMITS } from '../../../src/verifier/operators/guess-lock.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { startOperatedVerifier, type OperatedOptions, type OperatedVerifier } from '../../support/operated-verifier.ts';
import { artifactOf, enrolQuestioner, noiseJpeg, sessionOf, sessionRequest } from '../../support/questioner.ts';
import { enrolRawDevice } from '../../support/raw-device.ts';
import { outcome } from '../../support/scripted-verifier.ts';

const running: OperatedVerifier[] = [];
afterEach(async () => {
  for (const verifier of running.splice(0)) await verifier.close();
});

async function start(options: OperatedOptions = {}): Promise<OperatedVerifier> {
  const verifier = await startOperatedVerifier(options);
  running.push(verifier);
  return verifier;
}

describe('logs, metrics and errors', () => {
  it('say what happened and never who somebody is, whatever is sent where', async () => {
    const verifier = await start();
    const number = '110101199003078515';
    const name = '欧阳测试';
    const seen: string[] = [];
    const identities = `${name}-${number}-13800138000`;
    const device = await enrolRawDevice(verifier);
    const everywhere = encodeURIComponent(identities);
    for (const path of [
      `/v1/${everywhere}`,
      `/v1/sessions/${everywhere}`,
      `/v1/subjects/${number}`,
      `/%zz${everywhere}`,
      `/v1/reports?from=${everywhere}`,
      `/v1/submissions/${number}`,
      `/v1/sessions/${number}:review`,
    ]) {
      for (const method of ['GET', 'DELETE', 'POST']) {
        const body = JSON.stringify({ name, number, [identities]: identities });
        const headers = { 'x-name': everywhere, traceparent: everywhere, 'user-agent': everywhere };
        seen.push((await device.send({ method, path, body: method === 'POST' ? body : '', headers })).text);
        seen.push(
          await (
            await fetch(`${verifier.address}${path}`, { method, headers: { authorization: `Bearer ${everywhere}` } })
          ).text(),
        );
      }
    }
    const questioner = await enrolQuestioner(verifier);
    verifier.vendor.begin({ checks: [settled(outcome('identity.mismatch')), new Error(identities)] });
    for (let turn = 0; turn < 2; turn += 1) {
      const face = noiseJpeg(500);
      const opened = sessionOf(await questioner.open(sessionRequest({ artifacts: [artifactOf('face.jpg', face)] })));
      await questioner.put(opened.sessionId, 'face.jpg', face);
      const submitted = await questioner.submit(opened, { name, number });
      seen.push(JSON.stringify(submitted), JSON.stringify(await questioner.read(opened.sessionId, 5)));
    }
    seen.push(await (await fetch(`${verifier.address}/metrics`)).text(), verifier.logged.join(''));
    for (const text of seen) {
      for (const secret of [name, number, everywhere, '13800138000', encodeURIComponent(name)]) {
        expect(text.includes(secret), `${text.slice(0, 200)}`).toBe(false);
      }
    }
    expect(verifier.logged.length).toBeGreaterThan(40);
  });

  it('follow a trace, and begin one where there is none that is valid', async () => {
    const verifier = await start();
    const device = await enrolRawDevice(verifier);
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const traceparent = `00-${traceId}-b7ad6b7169203331-01`;
    await device.send({ path: KV1_PATHS.policy, headers: { traceparent } });
    await device.send({ path: KV1_PATHS.policy, headers: { traceparent: `00-${'0'.repeat(32)}-b7ad6b7169203331-01` } });
    const lines = verifier.logged.map((line) => JSON.parse(line) as Record<string, unknown>);
    const asked = lines.filter(({ route }) => route === KV1_PATHS.policy);
    expect(asked).toMatchObject([
      { msg: 'request', method: 'GET', status: 200, traceId, device: device.deviceId, problem: null },
      { status: 200, traceId: expect.stringMatching(/^(?!0{32})[0-9a-f]{32}$/) as string },
    ]);
    expect(asked[0]?.['spanId']).not.toBe('b7ad6b7169203331');
  });

  it('count by route, problem, call and decision, with labels from closed lists only', async () => {
    const verifier = await start();
    const device = await enrolRawDevice(verifier);
    await device.send({ path: KV1_PATHS.policy });
    await device.send({ path: KV1_PATHS.policy, created: 1 });
    await device.send({ path: SESSION_PATHS.session('019caa00-0000-7000-8000-000000000001') });
    await fetch(`${verifier.address}/nowhere/1`);
    const questioner = await enrolQuestioner(verifier);
    await questioner.ask('face-authority', noiseJpeg(700), { name: '测试员', number: '11010519491231002X' });
    const answer = await fetch(`${verifier.address}${SERVICE_PATHS.metrics}`);
    expect(answer.headers.get('content-type')).toContain('text/plain');
    const text = await answer.text();
    for (const line of [
      'countersign_http_requests_total{route="/v1/policy",method="GET",status_class="2xx"} 1',
      'countersign_http_requests_total{route="/v1/policy",method="GET",status_class="4xx"} 1',
      'countersign_http_requests_total{route="none",method="GET",status_class="4xx"} 1',
      'countersign_problems_total{code="clock_skew"} 1',
      'countersign_attempts_total{verifier="tencent",operation="Scripted",retry="none"} 1',
      'countersign_decisions_total{state="passed"} 1',
      'countersign_sessions{state="decided"} 1',
    ]) {
      expect(text).toContain(`${line}\n`);
    }
    const labels = [...text.matchAll(/="([^"]*)"/g)].map(([, label = '']) => label);
    expect(labels.filter((label) => /[0-9a-f]{8}-|dev_|nowhere/.test(label))).toEqual([]);
  });
});

describe('operators', () => {
  it('open codes and revoke devices; each by their role, all of it written down', async () => {
    const verifier = await start();
    const operator = await verifier.operator('zhou', 'operator');
    const reviewer = await verifier.operator('wu', 'reviewer');
    const administrator = await verifier.operator('admin', 'administrator');
    const { json } = await verifier.operate(operator, 'POST', OPERATOR_PATHS.codes, { label: 'Counter 3' });
    const device = await enrolRawDevice({ ...verifier, enrolmentCode: async () => (json as { code: string }).code });
    const listed = await verifier.operate(operator, 'GET', OPERATOR_PATHS.devices);
    expect(listed.json).toMatchObject({
      devices: [{ deviceId: device.deviceId, label: 'Counter 3', revokedAtMs: null }],
    });
    const revoke = OPERATOR_PATHS.revoke(device.deviceId);
    expect((await verifier.operate(reviewer, 'POST', revoke, {})).status).toBe(403);
    expect((await verifier.operate(operator, 'POST', revoke, {})).status).toBe(200);
    expect((await verifier.operate(operator, 'POST', revoke, {})).status).toBe(404);
    expect((await device.send({ path: KV1_PATHS.policy })).code).toBe('device_revoked');
    const audit = await verifier.operate(administrator, 'GET', OPERATOR_PATHS.audit);
    expect((audit.json as { actions: unknown[] }).actions).toMatchObject([
      { operator: 'zhou', action: 'device-revoked', target: device.deviceId },
      { operator: 'zhou', action: 'code-opened', detail: { label: 'Counter 3' } },
    ]);
    await verifier.database.queries.updateTable('operators').set({ disabled: 1 }).where('name', '=', 'zhou').execute();
    expect((await verifier.operate(operator, 'GET', OPERATOR_PATHS.devices)).status).toBe(401);
  });

  it('who guess are locked out; who work there go on', async () => {
    const verifier = await start();
    const known = await verifier.operator('sun', 'operator');
    const fresh = await verifier.operator('qian', 'operator');
    expect((await verifier.operate(known, 'GET', OPERATOR_PATHS.devices)).status).toBe(200);
    const guess = `cso_${'A'.repeat(43)}`;
    const statuses = [];
    for (let turn = 0; turn <= GUESS_LIMITS.tries; turn += 1) {
      statuses.push((await verifier.operate(guess, 'GET', OPERATOR_PATHS.devices)).status);
    }
    expect(statuses).toEqual([...Array<number>(GUESS_LIMITS.tries).fill(401), 429]);
    expect((await verifier.operate(fresh, 'GET', OPERATOR_PATHS.devices)).status).toBe(429);
    expect((await verifier.operate(known, 'GET', OPERATOR_PATHS.devices)).status).toBe(200);
    expect(verifier.logged.some((line) => line.includes('operator-locked-out'))).toBe(true);
  });
});

describe('the service', () => {
  it('is ready only when everything is there, and says what is missing', async () => {
    let there = true;
    const verifier = await start({
      pingObjects: () => (there ? Promise.resolve() : Promise.reject(new Error('gone'))),
    });
    const ready = () => fetch(`${verifier.address}${SERVICE_PATHS.ready}`);
    expect(await (await ready()).json()).toEqual({ ready: true, database: true, objects: true, adapters: true });
    there = false;
    const missing = await ready();
    expect([missing.status, missing.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await missing.json()).toMatchObject({ code: 'unavailable', detail: 'objects', retryable: true });
  });

  it('lets each device ask so often, and says when again', async () => {
    const clock = manualClock(Date.now());
    const verifier = await start({ clock, changes: { deviceRate: { burst: 3, perSecond: 1 } } });
    const [device, other] = [await enrolRawDevice(verifier), await enrolRawDevice(verifier)];
    const statuses = [];
    for (let turn = 0; turn < 4; turn += 1) statuses.push((await device.send({ path: KV1_PATHS.policy })).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    const refused = await device.send({ path: KV1_PATHS.policy });
    expect([refused.code, refused.headers.get('retry-after'), refused.signed]).toEqual([
      'too_many_requests',
      '1',
      true,
    ]);
    expect((await other.send({ path: KV1_PATHS.policy })).status).toBe(200);
    clock.advance(1_000);
    expect((await device.send({ path: KV1_PATHS.policy })).status).toBe(200);
  });

  it('ends by finishing what it is answering, and cuts what takes too long', async () => {
    let arrived: () => void = () => undefined;
    const inside = new Promise<void>((resolve) => (arrived = resolve));
    const slow = (waitMs: number) => ({
      pingObjects: async () => {
        arrived();
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      },
    });
    const verifier = await start(slow(300));
    const answer = fetch(`${verifier.address}${SERVICE_PATHS.ready}`);
    await inside;
    const closed = closeGracefully(verifier.app, 5_000);
    expect((await answer).status).toBe(200);
    await closed;
    await expect(fetch(`${verifier.address}${SERVICE_PATHS.ready}`)).rejects.toThrow();
    const stuck = await start(slow(2_500));
    const cut = fetch(`${stuck.address}${SERVICE_PATHS.ready}`).then(
      () => 'answered',
      () => 'cut',
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    await closeGracefully(stuck.app, 100);
    expect(await cut).toBe('cut');
  });

  it('describes its interface in a valid document that the repository has too', async () => {
    const verifier = await start();
    const served = (await (await fetch(`${verifier.address}${SERVICE_PATHS.openapi}`)).json()) as Record<
      string,
      unknown
    >;
    const checked = await new Validator().validate(structuredClone(served));
    expect([checked.valid, checked.errors ?? null]).toEqual([true, null]);
    const file = join(import.meta.dirname, '../../../docs/verifier/openapi.json');
    // Written by: node src/verifier/openapi/write.ts
    expect(served).toEqual(JSON.parse(readFileSync(file, 'utf8')));
    const { paths } = served as unknown as { paths: Record<string, Record<string, { security: unknown[] }>> };
    for (const [path, methods] of Object.entries(paths)) {
      for (const [method, { security }] of Object.entries(methods)) {
        const address = path.replace('{name}', 'face.jpg').replace(/\{\w+\}/, '019caa00-0000-7000-8000-000000000001');
        const answer = await fetch(`${verifier.address}${address}`, { method: method.toUpperCase() });
        const expected = security.length > 0 ? [401] : [200, 400];
        expect(expected, `${method} ${path}`).toContain(answer.status);
      }
    }
  });

  it('shows pages that load nothing, in the language that is preferred', async () => {
    const verifier = await start();
    for (const [path, language, expected] of [
      ['/', 'zh-CN,zh;q=0.9,en;q=0.8', '核验服务'],
      ['/', 'en-GB,zh;q=0.5', 'Countersign verifier'],
      ['/docs', 'en', '/v1/sessions/{sessionId}:submit'],
    ] as const) {
      const answer = await fetch(`${verifier.address}${path}`, { headers: { 'accept-language': language } });
      const html = await answer.text();
      expect(html).toContain(expected);
      expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
      expect(html).not.toMatch(/<script|src=|https?:|url\(|@import/);
    }
  });
});
