// A verifier with sessions as a process of its own. Whatever its vendor is asked is written to a file before the answer.
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { settled } from '../../src/main/verifiers/check-outcomes.ts';
import { orderChecks } from '../../src/verifier/adapters/ordered-checks.ts';
import { outcome, scriptedVerifier } from './scripted-verifier.ts';
import { startSessionVerifier } from './session-verifier.ts';

const [folder = '', answerMs = '0'] = process.argv.slice(2);
const vendor = scriptedVerifier({ capability: { queryable: false } });
const slow = {
  ...vendor,
  capabilities: vendor.capabilities,
  check: async ({ orderId }: { readonly orderId: string }) => {
    appendFileSync(join(folder, 'asked.txt'), `${orderId}\n`);
    await sleep(Number(answerMs));
    return settled(outcome('ok.confirmed'));
  },
};
const verifier = await startSessionVerifier({
  folder,
  checks: orderChecks([slow], { 'face-authority': ['tencent'] }),
  leaseMs: 500,
});
console.log(JSON.stringify({ address: verifier.address, enrolmentCode: await verifier.enrolmentCode() }));
