/** Our chain, and under it the bare runs of the same models on the tensors that the chain has filled. */
import { readFile } from 'node:fs/promises';
import { createFacePipeline } from '../../../src/main/inference/face-pipeline.ts';
import { loadModels } from '../../../src/main/inference/model-store.ts';
import { MODELS_FOLDER } from '../../support/inference/media.ts';
import { costOf, serveContestant, type Cost, type Start } from './contestant.ts';

/** Runs of each model for one face: both eyes are read one after the other. */
const RUNS = { detect: 1, landmark: 1, mesh: 1, pose: 1, eye: 2, spoof: 1, feature: 1 } as const;
type StageModel = keyof typeof RUNS;

serveContestant(async ({ frame, threads }: Start) => {
  const store = await loadModels(MODELS_FOLDER, threads, (path) => readFile(path).catch(() => null));
  if (!store.ok) throw new Error(`${store.error.code}: ${store.error.detail}`);
  const { models } = store.value;
  const pipeline = createFacePipeline(models);
  const bare = async (): Promise<Record<string, Cost>> => {
    const costs: Record<string, Cost> = {};
    for (const id of Object.keys(RUNS) as StageModel[]) {
      costs[id] = await costOf(async () => {
        for (let run = 0; run < RUNS[id]; run++) await models[id].run();
      });
    }
    return costs;
  };
  const chain = async (): Promise<Record<string, Cost>> => {
    // A fresh object is a fresh picture to the pipeline, as it is with a camera.
    const picture = { ...frame };
    const costs: Record<string, Cost> = {};
    const timed = async <T>(stage: string, run: () => T | Promise<T>): Promise<T> => {
      let value: T | undefined;
      costs[stage] = await costOf(async () => void (value = await run()));
      return value as T;
    };
    const [face] = await timed('detect', () => pipeline.detect(picture));
    if (!face) throw new Error('no face in the test frame');
    const located = await timed('landmark', () => pipeline.locate(picture, face));
    await timed('mesh', () => pipeline.mesh(picture, located));
    await timed('pose', () => pipeline.pose(picture, face));
    await timed('eye', () => pipeline.eyes(picture, located));
    await timed('spoof', () => pipeline.liveScore(picture, face));
    const aligned = await timed('align', () => pipeline.align(picture, located));
    await timed('appearance', () => pipeline.appearance(aligned));
    await timed('feature', () => pipeline.embed(aligned));
    return costs;
  };
  await chain();
  return { bare, chain };
});
