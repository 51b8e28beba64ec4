import { z } from 'zod';
import { PAIR_KINDS, thresholdCurveSchema } from '../../shared/domain/comparison.ts';

/** What each model of the chain is for. Exactly one entry of each has to be in the manifest. */
export const MODEL_IDS = ['detect', 'landmark', 'mesh', 'pose', 'eye', 'spoof', 'feature'] as const;
export type ModelId = (typeof MODEL_IDS)[number];

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const dimensions = z.array(z.int().positive()).min(1);

/** One file inside an npm package that is taken as data. */
export const packageFileSchema = z.object({
  package: z.string().min(1),
  version: z.string().regex(/^\d+\.\d+\.\d+/),
  /** Subresource-integrity string of the package's tarball. */
  integrity: z.string().regex(/^sha512-[A-Za-z0-9+/]{86}==$/),
  path: z.string().regex(/^(?!\/)(?!.*\.\.).+$/, 'has to be a path inside the package'),
  /** SHA-256 of the file as published. */
  sha256,
});
export type PackageFile = z.infer<typeof packageFileSchema>;

const sourceSchema = z.discriminatedUnion('kind', [
  packageFileSchema.extend({ kind: z.literal('npm') }),
  /** A model that the operator brings, for example a certified one; it is put into the models folder by hand. */
  z.object({ kind: z.literal('operator'), supplier: z.string().min(1) }),
]);

const transformSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  /** Weights with a magnitude under `below` become zero: denormal arithmetic costs six times the CPU time. */
  z.object({ kind: z.literal('flush-denormals'), below: z.number().positive() }),
  /** The package's file holds a TensorFlow Lite model at `offset`, `bytes` long; it is converted. */
  z.object({
    kind: z.literal('tflite-to-onnx'),
    offset: z.int().nonnegative(),
    bytes: z.int().positive(),
    /** SHA-256 of those bytes. */
    sha256,
  }),
]);

/** How pixels become a tensor: `(value - mean[c]) / deviation[c]` on 0..255 values, planar, in `colour` order. */
const inputSchema = z
  .object({
    name: z.string().min(1),
    shape: z.tuple([z.literal(1), z.union([z.literal(1), z.literal(3)]), z.int().positive(), z.int().positive()]),
    colour: z.enum(['rgb', 'bgr', 'grey']),
    mean: z.array(z.number()),
    deviation: z.array(z.number().positive()),
  })
  .refine(
    (input) => input.mean.length === input.shape[1] && input.deviation.length === input.shape[1],
    'mean and deviation need one value per channel',
  )
  .refine((input) => (input.colour === 'grey') === (input.shape[1] === 1), 'colour does not fit the channels');
export type ModelInput = z.infer<typeof inputSchema>;

const modelSchema = z.object({
  id: z.enum(MODEL_IDS),
  file: z.string().regex(/^[A-Za-z0-9_.-]+\.onnx$/),
  /** SHA-256 of the file in the models folder, after the transform. */
  sha256,
  source: sourceSchema,
  transform: transformSchema,
  architecture: z.string(),
  licence: z.string(),
  caveat: z.string(),
  input: inputSchema,
  outputs: z.array(z.object({ name: z.string().min(1), shape: dimensions })).min(1),
  notes: z.string(),
  /** Only for `feature`: cosine thresholds for false accept rates, one curve per kind of pair. */
  thresholds: z.array(thresholdCurveSchema).optional(),
});
export type ModelEntry = z.infer<typeof modelSchema>;

export const modelManifestSchema = z
  .object({ version: z.literal(1), models: z.array(modelSchema) })
  .refine(
    ({ models }) => MODEL_IDS.every((id) => models.filter((model) => model.id === id).length === 1),
    `needs exactly one model for each of ${MODEL_IDS.join(', ')}`,
  )
  .refine(
    ({ models }) => {
      const curves = models.find((model) => model.id === 'feature')?.thresholds ?? [];
      return PAIR_KINDS.every((kind) => curves.filter((curve) => curve.kind === kind).length === 1);
    },
    `the feature model needs one threshold curve for each of ${PAIR_KINDS.join(', ')}`,
  );
export type ModelManifest = z.infer<typeof modelManifestSchema>;

/** Media for the demo and the tests, taken from packages in the same way as the models. */
export const mediaManifestSchema = z.object({
  version: z.literal(1),
  media: z.array(packageFileSchema.extend({ file: z.string().regex(/^[A-Za-z0-9_.-]+$/), licence: z.string() })),
});
export type MediaManifest = z.infer<typeof mediaManifestSchema>;
