import { z } from 'zod';

/** The description that an operator puts beside a speech model. */
export const SPEECH_MANIFEST_FILE = 'speech.json';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'has to be a SHA-256 in lower-case hex');
const modelFile = z.strictObject({
  file: z.string().regex(/^(?!.*\.\.)[\w][\w./-]*$/, 'has to be a path inside the folder'),
  sha256,
});
const language = z.enum(['zh-CN', 'en']);

const common = {
  version: z.literal(1),
  name: z.string().min(1).max(200),
  licence: z.string().min(1).max(200),
  /** The languages whose digits it knows. */
  languages: z.array(language).min(1).readonly(),
  /**
   * An utterance that a healthy installation recognises without a mistake: a wave file, 16 kHz, one channel, 16 bit.
   */
  selfTest: modelFile.extend({ language, digits: z.string().regex(/^\d{3,12}$/, 'has to be 3 to 12 digits') }),
} as const;

const single = z.strictObject({ model: modelFile, tokens: modelFile });
const transducer = z.strictObject({ encoder: modelFile, decoder: modelFile, joiner: modelFile, tokens: modelFile });
const encoderDecoder = z.strictObject({ encoder: modelFile, decoder: modelFile, tokens: modelFile });

/** Which architecture, as sherpa-onnx names it, and the files that it consists of. */
export const speechManifestSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ ...common, kind: z.literal('transducer'), files: transducer }),
    z.strictObject({ ...common, kind: z.literal('streaming-transducer'), files: transducer }),
    z.strictObject({ ...common, kind: z.literal('paraformer'), files: single }),
    z.strictObject({ ...common, kind: z.literal('streaming-paraformer'), files: encoderDecoder }),
    z.strictObject({ ...common, kind: z.literal('sense-voice'), files: single }),
    z.strictObject({ ...common, kind: z.literal('zipformer-ctc'), files: single }),
    z.strictObject({ ...common, kind: z.literal('nemo-ctc'), files: single }),
  ])
  .refine(({ languages, selfTest }) => languages.includes(selfTest.language), {
    path: ['selfTest', 'language'],
    message: 'is none of the languages',
  });
export type SpeechManifest = z.infer<typeof speechManifestSchema>;
