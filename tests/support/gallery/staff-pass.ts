import { describe } from 'vitest';
import type { ScreenSize } from './gallery-browser.ts';
import { pageFaults } from './page-faults.ts';
import { describeGallery } from './suite.ts';
import {
  itComplainsOfNothing,
  itFits,
  itIsAccessible,
  itLooksAsKept,
  itServesKeyboards,
  type WindowPass,
} from './window-pass.ts';

const LOOKS = ['lang=zh-CN', 'lang=en', 'lang=en&pseudo'] as const;
const LEAST_TARGET_PX = 24;

/** Which groups of screens each check goes through; a check without groups goes through all. */
export interface StaffPass {
  readonly window: 'admin' | 'clerk' | 'ui';
  readonly sizes: readonly ScreenSize[];
  /** Where words may be long and things may have gone wrong. */
  readonly fits?: readonly string[];
  readonly keyboard?: readonly string[];
  readonly pictures?: readonly string[];
}

/** Everything that holds on every page of a window for staff, at these sizes. */
export function staffPass(name: string, asked: StaffPass): void {
  describeGallery(name, asked.window, (gallery) => {
    describe.each(asked.sizes)('at $width × $height', (size) => {
      const pass = (groups?: readonly string[]): WindowPass => ({
        window: asked.window,
        size,
        gallery,
        only: ({ group }) => groups?.includes(group) ?? true,
      });
      itFits(pass(asked.fits), LOOKS, pageFaults, () => LEAST_TARGET_PX);
      if (size === asked.sizes[0]) {
        itIsAccessible(pass(), ['lang=zh-CN']);
        itIsAccessible(pass(asked.fits), ['lang=en&dark']);
        itServesKeyboards(pass(asked.keyboard), 'lang=en');
      }
      itLooksAsKept(pass(asked.pictures));
    });
    itComplainsOfNothing(gallery);
  });
}
