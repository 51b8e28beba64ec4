import { readFile } from 'node:fs/promises';
import { systemClock } from '../../shared/clock.ts';
import { ownEndpoint } from '../worker-process/own-endpoint.ts';
import { serve } from '../worker-process/rpc.ts';
import type { SpeechContract } from './contract.ts';
import { createSpeechHandlers } from './handlers.ts';
import { loadSherpa } from './sherpa-runtime.ts';

// The runtime's own ONNX library is of the kind that reports to its maker unless it is told not to.
process.env['ORT_DISABLE_TELEMETRY'] = '1';

const handlers = createSpeechHandlers({
  clock: systemClock,
  readFile: (path) => readFile(path).catch(() => null),
  loadRuntime: () => loadSherpa(),
});

serve<SpeechContract>(ownEndpoint(), handlers, () => setImmediate(() => process.exit(1)));
