import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CameraSource, DemoChoice } from '../../shared/ipc/camera-source.ts';
import type { KioskView } from '../../shared/ipc/kiosk-view.ts';

/** A moment between the card screen and the card on the reader, as a person's hand would need. */
const HAND_DELAY_MS = 400;

/** Stands in for the visitor where there is none: holds a card, and lays it down when the kiosk asks for it. */
export interface DemoHand {
  choice(): DemoChoice;
  choose(choice: DemoChoice): void;
  camera(): CameraSource;
  follow(view: KioskView): void;
  /** Holds the chosen card on the reader while somebody tries the reader out. */
  during<T>(test: () => Promise<T>): Promise<T>;
}

/** Where each simulated person's clip begins to play: a stretch in which they look at the camera. */
const START_SECONDS = { a: 8, b: 2 } as const;

/** Screens at which a person takes their card back. */
const SETTLED = new Set<KioskView['screen']>([
  'attract',
  'result',
  'withdrawal-review',
  'withdrawal-done',
  'maintenance',
]);

/** For each person a clip, a photo with its face mesh, and a card. */
const DEMO_FILES = ['a', 'b'].flatMap((id) => [
  `person-${id}.webm`,
  `person-${id}.png`,
  `person-${id}.json`,
  `card-${id}.json`,
]);

/**
 * @param folder with what `scripts/prepare-demo.ts` makes: `person-a.webm`, `person-a.png`, `person-a.json`,
 * `card-a.json`, and the same for `b`.
 * @param simulate lays a card file on the simulated reader, or takes it away.
 */
export function createDemoHand(
  folder: string,
  simulate: (card: string | null) => void,
  onChange: () => void,
): DemoHand {
  let choice: DemoChoice = { person: 'a', presentation: 'live', card: 'a' };
  let onReader = false;
  let pending: NodeJS.Timeout | null = null;
  let waitingFor: string | null = null;

  const take = (): void => {
    if (pending) clearTimeout(pending);
    pending = null;
    waitingFor = null;
    if (onReader) simulate(null);
    onReader = false;
  };
  /** @param wish what the card is asked for; it is laid down once for each. */
  const lay = (wish: string): void => {
    if (choice.card === null || waitingFor === wish) return;
    waitingFor = wish;
    const file = join(folder, `card-${choice.card}.json`);
    pending = setTimeout(() => {
      onReader = true;
      simulate(file);
    }, HAND_DELAY_MS);
  };
  return {
    during: async (test) => {
      lay('test');
      try {
        return await test();
      } finally {
        if (waitingFor === 'test') take();
      }
    },
    choice: () => choice,
    choose: (next) => {
      if (next.card !== choice.card) take();
      choice = next;
      onChange();
    },
    camera: () => ({
      kind: 'simulated',
      url: `/demo/person-${choice.person}.webm`,
      presentation: choice.presentation,
      startSeconds: START_SECONDS[choice.person],
    }),
    follow: (view) => {
      if (view.screen === 'card' && view.certifyId !== null) lay(view.certifyId);
      else if (view.screen === 'withdrawal-card') lay(view.screen);
      else if (SETTLED.has(view.screen)) take();
    },
  };
}

/** Why the demonstration can't run from this folder; null when everything is there. */
export function missingDemoFile(folder: string): string | null {
  return DEMO_FILES.find((name) => !existsSync(join(folder, name))) ?? null;
}
