import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { GalleryScreen } from '../../../src/renderer/ui/gallery/gallery-screen.ts';

const AXE = createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright')).resolve(
  'axe-core/axe.min.js',
);

/** The screens that a gallery page knows. */
export function screensOf(page: Page): Promise<readonly GalleryScreen[]> {
  return page.evaluate('gallery.screens');
}

/** Shows a screen without a reload. */
export async function showScreen(page: Page, address: string): Promise<void> {
  await page.evaluate(`gallery.show(${JSON.stringify(address)})`);
}

/** Gives the page a check of its own, `window[name]`, to be called for each screen. */
export async function giveCheck(page: Page, name: string, check: (...args: never[]) => unknown): Promise<void> {
  await page.evaluate(`window[${JSON.stringify(name)}] = ${check.toString()}`);
}

/** Shows screen after screen in the page itself and collects what `expression` says of each; empty lists are left out. */
export async function onEach(
  page: Page,
  screens: readonly GalleryScreen[],
  look: string,
  expression: string,
): Promise<readonly string[]> {
  const addresses = screens.map(({ name, address }) => [name, `${address}&${look}`]);
  return page.evaluate(`(async () => {
    const found = [];
    for (const [name, address] of ${JSON.stringify(addresses)}) {
      await gallery.show(address);
      for (const fault of await ${expression}) found.push(name + ': ' + fault);
    }
    return found;
  })()`);
}

/** Lets the page look for violations of the accessibility rules by itself, which costs no reload and no second page. */
export async function giveAxe(page: Page): Promise<void> {
  await page.evaluate(`${readFileSync(AXE, 'utf8')};
    window.axeViolations = async () => {
      const { violations } = await axe.run(document, { resultTypes: ['violations'], elementRef: false });
      return violations.flatMap(({ id, impact, nodes }) => nodes.map(({ html }) => impact + ' ' + id + ' ' + html.slice(0, 120)));
    }; true`);
}

/** The violations on a page as it stands. */
export async function axeViolations(page: Page): Promise<readonly string[]> {
  await giveAxe(page);
  return page.evaluate('axeViolations()');
}
