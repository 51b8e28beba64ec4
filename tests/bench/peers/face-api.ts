/** @vladmandic/face-api in Node on its WebAssembly backend: SSD MobileNet v1, 68 landmarks and the descriptor. */
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { costOf, serveContestant, type Start } from './contestant.ts';

interface Network {
  loadFromDisk(folder: string): Promise<void>;
}

interface Found {
  readonly landmarks: { readonly positions: readonly unknown[] };
  readonly descriptor: Float32Array;
}

interface FaceApiModule {
  readonly tf: {
    setBackend(name: string): Promise<boolean>;
    ready(): Promise<void>;
    getBackend(): string;
    tensor3d(values: Uint8Array, shape: readonly number[], type: 'int32'): object;
    dispose(tensor: object): void;
  };
  readonly nets: Readonly<Record<'ssdMobilenetv1' | 'faceLandmark68Net' | 'faceRecognitionNet', Network>>;
  readonly SsdMobilenetv1Options: new (options: { minConfidence: number; maxResults: number }) => object;
  detectSingleFace(
    input: object,
    options: object,
  ): { withFaceLandmarks(): { withFaceDescriptor(): Promise<Found | undefined> } };
}

serveContestant(async ({ frame, peersFolder }: Start) => {
  const modules = join(peersFolder, 'node_modules');
  const require = createRequire(join(peersFolder, 'package.json'));
  const wasm = require('@tensorflow/tfjs-backend-wasm') as { setWasmPaths(folder: string): void };
  wasm.setWasmPaths(join(modules, '@tensorflow/tfjs-backend-wasm/dist/'));
  const faceApi = require(join(modules, '@vladmandic/face-api/dist/face-api.node-wasm.js')) as FaceApiModule;
  const { tf, nets } = faceApi;
  await tf.setBackend('wasm');
  await tf.ready();
  if (tf.getBackend() !== 'wasm') throw new Error(`face-api runs on ${tf.getBackend()}`);
  const folder = join(modules, '@vladmandic/face-api/model');
  for (const net of [nets.ssdMobilenetv1, nets.faceLandmark68Net, nets.faceRecognitionNet]) {
    await net.loadFromDisk(folder);
  }
  const options = new faceApi.SsdMobilenetv1Options({ minConfidence: 0.4, maxResults: 1 });
  const detect = async (): Promise<void> => {
    const tensor = tf.tensor3d(frame.rgb, [frame.height, frame.width, 3], 'int32');
    const found = await faceApi.detectSingleFace(tensor, options).withFaceLandmarks().withFaceDescriptor();
    tf.dispose(tensor);
    if (found?.landmarks.positions.length !== 68 || found.descriptor.length !== 128) {
      throw new Error('face-api did not do the whole task');
    }
  };
  await detect();
  return { frame: async () => ({ frame: await costOf(detect) }) };
});
