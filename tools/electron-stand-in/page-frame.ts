import { strictObject } from './not-provided.ts';

/** `WebFrameMain` of a page's main frame, as far as a trust check of a message's sender reads it. */
export interface PageFrame {
  readonly url: string;
  readonly origin: string;
  readonly parent: null;
  readonly top: PageFrame;
  readonly frames: readonly never[];
  readonly name: string;
  readonly routingId: number;
  readonly detached: boolean;
  isDestroyed(): boolean;
}

/** `address` gives the frame's present address in the application's own scheme. */
export function pageFrame(address: () => string, isDestroyed: () => boolean): PageFrame {
  const frame: PageFrame = strictObject('WebFrameMain', {
    get url() {
      return address();
    },
    get origin() {
      const [scheme, , host] = address().split('/', 3);
      return host ? `${scheme}//${host}` : 'null';
    },
    parent: null,
    get top(): PageFrame {
      return frame;
    },
    frames: [],
    name: '',
    routingId: 1,
    get detached() {
      return isDestroyed();
    },
    isDestroyed,
  });
  return frame;
}
