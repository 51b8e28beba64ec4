import type { MachineReadableZone } from '../../shared/domain/machine-readable-zone.ts';
import { MRZ_ALPHABET } from '../../shared/domain/mrz-characters.ts';
import { isWholeZone, swipedZone } from '../../shared/domain/mrz-swipe.ts';
import type { Failure } from '../../shared/reasons.ts';

/** A key that goes down. The names are those of DOM key events, which Electron's `before-input-event` has too. */
export interface KeyPress {
  readonly key: string;
  /** The place on the keyboard; read only where an input method hides the character (`key` is `Process`). */
  readonly code?: string;
  readonly shift?: boolean;
  /** Milliseconds on a monotonic clock. */
  readonly timeMs: number;
}

export interface KeyBurstOptions {
  /** Runs `run` once after `ms`; the result cancels it. */
  readonly setTimer: (run: () => void, ms: number) => () => void;
  /** Local calendar day, `YYYY-MM-DD`. */
  readonly today: () => string;
  readonly onZone: (zone: MachineReadableZone) => void;
  /** At least twenty characters came, but they are no zone (`swipedZone`). */
  readonly onFailure: (failure: Failure) => void;
}

export interface KeyBurst {
  /** True: the key belongs to a swipe; keep it from the page. */
  take(press: KeyPress): boolean;
  /** Forgets what has come so far. */
  close(): void;
}

/** Nobody types two keys in a row this fast; readers that type need 1 to 20 ms a key. */
export const FASTEST_TYPING_MS = 30;
/** From as many fast keys in a row on, it is a reader. */
export const KEYS_OF_A_READER = 4;
/** Within a swipe keys may be held up for a moment, and between its lines readers pause. */
const GAP_IN_SWIPE_MS = 120;
const GAP_BETWEEN_LINES_MS = 300;
const LEAST_CHARACTERS = 20;
const MOST_CHARACTERS = 264;

const LINE_END = '\n';
/** What readers type for fillers, and small letters under a keyboard without caps. */
const TYPED = new Set([...MRZ_ALPHABET, ...MRZ_ALPHABET.toLowerCase(), ' ', '_', '«', '‹', '>']);
const MODIFIERS = new Set(['Shift', 'CapsLock', 'Control', 'Alt', 'AltGraph', 'Meta', 'NumLock']);

/**
 * Finds the swipes of a reader that types like a keyboard. Feed it every key that goes down in the kiosk's window, and
 * keep from the page those for which `take` gives true (`event.preventDefault()` in `before-input-event`): otherwise the
 * Enter that ends a line would press the button that has the focus. Don't feed repeated keys (`isAutoRepeat`).
 *
 * The first three keys of a swipe reach the page, because nobody can tell them from typing; letters and digits press
 * no button. Keys that are at least 30 ms apart are never kept, unless they come within 300 ms of a swipe.
 */
export function createKeyBurst({ setTimer, today, onZone, onFailure }: KeyBurstOptions): KeyBurst {
  let text = '';
  let open = false;
  let lastMs = -Infinity;
  let cancelTimer = (): void => undefined;

  const reset = (): void => {
    cancelTimer();
    text = '';
    open = false;
  };
  const finish = (): void => {
    const lines = linesOf(text);
    const isSwipe = open && lines.join('').length >= LEAST_CHARACTERS;
    reset();
    if (!isSwipe) return;
    const zone = swipedZone(lines, today());
    if (zone.ok) onZone(zone.value);
    else onFailure(zone.error);
  };
  const isLate = (gapMs: number): boolean => {
    if (!open) return gapMs >= FASTEST_TYPING_MS;
    return gapMs >= (text.endsWith(LINE_END) ? GAP_BETWEEN_LINES_MS : GAP_IN_SWIPE_MS);
  };
  return {
    take: (press) => {
      if (MODIFIERS.has(press.key)) return false;
      const gapMs = press.timeMs - lastMs;
      lastMs = press.timeMs;
      const character = characterOf(press);
      if (isLate(gapMs) || character === null) finish();
      if (character === null || (character === LINE_END && !open)) {
        reset();
        return false;
      }
      if (text.length < MOST_CHARACTERS) text += character;
      open ||= text.length >= KEYS_OF_A_READER;
      if (!open) return false;
      cancelTimer();
      if (character === LINE_END && isWholeZone(linesOf(text))) finish();
      else cancelTimer = setTimer(finish, GAP_BETWEEN_LINES_MS);
      return true;
    },
    close: reset,
  };
}

function linesOf(text: string): readonly string[] {
  return text.split(LINE_END).filter(Boolean);
}

function characterOf({ key, code = '', shift = false }: KeyPress): string | null {
  if (key === 'Enter' || key === 'Tab') return LINE_END;
  if (key !== 'Process') return TYPED.has(key) ? (key === '>' ? '<' : key) : null;
  if (code === 'Enter' || code === 'NumpadEnter' || code === 'Tab') return LINE_END;
  const place = /^(?:Key([A-Z])|Digit([0-9])|Numpad([0-9]))$/.exec(code);
  if (place) return place[1] ?? place[2] ?? place[3] ?? null;
  return code === 'IntlBackslash' || (code === 'Comma' && shift) ? '<' : null;
}
