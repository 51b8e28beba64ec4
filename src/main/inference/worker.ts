import { readFile } from 'node:fs/promises';
import { systemClock } from '../../shared/clock.ts';
import { cosineSimilarity } from '../comparison/similarity.ts';
import { createThresholdTable } from '../comparison/threshold-table.ts';
import { createFramedJudge } from '../liveness/framed-judges.ts';
import { createLightRecording } from '../liveness/light-recording.ts';
import { recordingFiles } from '../liveness/recorded-session.ts';
import { ownEndpoint } from '../worker-process/own-endpoint.ts';
import { serve } from '../worker-process/rpc.ts';
import type { InferenceContract } from './contract.ts';
import { createInferenceHandlers } from './handlers.ts';

const handlers = createInferenceHandlers({
  clock: systemClock,
  readFile: (path) => readFile(path).catch(() => null),
  cosine: cosineSimilarity,
  createThresholdTable,
  createLightRecording,
  createFramedJudge,
  sessionFiles: recordingFiles,
});

// After a bug the buffers can't be trusted: this process ends, and its owner starts a clean one.
serve<InferenceContract>(ownEndpoint(), handlers, () => setImmediate(() => process.exit(1)));
