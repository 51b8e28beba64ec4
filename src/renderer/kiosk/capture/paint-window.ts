import type { Srgb } from '../../../shared/domain/challenge.ts';

/** Makes the whole window a colour without a detour through React; null gives it back to the style sheet. */
export function paintWindow(rgb: Srgb | null): void {
  document.body.style.backgroundColor = rgb ? `rgb(${rgb.join(' ')})` : '';
}
