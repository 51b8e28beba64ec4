/** How the reader's USB side behaves; everything but `plain` is a way in which real ones differ or fail. */
export type UsbBehaviour =
  | { readonly kind: 'plain' }
  /** Packets end early: sizes are taken in turn. A short packet ends a transfer. */
  | { readonly kind: 'short-packets'; readonly sizes: readonly number[] }
  /** An empty packet behind every packet. */
  | { readonly kind: 'empty-packets' }
  /** A four-pipe reader that puts so many bytes of a reply on the first pipe, not seven. */
  | { readonly kind: 'odd-split'; readonly firstBytes: number }
  /** The first transfer of either direction stalls its pipe until that is cleared. */
  | { readonly kind: 'stall-once'; readonly direction: 'in' | 'out' }
  | { readonly kind: 'stalled'; readonly direction: 'in' | 'out' }
  /** Accepts nothing (NAK for ever), or takes commands and never answers. */
  | { readonly kind: 'takes-nothing' }
  | { readonly kind: 'answers-nothing' }
  /** Receiving fails by noise: `faults` times in a row, then it works. */
  | { readonly kind: 'noisy'; readonly faults: number }
  /** The plug is pulled when so many packets of the next reply were received. */
  | { readonly kind: 'pulled-after'; readonly packets: number };

export const PACKET_BYTES = 64;
/** LEN and what precedes it. */
export const HEADER_BYTES = 7;

/** Packets of one transfer: full ones, then a short one. No empty packet follows when it comes out even. */
export function packetsOf(bytes: Uint8Array, behaviour: UsbBehaviour): readonly Uint8Array[] {
  const packets: Uint8Array[] = [];
  const sizes = behaviour.kind === 'short-packets' ? behaviour.sizes : [PACKET_BYTES];
  for (let at = 0; at < bytes.length;) {
    const size = sizes[packets.length % sizes.length]!;
    packets.push(bytes.slice(at, at + size));
    at += size;
  }
  if (behaviour.kind !== 'empty-packets') return packets;
  return packets.flatMap((packet) => [packet, new Uint8Array(0)]);
}
