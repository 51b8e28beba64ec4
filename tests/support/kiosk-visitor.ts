import type { Page } from '@playwright/test';
import type { Presentation } from '../../src/shared/ipc/camera-source.ts';

export interface ResultSeen {
  readonly state: string;
  readonly reason: string;
}

/** A visitor at the kiosk: does with clicks what a person would, and looks at the screens. */
export interface KioskVisitor {
  readonly page: Page;
  /** The screen that is up. */
  screen(): Promise<string | null>;
  /** Waits until one of the screens is up; gives its name. */
  waitFor(screens: readonly string[], timeoutMs?: number): Promise<string>;
  start(): Promise<void>;
  consent(choice: { readonly capture: boolean; readonly transmit: boolean }): Promise<void>;
  press(name: string): Promise<void>;
  result(timeoutMs?: number): Promise<ResultSeen>;
  /** Chooses who stands there, how, and with which card. Only where the kiosk runs with simulated devices. */
  choose(choice: DemoChoice): Promise<void>;
}

export interface DemoChoice {
  readonly person: 'a' | 'b';
  readonly presentation: Presentation;
  readonly card: 'a' | 'b' | null;
}

/** What the page offers to scripts beside its screens; the same bridge that the screens use. */
interface PageGlobals {
  readonly countersign: { invoke(channel: string, request: unknown): Promise<unknown> };
}

export function visitorAt(page: Page): KioskVisitor {
  const screen = (): Promise<string | null> =>
    page
      .locator('[data-screen]')
      .first()
      .getAttribute('data-screen', { timeout: 5000 })
      .catch(() => null);
  const waitFor = async (screens: readonly string[], timeoutMs = 40_000): Promise<string> => {
    const selector = screens.map((name) => `[data-screen="${name}"]`).join(', ');
    const found = page.locator(selector).first();
    await found.waitFor({ state: 'attached', timeout: timeoutMs });
    return (await found.getAttribute('data-screen')) ?? '';
  };
  const press = (name: string): Promise<void> => page.getByRole('button', { name }).first().click();
  return {
    page,
    screen,
    waitFor,
    press,
    start: async () => {
      await waitFor(['attract'], 60_000);
      await press('开始');
    },
    consent: async ({ capture, transmit }) => {
      await waitFor(['consent']);
      if (capture) await page.getByRole('checkbox', { name: /^同意(拍摄人脸|核对)/ }).click();
      // It is only asked where somebody is set up who would get anything.
      const sending = page.getByRole('checkbox', { name: /^同意(把|发送)/ });
      if (transmit && (await sending.isVisible())) await sending.click();
      await press('同意并继续');
    },
    result: async (timeoutMs = 60_000) => {
      const shown = page.locator('[data-screen="result"]');
      await shown.waitFor({ timeout: timeoutMs });
      return {
        state: (await shown.getAttribute('data-state')) ?? '',
        reason: (await shown.getAttribute('data-reason')) ?? '',
      };
    },
    choose: async (choice) => {
      await page.evaluate(
        (request) => (globalThis as unknown as PageGlobals).countersign.invoke('kiosk:act', request),
        { type: 'demo-choose', ...choice },
      );
    },
  };
}
