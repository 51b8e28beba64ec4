import { createMockVerifier } from '../../src/verifier/adapters/mock-verifier.ts';
import { orderChecks } from '../../src/verifier/adapters/ordered-checks.ts';
import { startSessionVerifier } from './session-verifier.ts';

/** What the server spent since it was asked last. */
export interface ServerCost {
  /** Of the process, user and system, milliseconds. */
  readonly cpuMs: number;
  /** Milliseconds of each answered request by its pattern. */
  readonly requests: Readonly<Record<string, readonly number[]>>;
}

const [folder = '', deciding, database] = process.argv.slice(2);
let requests: Record<string, number[]> = {};
let cpu = process.cpuUsage();
const verifier = await startSessionVerifier({
  folder,
  checks: orderChecks([createMockVerifier({})], { 'face-authority': ['mock'] }),
  database: database ?? null,
  deciding: deciding === 'deciding',
  measured: (route, ms) => void (requests[route] ??= []).push(ms),
});
process.on('message', () => {
  const { user, system } = process.cpuUsage(cpu);
  const cost: ServerCost = { cpuMs: (user + system) / 1_000, requests };
  requests = {};
  cpu = process.cpuUsage();
  process.send?.(cost);
});
process.send?.({ address: verifier.address, code: await verifier.enrolmentCode() });
