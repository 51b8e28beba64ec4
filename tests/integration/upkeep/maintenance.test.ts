import { afterEach, beforeEach, expect, it } from 'vitest';
import { unzipSync, strFromU8 } from 'fflate';
import { verify } from 'node:crypto';
import { writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { selfTestText } from '../../../src/main/composition/health.ts';
import { startTerminal, unwrap, type Terminal } from '../../support/terminal/terminal.ts';

let terminal: Terminal;
beforeEach(async () => {
  terminal = await startTerminal();
});
afterEach(() => terminal.close());

const screen = (): string => terminal.application.service.view().screen;

it('takes the kiosk out of service for its staff, and nothing else brings it back', async () => {
  const { adminHandlers, service } = terminal.application;
  expect(screen()).toBe('attract');
  expect(unwrap(await adminHandlers['admin:set-maintenance']({ on: true })).maintenance).toBe(true);
  expect(service.view()).toMatchObject({ screen: 'maintenance', reason: 'kiosk.maintenance' });
  for (const part of ['inference', 'store', 'reader'] as const) service.backInService(part);
  expect(screen()).toBe('maintenance');
  expect(unwrap(await adminHandlers['admin:set-maintenance']({ on: false })).maintenance).toBe(false);
  expect(screen()).toBe('attract');
});

it('goes back to maintenance when another trouble is over', async () => {
  const { adminHandlers, service } = terminal.application;
  service.outOfService('inference.crashed');
  unwrap(await adminHandlers['admin:set-maintenance']({ on: true }));
  expect(service.view()).toMatchObject({ reason: 'inference.crashed' });
  service.backInService('inference');
  expect(service.view()).toMatchObject({ screen: 'maintenance', reason: 'kiosk.maintenance' });
});

it('keeps another trouble when maintenance is over', async () => {
  const { adminHandlers, service } = terminal.application;
  unwrap(await adminHandlers['admin:set-maintenance']({ on: true }));
  service.outOfService('inference.model-refused');
  unwrap(await adminHandlers['admin:set-maintenance']({ on: false }));
  expect(service.view()).toMatchObject({ screen: 'maintenance', reason: 'inference.model-refused' });
});

it('tests itself, says what is wrong, and signs it', async () => {
  const { test, signature } = unwrap(await terminal.application.adminHandlers['admin:self-test'](null));
  const states = Object.fromEntries(test.findings.map(({ part, state, failure }) => [part, failure?.code ?? state]));
  expect(states).toEqual({
    reader: 'good',
    camera: 'good',
    models: 'inference.model-refused',
    database: 'good',
    audit: 'good',
    disk: expect.stringMatching(/^(good|disk\.nearly-full)$/) as string,
    clock: 'good',
    'verifier-clock': 'off',
    outbox: 'good',
    vault: 'vault.key-file',
  });
  const { publicKey } = terminal.installation.identity;
  const signed = (text: string): boolean =>
    verify(null, Buffer.from(text), publicKey, Buffer.from(signature.signature, 'base64url'));
  expect(signed(selfTestText(test))).toBe(true);
  expect(signed(selfTestText({ ...test, tookMs: test.tookMs + 1 }))).toBe(false);
});

it('bundles what support needs, in the files that the preview names, and no lines that are not its own', async () => {
  const { adminHandlers } = terminal.application;
  mkdirSync(join(terminal.dataFolder, 'logs'));
  const line = {
    time: '2026-11-22T10:00:00.000Z',
    level: 30,
    msg: 'reader ready 11010519491231002X',
    surprise: 'name',
  };
  writeFileSync(join(terminal.dataFolder, 'logs', 'countersign.log'), `${JSON.stringify(line)}\nnot a line\n`);
  unwrap(await adminHandlers['admin:self-test'](null));
  const files = unwrap(await adminHandlers['admin:diagnostics-files'](null));
  const { name, zip } = unwrap(await adminHandlers['admin:diagnostics'](null));
  const bundle = unzipSync(zip);
  expect(name).toMatch(/^countersign-diagnostics-local-[0-9a-f]{8}-\d{4}-\d\d-\d\d\.zip$/);
  expect(Object.keys(bundle).toSorted()).toEqual(files.map((file) => file.name).toSorted());
  expect(strFromU8(bundle['log.jsonl']!)).toBe(
    `${JSON.stringify({ time: line.time, level: 30, msg: 'reader ready …' })}\n`,
  );
  expect(JSON.parse(strFromU8(bundle['settings.json']!))).toMatchObject({
    reader: { kind: 'serial', path: 'set' },
    maintenance: { on: false },
  });
});

it('can not be left where no window is open, and says so', async () => {
  const { adminHandlers } = terminal.application;
  expect(await adminHandlers['admin:leave-kiosk']({ how: 'quit' })).toMatchObject({
    ok: false,
    error: { code: 'request.invalid' },
  });
});

it('lets the faster of two administrators keep what they saved, and tells the other one who it was', async () => {
  const { adminHandlers, serveSettings } = terminal.application;
  const read = await serveSettings(null, () => adminHandlers['admin:site'](null));
  const site = unwrap(await adminHandlers['admin:site'](null));
  const save = (siteName: string, basedOn: number) =>
    serveSettings(basedOn, () => adminHandlers['admin:save-site']({ ...site, siteName }));
  const first = await save('first', read.revision!);
  expect(first.ok).toBe(true);
  expect(first.revision).toBeGreaterThan(read.revision!);
  const second = await save('second', read.revision!);
  expect(second).toMatchObject({ ok: false, error: { code: 'settings.changed-meanwhile' } });
  expect(second.ok ? '' : second.error.detail).toMatch(/^setting site, by \S+, at \d{4}-/);
  expect(unwrap(await adminHandlers['admin:site'](null)).siteName).toBe('first');
  const third = await save('second', first.revision!);
  expect(third).toMatchObject({ ok: true, value: { siteName: 'second' } });
});
