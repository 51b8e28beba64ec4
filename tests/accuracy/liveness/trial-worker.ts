import { parentPort, workerData } from 'node:worker_threads';
import { loadIdentities } from './corpus.ts';
import { runTrial, type TrialVision } from './trial-judge.ts';
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
for (const [index, trial] of trials.entries()) {
  if (index % parts === part) post({ kind: 'result', index, result: await runTrial(trial, vision) });
}
await models.close();
