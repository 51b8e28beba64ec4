import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, expect, it } from 'vitest';
import { modelsFolder, root } from '../../../scripts/steps/paths.ts';
import { handOffAnswerSchema } from '../../../src/shared/protocol/kv1-hand-offs.ts';
import { look, MOCK, post, requestOf, valueOf } from '../../support/hand-off-parties.ts';
import { phoneBrowser } from '../../support/phone-browser.ts';
import { enrolQuestioner } from '../../support/questioner.ts';
import { temporaryFolder } from '../../support/sample-store.ts';
import { NODE_24 } from '../../support/source-verifier.ts';

const folder = temporaryFolder();
const children = new Set<ChildProcess>();
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  folder.remove();
});

interface Started {
  readonly child: ChildProcess;
  readonly address: string;
  readonly enrolmentCode: string;
}

async function startProcess(port: number): Promise<Started> {
  const checks = join(folder.path, 'checks.json');
  writeFileSync(checks, JSON.stringify({ checks: { 'face-authority': ['mock'] }, mock: {} }));
  const files = ['--data', folder.path, '--checks', checks, '--models', modelsFolder];
  const options = ['--port', String(port), ...files, '--json'];
  const child = spawn(NODE_24, [join(root, 'src/verifier/main.ts'), ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.add(child);
  for await (const line of createInterface({ input: child.stdout })) {
    return { child, ...(JSON.parse(line) as Omit<Started, 'child'>) };
  }
  throw new Error('the verifier ended before it was ready');
}

async function kill({ child }: Started): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  children.delete(child);
}

it('goes on after the verifier was killed: same address, same browser, nobody else', async () => {
  const first = await startProcess(0);
  const { address, enrolmentCode } = first;
  const device = await enrolQuestioner({ address, enrolmentCode: async () => enrolmentCode });
  const request = await requestOf(device);
  const before = handOffAnswerSchema.parse(valueOf(await post(device, request)));
  const phone = phoneBrowser(before.opened.url);
  await phone.open();
  expect((await phone.agree(MOCK)).value).toEqual({ step: 'position', hint: null });
  await kill(first);

  const second = await startProcess(Number(new URL(address).port));
  expect(second.address).toBe(address);
  expect(await look(device, request.handOffId)).toEqual({ state: 'opened' });
  const after = handOffAnswerSchema.parse(valueOf(await post(device, request)));
  expect(after).toEqual({ opened: before.opened, now: { state: 'opened' } });
  expect((await phone.open()).value).toEqual({ step: 'position', hint: null });
  expect((await phoneBrowser(before.opened.url).open()).status).toBe(403);
  expect((await phone.refuse()).value).toEqual({ step: 'over', why: 'refused' });
  await kill(second);

  const third = await startProcess(Number(new URL(address).port));
  expect(await look(device, request.handOffId)).toMatchObject({ outcome: { reason: 'handoff.refused' } });
  await kill(third);
}, 60_000);
