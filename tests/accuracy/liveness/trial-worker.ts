import { parentPort, workerData } from 'node:worker_threads';
import { loadIdentities } from './corpus.ts';
import { measureTrial, type TrialVision } from './trial-measurement.ts';
import { planTrials } from './trial-plan.ts';
import type { WorkerMessage, WorkerShare } from './trial-run.ts';
import { createContinuity, createRemesher, openPipeline } from './trial-vision.ts';

const share = workerData as WorkerShare;
const { modelsFolder, mediaFolder, facesFolder, perPhoto, counts, seed, mesh, part, parts } = share;
const identities = await loadIdentities({
  modelsFolder,
  mediaFolder,
  perPhoto,
  ...(facesFolder === null ? {} : { facesFolder }),
});
const models = await openPipeline(modelsFolder);
const vision: TrialVision = {
  continuityOf: createContinuity(models.pipeline),
  remesh: mesh === 'model' ? createRemesher(models.pipeline) : (clip) => Promise.resolve(clip),
};
const post = (message: WorkerMessage): void => parentPort?.postMessage(message);

const trials = planTrials(identities, 'test', counts, seed);
post({ kind: 'planned', trials: trials.length });
const done = new Set(share.known);
const open = [...trials.entries()].filter(([index]) => !done.has(index));
for (const [place, [index, trial]] of open.entries()) {
  if (place % parts === part) post({ kind: 'measured', index, measurement: await measureTrial(trial, vision) });
}
await models.close();
