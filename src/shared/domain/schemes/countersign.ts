import { schemesOf } from './base.ts';

/** `CounterCard`: the chip card and the face before the kiosk; decided on the device, confirmed by the verifier. */
export const COUNTERSIGN_SCHEMES = schemesOf('countersign', {
  CounterCard: { inputs: { name: 'optional', number: 'optional' } },
});
