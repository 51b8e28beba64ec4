import type { ScreenSize } from '../../../shared/ipc/admin-camera.ts';

/** The screen that this window is on, in CSS pixels. */
export function screenSize(): ScreenSize {
  return { width: screen.width, height: screen.height };
}
