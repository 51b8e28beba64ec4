import type { Speaker, Voice } from './voice.ts';

export interface Announcer {
  /** Says what a screen begins with; it is heard to its end unless the screen goes. */
  readonly open: (text: string, voice: Voice) => void;
  /** Says what holds now. It waits for the opening, and a newer one takes its place. */
  readonly say: (text: string, voice: Voice) => void;
  readonly stop: () => void;
}

/** Keeps a warning from being cut off by the first hint that follows it. */
export function createAnnouncer(speaker: Pick<Speaker, 'speak' | 'stop'>): Announcer {
  let opening: symbol | null = null;
  let waiting: (() => void) | null = null;
  const stop = (): void => {
    opening = null;
    waiting = null;
    speaker.stop();
  };
  const say = (text: string, voice: Voice): void => {
    const speak = (): void => (text === '' ? speaker.stop() : speaker.speak(text, voice));
    if (opening) waiting = speak;
    else speak();
  };
  return {
    open: (text, voice) => {
      stop();
      if (text === '') return;
      const mine = Symbol('opening');
      opening = mine;
      speaker.speak(text, voice, () => {
        if (opening !== mine) return;
        opening = null;
        waiting?.();
        waiting = null;
      });
    },
    say,
    stop,
  };
}
