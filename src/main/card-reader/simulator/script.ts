import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { pause, type Timing } from '../timing.ts';
import { loadCard, type SimulatedCard } from './card-file.ts';
import { parseFault } from './fault.ts';
import type { SimulatedReader } from './simulated-reader.ts';

const stepSchema = z
  .strictObject({
    /** Milliseconds since the script began. */
    atMs: z.number().nonnegative(),
    /** A card file, relative to the script; null takes the card off. */
    card: z.string().min(1).nullable().optional(),
    fault: z.string().optional(),
  })
  .refine((step) => step.card !== undefined || step.fault !== undefined, 'names neither card nor fault');
const scriptSchema = z
  .array(stepSchema)
  .min(1)
  .refine(
    (steps) => steps.every((step, at) => at === 0 || steps[at - 1]!.atMs <= step.atMs),
    'is not in order of atMs',
  );

/** What happens to the reader, and when; every card at hand and every fault known. */
export interface ScriptStep {
  readonly atMs: number;
  readonly card?: SimulatedCard | null;
  /** The card's file as the script names it. */
  readonly cardName?: string;
  readonly fault?: string;
}

/** Reads a script: a JSON list of `{atMs, card, fault}`. Fails with `request.invalid` when any part of it is wrong. */
export async function loadScript(path: string): Promise<Result<readonly ScriptStep[], Failure>> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return invalid('the script can not be read');
  const parsed = scriptSchema.safeParse(jsonOrUndefined(text));
  if (!parsed.success) {
    const places = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'script'} (${issue.message})`);
    return invalid(`the script is not valid: ${places.join(', ')}`);
  }
  const steps: ScriptStep[] = [];
  for (const [at, { atMs, card, fault }] of parsed.data.entries()) {
    const known = parseFault(fault ?? 'none');
    if (!known.ok) return invalid(`step ${at}: ${known.error.detail ?? known.error.code}`);
    const loaded = typeof card === 'string' ? await loadCard(resolve(dirname(path), card)) : null;
    if (loaded && !loaded.ok) return invalid(`step ${at}: ${loaded.error.detail ?? loaded.error.code}`);
    steps.push({
      atMs,
      ...(fault === undefined ? {} : { fault }),
      ...(card === null ? { card } : {}),
      ...(typeof card === 'string' && loaded?.ok ? { card: loaded.value, cardName: card } : {}),
    });
  }
  return ok(steps);
}

/**
 * Carries out a script: in each step the card first, then the fault. Ends after the last step, or when `signal` is
 * aborted.
 *
 * @param onStep called after each step was carried out.
 */
export async function runScript(
  reader: SimulatedReader,
  steps: readonly ScriptStep[],
  timing: Timing,
  signal: AbortSignal,
  onStep: (step: ScriptStep) => void = () => undefined,
): Promise<void> {
  const startMs = timing.clock.monotonicMs();
  for (const step of steps) {
    await pause(timing, Math.max(0, startMs + step.atMs - timing.clock.monotonicMs()), signal);
    if (signal.aborted) return;
    if (step.card === null) reader.removeCard();
    else if (step.card) reader.insertCard(step.card);
    const fault = step.fault === undefined ? null : parseFault(step.fault, reader.nowMs);
    if (fault?.ok) reader.setFault(fault.value);
    onStep(step);
  }
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function invalid(detail: string): Result<never, Failure> {
  return err(failure('request.invalid', detail));
}
