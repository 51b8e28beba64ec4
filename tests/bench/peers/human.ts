/** @vladmandic/human in Node on its WebAssembly backend: face, mesh, description, antispoof and liveness. */
import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { createRequire } from 'node:module';
import { costOf, serveContestant, type Start } from './contestant.ts';

interface HumanFace {
  readonly mesh: readonly unknown[];
  readonly embedding?: readonly number[];
  readonly real?: number;
  readonly live?: number;
}

interface HumanModule {
  readonly Human: new (config: object) => {
    readonly tf: {
      tensor(values: Uint8Array, shape: readonly number[], type: 'int32'): object;
      dispose(tensor: object): void;
      getBackend(): string;
    };
    load(): Promise<void>;
    detect(tensor: object): Promise<{ readonly face: readonly HumanFace[] }>;
  };
}

/** Everything anew for every frame: without this, its results are reused while a picture looks like the last one. */
const NO_REUSE = { skipFrames: 0, skipTime: 0 } as const;
const OFF = { enabled: false } as const;

serveContestant(async ({ frame, peersFolder }: Start) => {
  const modules = join(peersFolder, 'node_modules');
  const require = createRequire(join(peersFolder, 'package.json'));
  const { Human } = require(join(modules, '@vladmandic/human/dist/human.node-wasm.js')) as HumanModule;
  const server = await serveFolder(join(modules, '@vladmandic/human/models'));
  const human = new Human({
    backend: 'wasm',
    modelBasePath: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    wasmPath: join(modules, '@tensorflow/tfjs-backend-wasm/dist/'),
    cacheSensitivity: 0,
    debug: false,
    warmup: 'none',
    filter: OFF,
    gesture: OFF,
    body: OFF,
    hand: OFF,
    object: OFF,
    segmentation: OFF,
    face: {
      enabled: true,
      detector: { rotation: false, maxDetected: 1, minConfidence: 0.4, ...NO_REUSE },
      mesh: { enabled: true },
      iris: OFF,
      emotion: OFF,
      description: { enabled: true, ...NO_REUSE },
      antispoof: { enabled: true, ...NO_REUSE },
      liveness: { enabled: true, ...NO_REUSE },
    },
  });
  await human.load();
  const detect = async (): Promise<void> => {
    const tensor = human.tf.tensor(frame.rgb, [1, frame.height, frame.width, 3], 'int32');
    const { face } = await human.detect(tensor);
    human.tf.dispose(tensor);
    const [first] = face;
    const complete =
      first?.mesh.length === 468 &&
      first.embedding?.length === 1_024 &&
      first.real !== undefined &&
      first.live !== undefined;
    if (!complete) throw new Error('human did not do the whole task');
  };
  await detect();
  if (human.tf.getBackend() !== 'wasm') throw new Error(`human runs on ${human.tf.getBackend()}`);
  server.close();
  return { frame: async () => ({ frame: await costOf(detect) }) };
});

async function serveFolder(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    readFile(join(folder, basename(request.url ?? ''))).then(
      (bytes) => response.end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
