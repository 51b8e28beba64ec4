import { connect, type Socket } from 'node:net';
import type { VirtualCard } from './virtual-card.ts';

/** A card in the slot of a virtual reader (vsmartcard's vpcd), which is a server on this machine. */
export interface InsertedCard {
  /** Takes the card off the reader, in whatever it is doing. */
  lift(): void;
}

const [OFF, ON, RESET, GIVE_ATR] = [0, 1, 2, 4];

/** vpcd looks every 400 ms; a card that comes while it still notices that the last one left is forgotten. */
const NOTICED_MS = 2000;
const TRIES = 5;

/** Puts a card on the reader and waits until the reader has noticed it. */
export async function insertCard(port: number, card: VirtualCard): Promise<InsertedCard> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const inserted = await connected(port, card);
    if (inserted) return inserted;
  }
  throw new Error('the virtual reader takes no card');
}

/**
 * Messages are a length of two bytes and as many bytes; single bytes are for the power, everything else an APDU. Null
 * when the reader asks nothing.
 */
function connected(port: number, card: VirtualCard): Promise<InsertedCard | null> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const forgotten = setTimeout(() => {
      socket.destroy();
      resolve(null);
    }, NOTICED_MS);
    socket.setNoDelay(true);
    socket.on('error', reject);
    let buffered: Buffer = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      clearTimeout(forgotten);
      resolve({ lift: () => socket.destroy() });
      buffered = Buffer.concat([buffered, chunk]);
      while (buffered.length >= 2 && buffered.length >= 2 + buffered.readUInt16BE(0)) {
        const end = 2 + buffered.readUInt16BE(0);
        answer(socket, card, buffered.subarray(2, end));
        buffered = buffered.subarray(end);
      }
    });
  });
}

function answer(socket: Socket, card: VirtualCard, message: Uint8Array): void {
  const [control] = message;
  if (message.length > 1) {
    const response = card.transmit(message);
    if (response) send(socket, response);
    else socket.destroy();
  } else if (control === GIVE_ATR) send(socket, card.atr);
  else if (control === OFF || control === ON || control === RESET) card.reset();
}

function send(socket: Socket, bytes: Uint8Array): void {
  const message = Buffer.alloc(2 + bytes.length);
  message.writeUInt16BE(bytes.length);
  message.set(bytes, 2);
  socket.write(message);
}
