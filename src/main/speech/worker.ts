import { readFile } from 'node:fs/promises';
import { systemClock } from '../../shared/clock.ts';
import { ownEndpoint } from '../worker-process/own-endpoint.ts';
import { serve } from '../worker-process/rpc.ts';
import type { SpeechContract } from './contract.ts';
import { createSpeechHandlers } from './handlers.ts';
import { loadSherpa } from './sherpa-runtime.ts';

// sherpa-onnx 1.13.8 brings onnxruntime 1.28.2, which reports to nobody; from 1.29 on it would without this.
process.env['ORT_DISABLE_TELEMETRY'] = '1';

const handlers = createSpeechHandlers({
  clock: systemClock,
  readFile: (path) => readFile(path).catch(() => null),
  loadRuntime: () => loadSherpa(),
});

serve<SpeechContract>(ownEndpoint(), handlers, () => setImmediate(() => process.exit(1)));
