/**
 * A device that sends over a line that loses 30 % of the answers, carries 30 % of the requests twice and lets 30 % of the
 * answers be overtaken; and what the verifier has in the end. Run with
 * `node tests/bench/faults.ts [RECORDS] [QUESTIONS] [SEED]`.
 */
import { countArgument } from '../support/count-argument.ts';
import { runFaults, seededRandom } from '../support/fault-run.ts';

const [records, questions, seed] = [countArgument(0, 1_000), countArgument(1, 60), countArgument(2, 1)];
const counts = await runFaults({ records, questions, share: 0.3, random: seededRandom(seed) });
const { line, server, billed, left, erased, auditHolds, seconds } = counts;
console.log(`${records} records and ${questions} questions in ${seconds.toFixed(1)} s`);
console.log(
  `line: ${line.requests} requests, ${line.dropped} answers lost, ${line.duplicated} requests twice, ${line.delayed} late`,
);
console.log(`verifier: ${server.records} records, ${server.sessions} sessions, ${server.decisions} decisions`);
console.log(`vendor: ${billed.calls} billed calls, at most ${billed.mostForOne} for one order`);
console.log(
  `device: ${left.records} records and ${left.questions} questions left, ${erased} erased, audit ${auditHolds ? 'holds' : 'BROKEN'}`,
);
const once = server.records === records + questions && server.sessions === questions && billed.mostForOne <= 1;
if (!once || left.records + left.questions > 0 || !auditHolds) process.exitCode = 1;
