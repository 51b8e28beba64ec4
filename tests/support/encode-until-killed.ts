// Makes a clip of many pictures with a program in a folder, and takes longer than a test waits before it kills this.
import { findFfmpeg } from '../../src/main/clip/ffmpeg.ts';
import { CLIP_LIMITS, fitClip } from '../../src/shared/domain/clip.ts';
import { recordedFile, recordedParts } from './moving-picture.ts';
import { expectOk } from './sample-store.ts';

const [memoryFolder, kind] = process.argv.slice(2);
if (memoryFolder === undefined || kind === undefined) throw new Error('usage: FOLDER parts|mp4');
const program = await findFfmpeg({ memoryFolder });
if (!program) throw new Error('no ffmpeg');
const format = { ...expectOk(fitClip(CLIP_LIMITS.evidence, 20, false)), width: 1_440, height: 1_920 };
const picture = { seconds: 20, width: 480, height: 640, sound: false, busy: true };
const made =
  kind === 'parts'
    ? await program.encode(recordedParts(picture), format)
    : await program.recode(recordedFile(picture).bytes, { fromMs: 0, lengthMs: 20_000 }, format);
console.log(JSON.stringify(made.ok));
