import type { LightChallenge, RecordedSession } from '../../shared/domain/challenge.ts';
import type { LightEvidence, LivenessEvidence, LivenessJudgement, PixelBox } from '../../shared/domain/liveness.ts';
import type { Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import { leastCosine, medianBox, trackFace, type FaceTrack } from './face-track.ts';
import { captureFaults, judgeLiveness, limitsFor, type LivenessLimits } from './judge.ts';
import { median } from './median.ts';
import type { SessionFolder } from './recorded-session.ts';
import { readFrame, readImage, type ReplayCapture, type SessionVision } from './session-vision.ts';

/** A frame or two without a face are the detector's; more are the person's. */
const MAX_FACELESS_SHARE = 0.25;

type Findings = Omit<LivenessEvidence, 'light'>;
type Source = { readonly folder: SessionFolder; readonly vision: SessionVision; readonly session: RecordedSession };

function isLight(
  challenge: RecordedSession['challenge'],
): challenge is Extract<RecordedSession['challenge'], { kind: 'light' }> {
  return challenge.kind === 'light';
}

/** What the kiosk's larger pictures of the clip say, by the kiosk's own rules. */
async function findingsOfEvidence(source: Source, capture: ReplayCapture): Promise<Result<Findings, Failure>> {
  for (const { file, capturedAtMs, phase } of source.session.evidence ?? []) {
    const jpeg = await readImage(source.folder, file);
    if (!jpeg.ok) return jpeg;
    const added = await capture.addEvidence({ jpeg: jpeg.value, capturedAtMs, phase });
    if (!added.ok) return added;
  }
  const { spoofMedian, spoofScores, continuityMin, ...frames } = await capture.summarise();
  return ok({ spoofMedian, spoofFrames: spoofScores.length, continuityMin, ...captureFaults(frames) });
}

function findingsOfTrack({ boxes, liveScores, embeddings, looked, crowded }: FaceTrack): Findings {
  return {
    spoofMedian: median(liveScores),
    spoofFrames: liveScores.length,
    continuityMin: leastCosine(embeddings),
    faceLost: boxes.length > 0 && looked - boxes.length > MAX_FACELESS_SHARE * looked,
    severalFaces: crowded > 1,
  };
}

async function replayFrames(
  { folder, vision, session }: Source,
  capture: ReplayCapture,
  found: PixelBox | null,
): Promise<Result<LightEvidence, Failure>> {
  for (const { file, capturedAtMs, face = found, busy = false } of session.frames) {
    if (!face) continue;
    const frame = await readFrame(folder, vision, file);
    if (!frame.ok) return frame;
    const { rgb, width, height } = frame.value;
    await capture.addLightFrame({ rgb, width, height, face, capturedAtMs }, busy);
  }
  if (!isLight(session.challenge)) throw new Error('not a light session');
  const { kind, nonce, colours, leadInMs, tailMs, fadeMs = 0 } = session.challenge;
  const challenge: LightChallenge = { kind, nonce, colours, leadInMs, tailMs, fadeMs };
  return ok(capture.judgeLight(challenge, session.display, session.calibration ?? null));
}

/**
 * Judges a recorded light session as the kiosk would have. What the session doesn't keep is found anew: without
 * faces their place is the median of where the detector finds them, without larger pictures the frames are scored.
 */
export async function replayLight(
  folder: SessionFolder,
  session: RecordedSession,
  vision: SessionVision,
  limits: LivenessLimits = limitsFor(session.calibration ?? null),
): Promise<Result<LivenessJudgement, Failure>> {
  const source = { folder, vision, session };
  const hasFaces = session.frames.every(({ face }) => face !== undefined);
  const hasEvidence = (session.evidence ?? []).length > 0;
  const capture = vision.openCapture();
  try {
    const track = hasFaces && hasEvidence ? null : await trackFace(folder, vision, session.frames);
    if (track && !track.ok) return track;
    const box = track ? medianBox(track.value.boxes) : null;
    const findings =
      hasEvidence || !track ? await findingsOfEvidence(source, capture) : ok(findingsOfTrack(track.value));
    if (!findings.ok) return findings;
    const light = await replayFrames(source, capture, box);
    if (!light.ok) return light;
    const nowhere = !hasFaces && !box;
    const evidence: LivenessEvidence = {
      light: nowhere
        ? { state: 'unmeasured', reason: 'capture.no-face', detail: `no face in ${track?.value.looked ?? 0} frames` }
        : light.value,
      ...findings.value,
    };
    return ok(judgeLiveness(evidence, limits));
  } finally {
    capture.wipe();
  }
}
