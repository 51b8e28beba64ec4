// Four certifications without anyone touching anything: the right person, a replayed video of them, a video that is
// tinted with the screen's colours, and the right living person with somebody else's card. Ends with 0 only if all came
// out so, everything was delivered to a verifier in another process, and the audit chain holds.
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

import { systemClock } from '../src/shared/clock.ts';
import { DEFAULT_SCENE } from '../src/shared/domain/scene.ts';
import type { RecordDetail } from '../src/shared/ipc/admin.ts';
import { openInstallation, type Installation } from '../src/main/composition/installation.ts';
import { verifyAudit } from '../src/main/store/audit-verification.ts';
import { KEY_FILE_NAME, keyFile } from '../src/main/store/key-file.ts';

import { launchApp } from '../tests/support/app-host.ts';
import { visitorAt, type DemoChoice, type KioskVisitor, type ResultSeen } from '../tests/support/kiosk-visitor.ts';
import { startVerifier } from '../tests/support/verifier-process.ts';
import { demoFolder, root } from './steps/paths.ts';
import { receiptFault } from './steps/receipt-check.ts';

interface Case {
  readonly name: string;
  readonly choice: DemoChoice;
  readonly expected: { readonly state: string; readonly reason: RegExp };
}

const CASES: readonly Case[] = [
  {
    name: 'own-card',
    choice: { person: 'a', presentation: 'live', card: 'a' },
    expected: { state: 'passed', reason: /^ok\.matched$/ },
  },
  {
    name: 'replayed-video',
    choice: { person: 'a', presentation: 'replay', card: 'a' },
    expected: { state: 'failed', reason: /^liveness\./ },
  },
  {
    name: 'tinted-video',
    choice: { person: 'b', presentation: 'tint', card: 'b' },
    expected: { state: 'failed', reason: /^liveness\./ },
  },
  {
    name: 'borrowed-card',
    choice: { person: 'a', presentation: 'live', card: 'b' },
    expected: { state: 'failed', reason: /^face\./ },
  },
];
/** Every case is about the light: whom it does not convince is not asked to move instead. */
const LIGHT_ONLY = { mode: 'light', fallback: [], actions: 2 } as const;
const STAGES = ['consent', 'card', 'position', 'liveness', 'decision', 'commit'] as const;
const outputFolder = join(root, 'demo-output');
const work = mkdtempSync(join(tmpdir(), 'countersign-demo-'));
const dataFolder = join(work, 'kiosk');
const problems: string[] = [];
const screenshots: string[] = [];

rmSync(outputFolder, { recursive: true, force: true });
mkdirSync(outputFolder, { recursive: true });
mkdirSync(dataFolder, { recursive: true });
try {
  await runDemo();
} finally {
  rmSync(work, { recursive: true, force: true });
}
for (const problem of problems) console.error(`✗ ${problem}`);
process.exit(problems.length === 0 ? 0 : 1);

async function runDemo(): Promise<void> {
  say('Starting the reference verifier as another process');
  const verifier = await startVerifier(join(work, 'verifier'));
  writeFileSync(
    join(dataFolder, 'provisioning.json'),
    JSON.stringify({
      scene: { ...DEFAULT_SCENE, liveness: LIGHT_ONLY },
      verifier: { address: verifier.address, code: verifier.enrolmentCode },
    }),
  );
  say('Starting the kiosk, and enrolling it at the verifier');
  const app = await launchApp({
    dataFolder,
    args: ['--demo', `--demo-folder=${demoFolder}`],
    onLog: (line) => appendFileSync(join(outputFolder, 'application.log'), `${line}\n`),
  });
  say(app.host === 'electron' ? 'Running on Electron' : 'Running on an installed Chromium through the stand-in');
  const seen: ResultSeen[] = [];
  try {
    const visitor = visitorAt(await app.page('kiosk'));
    for (const [index, demoCase] of CASES.entries()) {
      say(`Certification ${index + 1} of ${CASES.length}: ${demoCase.name}`);
      seen.push(await certify(visitor, demoCase, index + 1));
    }
    await synced();
  } finally {
    await app.close();
    await verifier.stop();
  }
  report(seen);
}

async function certify(visitor: KioskVisitor, demoCase: Case, number: number): Promise<ResultSeen> {
  const shoot = async (screen: string): Promise<void> => {
    const file = join(outputFolder, `${number}-${demoCase.name}-${String(screenshots.length % 10)}-${screen}.png`);
    await visitor.page.screenshot({ path: file }).catch(() => undefined);
    screenshots.push(relative(root, file));
  };
  await visitor.waitFor(['attract'], 60_000);
  await visitor.choose(demoCase.choice);
  await shoot('attract');
  await visitor.start();
  await visitor.waitFor(['consent']);
  await shoot('consent');
  await visitor.consent({ capture: true, transmit: true });
  for (const screen of ['card', 'position', 'light'] as const) {
    const found = await visitor.waitFor([screen, 'result'], 60_000);
    if (found === 'result') break;
    say(`  ${screen}`);
    await shoot(screen);
  }
  const result = await visitor.result();
  await visitor.page.waitForTimeout(300);
  await shoot('result');
  say(`  ${result.state} (${result.reason})`);
  const { state, reason } = demoCase.expected;
  if (result.state !== state || !reason.test(result.reason)) {
    problems.push(
      `${demoCase.name}: expected ${state} ${String(reason)}, the screen says ${result.state} ${result.reason}`,
    );
  }
  await visitor.press('完成').catch(() => undefined);
  return result;
}

/** Waits until the verifier has confirmed every record: a look into the kiosk's database from outside. */
async function synced(): Promise<void> {
  say('Waiting for the verifier to confirm every record');
  for (let tries = 0; tries < 60; tries += 1) {
    const provisional = withInstallation(({ queries }) => {
      const page = queries.list(0, 50, null);
      return page.ok ? page.value.rows.filter((row) => row.provisional).length : -1;
    });
    if (provisional === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  problems.push('the verifier did not confirm every record within 15 s');
}

function withInstallation<T>(look: (installation: Installation) => T): T {
  const opened = openInstallation(dataFolder, keyFile(join(dataFolder, KEY_FILE_NAME), randomBytes), systemClock);
  if (!opened.ok) throw new Error(`the kiosk's database: ${opened.error.code}`);
  try {
    return look(opened.value);
  } finally {
    opened.value.close();
  }
}

/** The table, and everything that has to be true beside the three verdicts. */
function report(seen: readonly ResultSeen[]): void {
  withInstallation((installation) => {
    const page = installation.queries.list(0, 50, null);
    const details = page.ok ? page.value.rows.map(({ certifyId }) => installation.queries.show(certifyId)) : [];
    const records = details.flatMap((detail) => (detail.ok ? [detail.value] : [])).reverse();
    if (records.length !== CASES.length) problems.push(`${records.length} records instead of ${CASES.length}`);
    const verifier = installation.settings.read('verifier');
    const serverKey = verifier.ok ? verifier.value.enrolment?.serverKey : undefined;
    const receipts = records.map((detail) =>
      serverKey === undefined ? 'not enrolled' : receiptFault(detail, installation.identity.publicKey, serverKey),
    );
    receipts.forEach((fault, index) => {
      if (fault !== null) problems.push(`${CASES[index]?.name}: ${fault}`);
    });
    records.forEach(({ record }, index) => {
      if (record.verdict.reason !== seen[index]?.reason)
        problems.push(`${CASES[index]?.name}: screen and record differ`);
    });
    const outbox = installation.outbox.state();
    const unsent = outbox.ok ? outbox.value.unsent : -1;
    if (unsent !== 0) problems.push(`${unsent} records are still in the outbox`);
    const audit = verifyAudit(installation.database, installation.keys.audit, installation.identity.publicKey);
    if (!audit.ok || !audit.value.ok) problems.push('the audit chain does not verify');

    console.log(`\n${tableOf(records, receipts)}\n`);
    console.log(
      `outbox: ${unsent} unsent    audit chain: ${audit.ok && audit.value.ok ? `${audit.value.entries} entries hold` : 'BROKEN'}`,
    );
    console.log(`\nscreenshots:\n${screenshots.map((file) => `  ${file}`).join('\n')}`);
  });
}

function tableOf(records: readonly RecordDetail[], receipts: readonly (string | null)[]): string {
  const header = ['case', 'scene', 'verdict', 'reason', ...STAGES.map((stage) => `${stage} s`), 'receipt'];
  const rows = records.map(({ record }, index) => [
    CASES[index]?.name ?? '?',
    record.sceneId,
    record.verdict.state,
    record.verdict.reason,
    ...STAGES.map((stage) => ((record.stagesMs[stage] ?? 0) / 1000).toFixed(2)),
    receipts[index] ?? 'verified',
  ]);
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]): string =>
    cells.map((cell, column) => cell.padEnd(widths[column]!)).join('  ');
  return [line(header), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}

function say(text: string): void {
  console.error(text);
}
