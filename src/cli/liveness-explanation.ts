import type { FramedEvidence, LightMeasurement, LivenessEvidence } from '../shared/domain/liveness.ts';
import { DEFAULT_LIMITS } from '../main/liveness/judge.ts';
import type { SessionJudgement } from '../main/liveness/session-replay.ts';

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

function number(value: number): string {
  return Number(value.toPrecision(3)).toString();
}

function reliefInWords({ relief }: LightMeasurement): string[] {
  if (!relief) return ['Relief: not measured; too few meshes, or too few points that can be read.'];
  const { score, normalsShare, normalCorrelation, sideResponse, noise, glint, points, frames } = relief;
  const lines = [
    `Relief: score ${number(score)} (limit ${DEFAULT_LIMITS.minRelief}) from ${points} points in ${frames} frames, ` +
      `noise ${number(noise)} (limit ${DEFAULT_LIMITS.maxReliefNoise}, to refute ${DEFAULT_LIMITS.maxRefutingNoise}).`,
    `  The way the points face explains ${percent(normalsShare)} of what a smooth sheet leaves; correlation with ` +
      `facing the screen ${number(normalCorrelation)}; temples and jaw answer ${number(sideResponse)} beside the whole.`,
  ];
  if (glint !== null) lines.push(`  The eyes answer ${number(glint)} beside the whole face.`);
  return lines;
}

function lightInWords(light: LivenessEvidence['light']): string[] {
  if (light.state === 'unmeasured') return [`The light was not measured: ${light.detail} (${light.reason}).`];
  const [from, to] = light.searchedLagMs;
  const { ratioRho, chromaRho, falseAccept, motion, faceless } = light;
  return [
    `Sequence: agreement ${number(light.rho)} (limit ${DEFAULT_LIMITS.minRho}); over the background ` +
      `${ratioRho === null ? 'not measured' : number(ratioRho)}, of the colour alone ${number(chromaRho)}.`,
    ...(falseAccept === null
      ? ['  How likely another sequence reaches the limit is not tabulated for this number of colours.']
      : [`  Another sequence reaches the limit with a probability of at most ${number(falseAccept)}.`]),
    `Lag: ${light.lagMs} ms from the screen to the camera, searched from ${from} to ${to} ms.`,
    `Strength: the face changes by ${light.gain.map(number).join(', ')} (red, green, blue) from black to full screen light.`,
    ...reliefInWords(light),
    `Frames: ${light.frames} at ${number(light.framesPerSecond)} a second, longest gap ${Math.round(light.longestGapMs)} ms; ` +
      `mean luminance ${number(light.faceLuminance)}, ${percent(light.saturated)} at the sensor's limit.`,
    ...(motion === null || motion === undefined ? [] : [`Motion: at most ${percent(motion)} of the face's width.`]),
    ...(faceless ? [`No face in ${percent(faceless)} of the looks for its mesh.`] : []),
  ];
}

function clipInWords({ spoofMedian, spoofFrames, continuityMin, faceLost, severalFaces }: LivenessEvidence): string[] {
  return [
    spoofMedian === null
      ? 'Texture: not scored.'
      : `Texture: median live score ${number(spoofMedian)} of ${spoofFrames} pictures (limit ${DEFAULT_LIMITS.minSpoofMedian}).`,
    continuityMin === null
      ? 'Same face: not known.'
      : `Same face: least similarity within the clip ${number(continuityMin)} (limit ${DEFAULT_LIMITS.minContinuity}).`,
    ...(faceLost ? ['The face was lost.'] : []),
    ...(severalFaces ? ['There were several faces.'] : []),
  ];
}

function framedInWords(evidence: FramedEvidence): string[] {
  if (evidence.state === 'unmeasured') return [`Not measured: ${evidence.detail} (${evidence.reason}).`];
  const measures = Object.entries(evidence.measures).map(([name, value]) => `  ${name}: ${number(value)}`);
  return [
    `Refuted by: ${evidence.refuted.join(', ') || 'nothing'}; still not known: ${evidence.missing.join(', ') || 'nothing'}.`,
    ...measures,
  ];
}

/** A judgement's evidence read out, line by line. Limits are those of a terminal without a calibration. */
export function explanationOf(judgement: SessionJudgement): readonly string[] {
  if (judgement.kind !== 'light') return framedInWords(judgement.evidence);
  return [...lightInWords(judgement.evidence.light), ...clipInWords(judgement.evidence)];
}
