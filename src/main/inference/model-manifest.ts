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

/** What a model's outputs mean, where the chain can take more than one form. */
const meaningSchema = z.discriminatedUnion('kind', [
  /** First output: a score for each class of each candidate; second: left, top, right, bottom of each candidate. */
  z.object({
    kind: z.literal('detection'),
    classes: z.int().min(1).max(16),
    faceClass: z.int().nonnegative(),
    scores: z.enum(['probability', 'logit']),
    /** `relative`: 0..1 of the frame; `pixels`: of the model's input. */
    boxes: z.enum(['relative', 'pixels']),
    /** Least probability of a face. */
    minScore: z.number().gt(0).lt(1),
  }),
  /** First output: a score for each class. */
  z.object({
    kind: z.literal('liveness'),
    liveClass: z.int().nonnegative(),
    scores: z.enum(['probability', 'logit']),
    /** How much of the surroundings the model sees, as a multiple of the face's square. */
    surroundings: z.number().min(1).max(6),
  }),
]);
export type DetectionMeaning = Extract<z.infer<typeof meaningSchema>, { kind: 'detection' }>;
export type LivenessMeaning = Extract<z.infer<typeof meaningSchema>, { kind: 'liveness' }>;

/** A picture whose output is known; a model that gives anything else is refused. */
const selfTestSchema = z.object({
  /** The pattern that the program draws, or a picture in the models folder; stretched to the model's input. */
  picture: z.union([z.literal('pattern'), z.object({ file: z.string().regex(/^[A-Za-z0-9_.-]+$/), sha256 })]),
  /** Name of the output. */
  output: z.string().min(1),
  /** Its first values. */
  expected: z.array(z.number()).min(1).max(1024),
  tolerance: z.number().positive(),
});

const modelSchema = z.object({
  id: z.enum(MODEL_IDS),
  file: z.string().regex(/^[A-Za-z0-9_.-]+\.onnx$/),
  /** SHA-256 of the file in the models folder, after the transform. */
  sha256,
  source: sourceSchema,
  transform: transformSchema,
  /** After that, every PReLU is written as convolutions, which the runtime does faster; the results stay. */
  expandPrelu: z.literal(true).optional(),
  architecture: z.string(),
  licence: z.string(),
  caveat: z.string(),
  input: inputSchema,
  outputs: z.array(z.object({ name: z.string().min(1), shape: dimensions })).min(1),
  notes: z.string(),
  /** For `detect` (detection) and `spoof` (liveness). */
  meaning: meaningSchema.optional(),
  /** Needed for a model that an operator brings. */
  selfTest: selfTestSchema.optional(),
  /** Only for `feature`: cosine thresholds for false accept rates, one curve per kind of pair. */
  thresholds: z.array(thresholdCurveSchema).optional(),
});
export type ModelEntry = z.infer<typeof modelSchema>;

/** The model that tells speech from other sound; without it reading aloud can't be judged. */
const voiceSchema = z.object({
  file: z.string().regex(/^[A-Za-z0-9_.-]+\.onnx$/),
  /** SHA-256 of the file, as published and in the models folder. */
  sha256,
  source: sourceSchema,
  architecture: z.string(),
  licence: z.string(),
  caveat: z.string(),
  notes: z.string(),
});
export type VoiceEntry = z.infer<typeof voiceSchema>;

/** What text is read with: finding lines, reading one, telling which end of it is up, and the characters it can say. */
export const TEXT_PARTS = ['detect', 'recognise', 'direction', 'dictionary'] as const;
export type TextPart = (typeof TEXT_PARTS)[number];

const textFileSchema = z.object({
  file: z.string().regex(/^[A-Za-z0-9_.-]+\.(?:onnx|txt)$/),
  /** SHA-256 of the file, as published and in the models folder. */
  sha256,
  source: sourceSchema,
});
export type TextFile = z.infer<typeof textFileSchema>;

/** The models that read text; without them documents can't be read by camera. */
const textSchema = z.object({
  files: z.object({
    detect: textFileSchema,
    recognise: textFileSchema,
    direction: textFileSchema,
    /** UTF-8, one character a line, in the order of the recogniser's classes. */
    dictionary: textFileSchema,
  }),
  architecture: z.string(),
  licence: z.string(),
  caveat: z.string(),
  notes: z.string(),
});
export type TextEntry = z.infer<typeof textSchema>;

/** Says in which field an entry contradicts itself. */
function checkEntry(entry: ModelEntry, context: z.RefinementCtx): void {
  const problem = (path: readonly (string | number)[], message: string): void =>
    context.addIssue({ code: 'custom', path: [...path], message: `${entry.file}: ${message}` });
  const { id, input, meaning, outputs, selfTest, source } = entry;
  const firstOutput = outputs[0]!.shape.reduce((product, side) => product * side, 1);
  if (id === 'detect' && meaning?.kind !== 'detection') problem(['meaning'], 'a detector needs the meaning detection');
  if (id === 'spoof' && meaning?.kind !== 'liveness') problem(['meaning'], 'a spoof model needs the meaning liveness');
  if (meaning?.kind === 'detection') {
    const boxes = outputs[1]?.shape.reduce((product, side) => product * side, 1);
    if (meaning.faceClass >= meaning.classes) problem(['meaning', 'faceClass'], 'there is no such class');
    if (boxes === undefined || boxes * meaning.classes !== firstOutput * 4) {
      problem(['outputs'], 'scores and boxes of a detector are not for the same candidates');
    }
  }
  if (meaning?.kind === 'liveness' && meaning.liveClass >= firstOutput) {
    problem(['meaning', 'liveClass'], 'there is no such class');
  }
  if ((id === 'feature' || id === 'mesh') && input.shape[2] !== input.shape[3]) {
    problem(['input', 'shape'], 'the input has to be a square');
  }
  if (source.kind === 'operator' && !selfTest) problem(['selfTest'], 'a model of an operator needs a self-test');
  if (selfTest && !outputs.some(({ name }) => name === selfTest.output)) {
    problem(['selfTest', 'output'], 'there is no such output');
  }
}

export const modelManifestSchema = z
  .object({
    version: z.literal(1),
    models: z.array(modelSchema.superRefine(checkEntry)),
    voice: voiceSchema.optional(),
    text: textSchema.optional(),
  })
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
