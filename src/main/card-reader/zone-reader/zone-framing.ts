import { isWholeZone } from '../../../shared/domain/mrz-swipe.ts';

const [SOH, STX, ETX, LF, CR] = [0x01, 0x02, 0x03, 0x0a, 0x0d];
/** Three lines of 44, twice over; what is longer is no swipe. */
const MOST_BYTES = 264;
/** What is shorter and unframed is noise on the line: a swipe is 72 characters at least. */
const LEAST_CHARACTERS = 20;
/** A reader without an end sign is silent for so long after a swipe. */
export const IDLE_MS = 150;
/** In a frame an end sign is still to come. */
export const FRAMED_IDLE_MS = 1000;

export interface ZoneFraming {
  /** Takes bytes as they arrive, in chunks of any size. Gives whole swipes, each as its lines; without lines: nothing was read. */
  take(bytes: Uint8Array): readonly (readonly string[])[];
  /** How long the line has to be silent until `end` is due; null while nothing is open. */
  readonly idleMs: number | null;
  /** The line fell silent: what has come so far is all. */
  end(): readonly (readonly string[])[];
}

/**
 * Tells the framings of swipe readers apart while it reads:
 * - `STX line CR line CR [line CR] ETX`, with whatever the reader is set to send around it (DESKO, CUTE);
 * - `SOH length "O" "U" STX flag line CR line CR line CR ETX BCC`, where missing upper lines are empty (3M RTE6701). The
 *   block check character is passed over: the zone has check digits of its own;
 * - lines that end with CR, LF or both, and lines without anything, which end when the line falls silent.
 *
 * After garbage it goes on with the next STX or the next silence. It never holds more than 264 bytes.
 */
export function createZoneFraming(): ZoneFraming {
  const text: number[] = [];
  let [beforeLast, last] = [0, 0];
  let mode: 'free' | 'framed' | 'overflow' = 'free';
  /** Bytes that belong to the framing: the flag behind STX, the check behind ETX. */
  let passOver = 0;
  let blockCheckFollows = false;

  const restart = (next: typeof mode): void => {
    text.fill(0);
    text.length = 0;
    mode = next;
  };
  const finish = (): readonly (readonly string[])[] => {
    const lines = linesOf(text);
    const characters = lines.reduce((sum, line) => sum + line.length, 0);
    const isSwipe = mode === 'framed' || (mode === 'free' && characters >= LEAST_CHARACTERS);
    restart('free');
    return isSwipe ? [lines] : [];
  };
  const begin = (): void => {
    // "OU" before it says that a flag follows, and a block check at the end.
    blockCheckFollows = beforeLast === 0x4f && last === 0x55;
    passOver = blockCheckFollows ? 1 : 0;
    restart('framed');
  };
  const overflow = (): readonly (readonly string[])[] => {
    restart('overflow');
    return [['']];
  };
  const take = (byte: number): readonly (readonly string[])[] => {
    if (passOver > 0) {
      passOver--;
      return [];
    }
    if (byte === STX) {
      begin();
      return [];
    }
    if (byte === ETX) {
      if (mode === 'framed' && blockCheckFollows) passOver = 1;
      blockCheckFollows = false;
      return finish();
    }
    if (byte === SOH && mode === 'free') return finish();
    if (mode === 'overflow') return [];
    if (text.length >= MOST_BYTES) return overflow();
    text.push(byte);
    const lineEnded = mode === 'free' && (byte === CR || byte === LF);
    return lineEnded && isWholeZone(linesOf(text).filter(Boolean)) ? finish() : [];
  };
  return {
    take: (bytes) => {
      const swipes: (readonly string[])[] = [];
      for (const byte of bytes) {
        swipes.push(...take(byte));
        [beforeLast, last] = [last, byte];
      }
      return swipes;
    },
    get idleMs() {
      if (mode === 'framed') return FRAMED_IDLE_MS;
      return text.length > 0 || mode === 'overflow' || passOver > 0 ? IDLE_MS : null;
    },
    end: () => {
      passOver = 0;
      blockCheckFollows = false;
      return finish();
    },
  };
}

/** The lines of Latin-1 bytes, with empty ones. */
function linesOf(bytes: readonly number[]): readonly string[] {
  return String.fromCharCode(...bytes).split(/\r\n|\r|\n/);
}
