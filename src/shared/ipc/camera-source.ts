/**
 * What stands before a simulated camera: a living person who is lit by the screen and does what is asked; a video of
 * one that no screen lights; a flat picture tinted by the screen; a live relay, a tint that comes too late; a print.
 */
export const PRESENTATIONS = ['live', 'replay', 'tint', 'relay', 'print'] as const;

export type Presentation = (typeof PRESENTATIONS)[number];

/** How the kiosk renderer gets its picture. `simulated` exists only where the application was started with --demo. */
export type CameraSource =
  | { readonly kind: 'device'; readonly deviceId: string | null }
  | {
      readonly kind: 'simulated';
      readonly url: string;
      readonly presentation: Presentation;
      readonly startSeconds: number;
    };

/** Which simulated person, presentation and card the demo strip shows as chosen. */
export interface DemoChoice {
  readonly person: 'a' | 'b';
  readonly presentation: Presentation;
  readonly card: 'a' | 'b' | null;
}
