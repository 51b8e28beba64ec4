import { CLIP_LIMITS, eraseRecordedClip, evidenceClipFormat } from '../../shared/domain/clip.ts';
import type { Output } from '../../shared/domain/scheme.ts';
import type { Failure } from '../../shared/reasons.ts';
import type { EndedCapture, EvidenceKeeper } from '../certification/ports/evidence-keeper.ts';
import { finishClip } from '../clip/clip-intake.ts';
import type { ClipProgram } from '../clip/ffmpeg.ts';
import { fieldsFile, pictureFile, type ResultFile } from '../requests/result-files.ts';
import type { EvidenceSource } from './evidence-keeper.ts';
import type { RequestResults } from './request-results.ts';

export interface ResultKeeperParts {
  /** What the scene keeps for itself, by rules of its own. */
  readonly evidence: EvidenceKeeper;
  readonly results: Pick<RequestResults, 'keep'>;
  readonly source: Pick<EvidenceSource, 'bestFrames'>;
  readonly clipProgram: () => ClipProgram | null;
  readonly outputsOf: (schemeId: string) => readonly Output[];
  readonly log: (event: string, failure: Failure) => void;
}

/** Keeps for a caller what its scheme gives, for as long as the result may be fetched, and then what the scene keeps. */
export function keepingResults(parts: ResultKeeperParts): EvidenceKeeper {
  const { evidence, results, log } = parts;
  return {
    encodesClips: () => evidence.encodesClips(),
    keep: async (ended) => {
      const { record } = ended;
      if (record.order && record.consent?.capture === true && record.verdict.state !== 'error') {
        const files = await collect(parts, ended, parts.outputsOf(record.scheme));
        const kept = await results.keep(record, files);
        if (!kept.ok) log('result', kept.error);
        for (const { bytes } of files) bytes.fill(0);
      }
      await evidence.keep(ended);
    },
  };
}

async function collect(
  { source, clipProgram, log }: ResultKeeperParts,
  { record, portrait, documents, camera, clip }: EndedCapture,
  outputs: readonly Output[],
): Promise<readonly ResultFile[]> {
  const files: ResultFile[] = [];
  if (camera && outputs.includes('best-frame')) {
    const best = await source.bestFrames(record.certifyId, 1);
    const [frame] = best.ok ? best.value.frames : [];
    if (!best.ok) log('result: best-frame', best.error);
    if (frame) files.push(pictureFile('best-frame', frame.jpeg));
  }
  if (portrait && outputs.includes('portrait')) files.push(pictureFile('portrait', new Uint8Array(portrait)));
  if (documents) files.push(...documentFiles(documents, outputs));
  const recorded = clip && outputs.includes('clip') ? await clip() : null;
  if (recorded) {
    const format = evidenceClipFormat(recorded.kind === 'parts' && recorded.pcm !== null);
    // Finishing may overwrite what was recorded, and the scene may keep it as well.
    const copy = structuredClone(recorded);
    const made = format.ok ? await finishClip(copy, format.value, CLIP_LIMITS.evidence, clipProgram()) : format;
    if (made.ok) files.push({ name: 'clip.mp4', bytes: new Uint8Array(made.value.bytes) });
    else log('result: clip', made.error);
    eraseRecordedClip(copy);
  }
  return files;
}

/** Copies of the pictures: these are overwritten when they are kept, and so are the certification's own. */
function documentFiles(
  { fields, front, back }: NonNullable<EndedCapture['documents']>,
  outputs: readonly Output[],
): readonly ResultFile[] {
  const pictures = outputs.includes('card-pictures');
  return [
    ...(outputs.includes('document-fields') && Object.keys(fields).length > 0 ? [fieldsFile(fields)] : []),
    ...(pictures && front ? [pictureFile('card-front', new Uint8Array(front))] : []),
    ...(pictures && back ? [pictureFile('card-back', new Uint8Array(back))] : []),
  ];
}
