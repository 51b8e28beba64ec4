import type { LightEvidence } from '../../shared/domain/liveness.ts';

/** The numbers behind a light challenge's verdict by name, as a record keeps them; what isn't known is left out. */
export function lightMeasures(evidence: LightEvidence): Record<string, number> {
  if (evidence.state === 'unmeasured') return {};
  const { relief } = evidence;
  const [gainRed, gainGreen, gainBlue] = evidence.gain;
  const measures: Record<string, number | null | undefined> = {
    codeCorrelation: evidence.rho,
    codeCorrelationOverBackground: evidence.ratioRho,
    codeCorrelationOfColour: evidence.chromaRho,
    lagMs: evidence.lagMs,
    gainRed,
    gainGreen,
    gainBlue,
    relief: relief?.score,
    reliefNormalsShare: relief?.normalsShare,
    reliefNormalCorrelation: relief?.normalCorrelation,
    reliefSideResponse: relief?.sideResponse,
    reliefNoise: relief?.noise,
    reliefPoints: relief?.points,
    glint: relief?.glint,
    motion: evidence.motion,
    faceless: evidence.faceless,
    frames: evidence.frames,
    framesPerSecond: evidence.framesPerSecond,
    longestGapMs: evidence.longestGapMs,
    faceLuminance: evidence.faceLuminance,
    saturated: evidence.saturated,
    falseAcceptBound: evidence.falseAccept,
  };
  const known = Object.entries(measures).filter((entry): entry is [string, number] => Number.isFinite(entry[1]));
  return Object.fromEntries(known);
}
