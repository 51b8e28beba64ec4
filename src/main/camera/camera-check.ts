import type {
  CameraIdentity,
  CameraSign,
  CameraTrust,
  OpenedCamera,
  VideoDevice,
} from '../../shared/domain/camera-identity.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import { fingerprintSigns, hasVirtualName, isCaptureDevice } from './camera-signs.ts';
import { hasGhost, matchDevice } from './device-match.ts';

/** What is known of the camera in use, and whether it may be used. */
export interface CameraFinding {
  /** Null while it isn't known which device it is. */
  readonly identity: CameraIdentity | null;
  readonly device: VideoDevice | null;
  readonly pinned: 'none' | 'same' | 'other' | 'unconfirmed';
  /** For staff and the record; never for the person. */
  readonly signs: readonly CameraSign[];
  /** Why an attempt with this camera is refused; null when it isn't. */
  readonly refusal: Failure | null;
}

export interface CameraCase {
  readonly opened: OpenedCamera;
  /** The machine's devices, or why they could not be listed. */
  readonly listing: Result<readonly VideoDevice[], Failure>;
  readonly trust: CameraTrust;
}

type Known = Pick<CameraFinding, 'identity' | 'device'> & { readonly signs: readonly CameraSign[] };

function recognise({ opened, listing }: CameraCase): Known {
  if (!listing.ok) return { identity: null, device: null, signs: ['not-confirmed'] };
  const ghost: readonly CameraSign[] = hasGhost(opened, listing.value) ? ['same-label-twice'] : [];
  const match = matchDevice(opened.label, listing.value);
  switch (match.kind) {
    case 'none':
      return { identity: null, device: null, signs: ['no-hardware', ...ghost] };
    case 'ambiguous':
      return { identity: null, device: null, signs: ['not-confirmed', ...ghost] };
    case 'hardware': {
      const { identity, device } = match;
      return { identity, device, signs: isCaptureDevice(device) ? ['capture-device', ...ghost] : ghost };
    }
  }
}

function comparePin(identity: CameraIdentity | null, { pin }: CameraTrust): CameraFinding['pinned'] {
  if (pin === null) return 'none';
  if (identity === null) return 'unconfirmed';
  return identity === pin.identity ? 'same' : 'other';
}

const REFUSING: ReadonlySet<CameraSign> = new Set(['no-hardware', 'same-label-twice', 'virtual-name']);

function refusalOf(signs: readonly CameraSign[], pinned: CameraFinding['pinned'], trust: CameraTrust): Failure | null {
  const refusing = signs.filter((sign) => REFUSING.has(sign) || (sign === 'capture-device' && pinned !== 'same'));
  if (refusing.length > 0) return failure('camera.virtual', refusing.join(', '));
  if (trust.policy === 'warn' || pinned === 'none' || pinned === 'same') return null;
  return failure('camera.changed', pinned === 'other' ? 'another device' : "the device can't be told for sure");
}

/**
 * Decides whether the opened camera may be used. A camera without hardware behind it is refused always; another than
 * the pinned one where the policy requires the pin. A listing that failed proves nothing: it refuses where a pin has
 * to be confirmed, and is a sign for staff elsewhere.
 */
export function examineCamera(given: CameraCase): CameraFinding {
  const { opened, trust } = given;
  const known = recognise(given);
  const pinned = comparePin(known.identity, trust);
  const found: CameraSign[] = [...known.signs, ...fingerprintSigns(opened.fingerprint)];
  if (hasVirtualName(opened.label)) found.push('virtual-name');
  if (pinned === 'other') found.push('other-device');
  if (pinned === 'unconfirmed') found.push('not-confirmed');
  const signs = [...new Set(found)];
  return { identity: known.identity, device: known.device, pinned, signs, refusal: refusalOf(signs, pinned, trust) };
}
