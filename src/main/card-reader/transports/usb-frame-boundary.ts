import { MAX_LENGTH, MIN_REPLY_LENGTH } from '../frame-codec.ts';

const SYNC = 0xaa;
const MARK_1 = 0x96;
const MARK_2 = 0x69;

type Stage = 'sync' | 'mark' | 'length-high' | 'length-low' | 'body';

/**
 * Follows replies through a stream to tell where each ends, without keeping or checking them: that is the frame
 * decoder's work. Needed where the way of a reply depends on its length.
 */
export class FrameBoundary {
  #stage: Stage = 'sync';
  #syncs = 0;
  #length = 0;

  /** Whether nothing of a frame was seen yet, not even a byte that may begin one. */
  get isIdle(): boolean {
    return this.#stage === 'sync' && this.#syncs === 0;
  }

  /** Bytes that the present frame still needs; 0 while its length isn't known. */
  get missing(): number {
    return this.#stage === 'body' ? this.#length : 0;
  }

  /**
   * Follows `bytes` up to the end of the frame in them.
   *
   * @returns how many bytes that took: all of them when no frame ends there.
   */
  take(bytes: Uint8Array): { readonly taken: number; readonly ended: boolean } {
    let at = 0;
    while (at < bytes.length) {
      if (this.#stage === 'body') {
        const part = Math.min(this.#length, bytes.length - at);
        this.#length -= part;
        at += part;
        if (this.#length > 0) break;
        this.reset();
        return { taken: at, ended: true };
      }
      this.#header(bytes[at++]!);
    }
    return { taken: at, ended: false };
  }

  reset(): void {
    this.#stage = 'sync';
    this.#syncs = 0;
    this.#length = 0;
  }

  #header(byte: number): void {
    switch (this.#stage) {
      case 'mark':
        if (byte === MARK_2) this.#stage = 'length-high';
        else this.#search(byte);
        break;
      case 'length-high':
        this.#length = byte << 8;
        this.#stage = 'length-low';
        break;
      case 'length-low':
        this.#length |= byte;
        if (this.#length >= MIN_REPLY_LENGTH && this.#length <= MAX_LENGTH) this.#stage = 'body';
        else this.reset();
        break;
      default:
        this.#search(byte);
    }
  }

  /** One leading AA may be lost, so two are enough. */
  #search(byte: number): void {
    const marked = this.#stage === 'sync' && byte === MARK_1 && this.#syncs >= 2;
    const syncs = byte === SYNC ? (this.#stage === 'sync' ? this.#syncs : 0) + 1 : 0;
    this.#stage = marked ? 'mark' : 'sync';
    this.#syncs = Math.min(syncs, 3);
  }
}
