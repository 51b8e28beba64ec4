import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { ConnectionFinding, ConnectionReport } from '../../../src/shared/ipc/admin-connection.ts';
import { DEFAULT_SETUP } from '../../../src/shared/domain/terminal-state.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { err } from '../../../src/shared/result.ts';
import { answeringKv1, type AnsweringVerifier } from '../../support/terminal/answering-verifier.ts';
import { startTerminal, unwrap, type Terminal } from '../../support/terminal/terminal.ts';
import { visit } from '../../support/terminal/visitor.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function terminalWith(verifier?: AnsweringVerifier): Promise<Terminal> {
  const terminal = await startTerminal(verifier?.connection);
  closing.push(() => terminal.close());
  return terminal;
}

async function verifierAt(): Promise<AnsweringVerifier & { readonly address: string; readonly code: string }> {
  const verifier = await answeringKv1();
  closing.push(() => verifier.close());
  if (verifier.connection.kind !== 'kv1') throw new Error('another verifier');
  const { address, enrolmentCode } = verifier.connection;
  return { ...verifier, address, code: enrolmentCode };
}

const statesOf = ({ findings }: ConnectionReport): Readonly<Record<string, ConnectionFinding['state']>> =>
  Object.fromEntries(findings.map(({ step, state }) => [step, state]));

describe('the first set-up', () => {
  it('keeps how far it has come, and is noted when it is finished', async () => {
    const { application, installation } = await terminalWith();
    const admin = application.adminHandlers;
    expect(unwrap(await admin['admin:setup'](null))).toEqual(DEFAULT_SETUP);
    await admin['admin:save-setup']({ at: 'reader', outcomes: { language: 'done', camera: 'skipped' } });
    expect(unwrap(await admin['admin:setup'](null))).toEqual({
      finishedAtMs: null,
      at: 'reader',
      outcomes: { language: 'done', camera: 'skipped' },
    });
    const finished = unwrap(await admin['admin:finish-setup'](null));
    expect(finished).toMatchObject({ at: 'language', outcomes: { camera: 'skipped' } });
    expect(finished.finishedAtMs).toBeGreaterThan(0);
    const noted = installation.database
      .prepare("SELECT count(*) FROM audit WHERE entry LIKE '%setup.finished%'")
      .pluck();
    expect(noted.get()).toBe(1);
  });
});

describe('a certification that tries the terminal out', () => {
  it('is done as for a visitor, followed, marked, and stays here even with consent to sending', async () => {
    const verifier = await verifierAt();
    const terminal = await terminalWith(verifier);
    const { service, adminHandlers: admin } = terminal.application;
    terminal.setScene({ confirmation: 'face-reference', evidence: { keep: 'all', clip: false } });
    const begun = unwrap(await admin['admin:start-setup-test'](null));
    expect(begun).toMatchObject({ state: 'running' });
    expect(service.view().test).toBe(true);
    // The visitor's start finds a certification that has begun already.
    const { last, screens } = await visit(service, { transmit: true });
    expect(last).toMatchObject({ screen: 'result', result: { state: 'passed', provisional: false } });
    expect(screens).toContain('light');
    const ended = unwrap(await admin['admin:setup-test'](null));
    expect(ended).toMatchObject({ state: 'ended', verdict: 'passed', reason: 'ok.matched', simulated: false });
    if (ended.state !== 'ended') throw new Error('it runs');
    const { record } = unwrap(terminal.installation.queries.show(ended.certifyId));
    expect(record).toMatchObject({ test: true, consent: { transmit: true }, verdict: { provisional: false } });
    const { database } = terminal.installation;
    const rows = (table: string): unknown => database.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
    expect([rows('outbox'), rows('checks'), rows('face_returns'), rows('evidence_keys')]).toEqual([0, 0, 0, 0]);
  });

  it('counts against nobody, and in no past comparison', async () => {
    const terminal = await terminalWith();
    const { service, adminHandlers: admin } = terminal.application;
    terminal.setScene({ oncePerIdentity: 'day' });
    terminal.before.similarity = 0.9;
    await admin['admin:start-setup-test'](null);
    await visit(service, { transmit: false });
    service.act({ type: 'done' });
    expect(unwrap(await admin['admin:threshold-effect']({ sceneId: null })).comparisons).toBe(0);
    const { last } = await visit(service, { transmit: false });
    expect(last).toMatchObject({ screen: 'result', result: { state: 'passed' } });
    const effect = unwrap(await admin['admin:threshold-effect']({ sceneId: null }));
    expect(effect).toMatchObject({ comparisons: 1, kind: 'live-chip' });
    expect(effect.rates.every(({ passed, review, refused }) => passed + review + refused === 1)).toBe(true);
  });

  it('does not begin while somebody is served, and says so', async () => {
    const { application } = await terminalWith();
    const { service, adminHandlers: admin } = application;
    service.act({ type: 'start' });
    expect(await admin['admin:start-setup-test'](null)).toMatchObject({ ok: false, error: { code: 'setup.not-idle' } });
    expect(await admin['admin:stop-setup-test'](null)).toEqual({ ok: true, value: { state: 'none' } });
    expect(service.view().certifyId).not.toBeNull();
  });

  it('shows in plain reasons that it was broken off', async () => {
    const { application } = await terminalWith();
    const admin = application.adminHandlers;
    await admin['admin:start-setup-test'](null);
    const stopped = unwrap(await admin['admin:stop-setup-test'](null));
    expect(stopped).toMatchObject({ state: 'ended', verdict: 'error', reason: 'user.cancelled' });
  });
});

describe('the connection test', () => {
  it('goes all the way to the verifier that this terminal is enrolled with', async () => {
    const terminal = await terminalWith(await verifierAt());
    const report = unwrap(await terminal.application.adminHandlers['admin:test-connection']({ address: null }));
    expect(statesOf(report)).toEqual({
      address: 'good',
      name: 'not-needed',
      tcp: 'good',
      tls: 'not-needed',
      http: 'good',
      protocol: 'good',
      clock: 'good',
      'server-key': 'good',
      'device-key': 'good',
      'round-trip': 'good',
    });
    const key = report.findings.find(({ step }) => step === 'server-key')!.facts;
    expect(key.fingerprint).toBe(key.pinned);
  });

  it('stops where something else answers, and tries nothing after it', async () => {
    const server = createServer((_request, response) => response.end('hello'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => new Promise((resolve) => server.close(() => resolve())));
    const { application } = await terminalWith();
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const states = statesOf(unwrap(await application.adminHandlers['admin:test-connection']({ address })));
    expect(states).toMatchObject({ http: 'good', protocol: 'failed', clock: 'not-tried', 'round-trip': 'not-tried' });
  });

  it('stops at the address or the port where there is nothing', async () => {
    const { application } = await terminalWith();
    const test = async (address: string) =>
      statesOf(unwrap(await application.adminHandlers['admin:test-connection']({ address })));
    expect(await test('http://verifier.example')).toMatchObject({ address: 'failed', name: 'not-tried' });
    expect(await test('http://127.0.0.1:9')).toMatchObject({ address: 'good', tcp: 'failed', tls: 'not-tried' });
  });
});

describe('an enrolment', () => {
  it('shows the key before it is trusted, and trusts only the one that was compared', async () => {
    const { address, code } = await verifierAt();
    const { application } = await terminalWith();
    const admin = application.adminHandlers;
    const offered = unwrap(await admin['admin:verifier-key']({ address }));
    expect(offered).toMatchObject({ address, fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown });
    expect(unwrap(await admin['admin:verifier'](null)).enrolled).toBe(false);
    const other = 'f'.repeat(64);
    expect(await admin['admin:enrol']({ address, code, fingerprint: other })).toEqual(
      err(failure('verifier.other-key')),
    );
    const enrolled = unwrap(await admin['admin:enrol']({ address, code, fingerprint: offered.fingerprint }));
    expect(enrolled).toMatchObject({ enrolled: true, serverKeyFingerprint: offered.fingerprint });
  });
});

describe('the receipt printer', () => {
  it('prints nothing where none is chosen or there', async () => {
    const { application } = await terminalWith();
    const admin = application.adminHandlers;
    expect(unwrap(await admin['admin:printers'](null))).toEqual([]);
    expect(await admin['admin:print-test']({ printer: 'gone', paperWidthMm: 80 })).toMatchObject({
      error: { code: 'printer.missing' },
    });
    const nobody = '019a7e5c-3f20-7c11-9d2e-6b1f0a2c4d5e';
    expect(await application.receiptPrinter.printReceipt(nobody)).toMatchObject({ error: { code: 'printer.missing' } });
  });
});
