import type { CameraSign } from '../../shared/domain/camera-identity.ts';

/** Signs that no real camera shows; the others are for staff to see, because real cameras show them too. */
const CERTAIN_SIGNS: readonly string[] = [
  'no-hardware',
  'same-label-twice',
  'virtual-name',
  'repeated-frames',
] satisfies readonly CameraSign[];

/** How many of these signs no real camera shows; one that comes twice counts once, an unknown name not at all. */
export function certainSigns(signs: readonly string[]): number {
  return new Set(signs.filter((sign) => CERTAIN_SIGNS.includes(sign))).size;
}
