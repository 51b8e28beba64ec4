import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createAliyunVerifier } from '../../main/verifiers/aliyun/aliyun-verifier.ts';
import type { Verifier, VendorClientParts } from '../../main/verifiers/contract.ts';
import { createTencentVerifier } from '../../main/verifiers/tencent/tencent-verifier.ts';
import { createUniVerifier } from '../../main/verifiers/uni/uni-verifier.ts';
import type { AdapterConfiguration } from './configuration.ts';
import type { Clock } from '../../shared/clock.ts';
import { createFaceProcess, type FaceProcess } from './face-process.ts';
import { createInferenceProcess, type InferenceProcess } from './inference-process.ts';
import { createMockVerifier } from './mock-verifier.ts';
import { orderChecks, type OrderedChecks } from './ordered-checks.ts';
import { openReferencePhotos, type ReferencePhotosParts } from './reference-photos.ts';
import { createReferenceVerifier } from './reference-verifier.ts';

export interface AdapterParts extends Omit<ReferencePhotosParts, 'randomBytes'> {
  readonly vendors: VendorClientParts;
  /** Where the models are when the configuration doesn't say. */
  readonly modelsFolder: string;
  /** Wraps each verifier, to count its calls. */
  readonly metered?: (verifier: Verifier) => Verifier;
}

/** Everybody who is configured, in order, and what has to be ended with them. */
export interface Adapters {
  readonly checks: OrderedChecks;
  /** Looks at pictures of phones; why nobody can, where there are no models. */
  readonly inference: InferenceProcess | string;
  close(): void;
}

/** Makes the verifiers of a configuration. Nobody is asked for anything by this. */
export async function openAdapters(configuration: AdapterConfiguration, parts: AdapterParts): Promise<Adapters> {
  const { tencent, aliyun, uni, mock, reference } = configuration;
  const verifiers: Verifier[] = [];
  let faces: FaceProcess | null = null;
  if (tencent !== null) verifiers.push(createTencentVerifier(parts.vendors, tencent));
  if (aliyun !== null) verifiers.push(createAliyunVerifier(parts.vendors, aliyun));
  if (uni !== null) verifiers.push(createUniVerifier(parts.vendors, uni));
  if (reference !== null) {
    faces = createFaceProcess(reference.modelsFolder ?? parts.modelsFolder, parts.clock);
    const photos = await openReferencePhotos({ ...parts, randomBytes: parts.vendors.randomBytes });
    verifiers.push(
      createReferenceVerifier({ faces, photos, ...(reference.far === undefined ? {} : { far: reference.far }) }),
    );
  }
  if (mock !== null && mock !== undefined) {
    verifiers.push(createMockVerifier(mock.answers ?? {}, mock.delayMs));
  }
  const inference = openInference(configuration.handOffs?.modelsFolder ?? parts.modelsFolder, parts.clock);
  const metered = parts.metered ?? ((verifier: Verifier) => verifier);
  return {
    checks: orderChecks(verifiers.map(metered), configuration.checks),
    inference,
    close: () => {
      faces?.stop();
      if (typeof inference !== 'string') inference.stop();
    },
  };
}

/** A process of its own, so that pictures of phones don't hold up comparisons. It starts with the first picture. */
function openInference(modelsFolder: string, clock: Clock): InferenceProcess | string {
  const hasModels = existsSync(join(modelsFolder, 'manifest.json'));
  return hasModels ? createInferenceProcess(modelsFolder, clock) : 'no models: their folder has no manifest.json';
}
