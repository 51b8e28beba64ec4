import { readFile } from 'node:fs/promises';
import { cosineSimilarity } from '../main/comparison/similarity.ts';
import { createFacePipeline, facesThatCount } from '../main/inference/face-pipeline.ts';
import { decodeImage } from '../main/inference/image-codec.ts';
import { loadModels } from '../main/inference/model-store.ts';
import { createCaptureSession } from '../main/inference/session.ts';
import { createFramedJudge } from '../main/liveness/framed-judges.ts';
import { createLightRecording } from '../main/liveness/light-recording.ts';
import type { SessionVision } from '../main/liveness/session-vision.ts';
import type { Failure } from '../shared/reasons.ts';
import { ok, type Result } from '../shared/result.ts';

/** Loads the models of a folder for replaying recorded sessions in this process. */
export async function openSessionVision(modelsFolder: string): Promise<Result<SessionVision, Failure>> {
  const store = await loadModels(modelsFolder, 1, (path) => readFile(path).catch(() => null));
  if (!store.ok) return store;
  const pipeline = createFacePipeline(store.value.models);
  return ok({
    decode: decodeImage,
    async locateFace(frame) {
      const faces = await pipeline.detect(frame);
      const main = faces[0];
      return main ? { box: main.box, faces: facesThatCount(faces) } : null;
    },
    async lookAt(frame) {
      const main = (await pipeline.detect(frame))[0];
      if (!main) return null;
      const liveScore = await pipeline.liveScore(frame, main);
      const embedding = await pipeline.embed(pipeline.align(frame, await pipeline.locate(frame, main)));
      return { liveScore, embedding: embedding.slice() };
    },
    openCapture: () =>
      createCaptureSession({
        pipeline,
        cosine: cosineSimilarity,
        createLightRecording,
        createFramedJudge: (challenge) => createFramedJudge(challenge, store.value.voice?.createDetector() ?? null),
      }),
  });
}
