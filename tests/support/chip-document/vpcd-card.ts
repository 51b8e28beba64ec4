import { connect, type Socket } from 'node:net';
import type { VirtualCard } from './virtual-card.ts';

/** A card in the slot of a virtual reader (vsmartcard's vpcd), which is a server on this machine. */
export interface InsertedCard {
  /** Takes the card off the reader, in whatever it is doing. */
  lift(): void;
}

const [OFF, ON, RESET, GIVE_ATR] = [0, 1, 2, 4];

/** Messages are a length of two bytes and as many bytes; single bytes are for the power, everything else an APDU. */
export function insertCard(port: number, card: VirtualCard): Promise<InsertedCard> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve({ lift: () => socket.destroy() }));
    socket.setNoDelay(true);
    socket.on('error', reject);
    let buffered: Buffer = Buffer.alloc(0);
    socket.on('data', (chunk) => {
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
