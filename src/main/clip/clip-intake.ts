import {
  clipProblems,
  type Clip,
  type ClipFormat,
  type ClipLimits,
  type RecordedClip,
} from '../../shared/domain/clip.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, type Result } from '../../shared/result.ts';
import type { ClipProgram } from './ffmpeg.ts';
import { readMp4 } from './mp4-file.ts';

/**
 * Turns what the page recorded into a finished clip: encodes parts, reads the file as what it is, and holds it against
 * its receiver's limits. Every failure is `capture.clip-unavailable`; parts are zeroed in any case.
 *
 * @param program null where this machine has none
 */
export async function finishClip(
  recorded: RecordedClip,
  format: ClipFormat,
  limits: ClipLimits,
  program: ClipProgram | null,
): Promise<Result<Clip, Failure>> {
  const file = recorded.kind === 'mp4' ? null : await encodeParts(recorded, format, program);
  if (file && !file.ok) return file;
  const clip = readMp4(file ? file.value : (recorded as Extract<RecordedClip, { kind: 'mp4' }>).bytes);
  if (!clip.ok) return clip;
  const problems = clipProblems(clip.value, limits);
  return problems.length === 0 ? clip : err(failure('capture.clip-unavailable', problems.join('; ')));
}

async function encodeParts(
  parts: Extract<RecordedClip, { kind: 'parts' }>,
  format: ClipFormat,
  program: ClipProgram | null,
): Promise<Result<Uint8Array, Failure>> {
  if (!program) return err(failure('capture.clip-unavailable', 'no program to encode it with'));
  const encoded = await program.encode(parts, format);
  for (const { jpeg } of parts.frames) jpeg.fill(0);
  parts.pcm?.fill(0);
  return encoded;
}
