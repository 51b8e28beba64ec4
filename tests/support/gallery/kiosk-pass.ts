import { describe } from 'vitest';
import { layoutFaults } from '../layout-faults.ts';
import type { ScreenSize } from './gallery-browser.ts';
import { describeGallery } from './suite.ts';
import {
  itComplainsOfNothing,
  itFits,
  itIsAccessible,
  itLooksAsKept,
  itServesKeyboards,
  type WindowPass,
} from './window-pass.ts';

/** For every reason and every hint too. */
const PLAIN_LOOKS = ['lang=zh-CN', 'lang=en', 'lang=en&elder', 'lang=en&pseudo'] as const;
/** For the screens themselves. */
const OTHER_LOOKS = ['lang=zh-CN&elder', 'lang=zh-CN&elder&demo', 'lang=en&elder&demo', 'lang=en&elder&low'] as const;

/** Everything that holds on every screen of the kiosk, at these sizes. */
export function kioskPass(sizes: readonly ScreenSize[], axeLook: string): void {
  describeGallery('every kiosk screen', 'kiosk', (gallery) => {
    describe.each(sizes)('at $width × $height', (size) => {
      const everything: WindowPass = { window: 'kiosk', size, gallery };
      // Reasons are words on one and the same screen.
      const ofKinds: WindowPass = { ...everything, only: ({ group }) => group !== 'reasons' };
      const screens: WindowPass = { ...everything, only: ({ group }) => group === 'screens' };
      const leastTargetPx = (look: string): number => (look.includes('elder') ? 72 : 60);
      const isFirst = size === sizes[0];
      itFits(isFirst ? everything : screens, PLAIN_LOOKS, layoutFaults, leastTargetPx);
      if (isFirst) itFits(screens, OTHER_LOOKS, layoutFaults, leastTargetPx);
      if (size === sizes[0]) itIsAccessible(ofKinds, [axeLook]);
      if (size === sizes[0]) itServesKeyboards(screens, 'lang=en');
      itLooksAsKept(screens);
    });
    itComplainsOfNothing(gallery);
  });
}
