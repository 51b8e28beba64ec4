import type { Failure } from '../shared/reasons.ts';
import { documentJson, maskedFields, portraitWords, type DocumentOutput } from './card-document.ts';
import type { WatchEvent } from './card-watch.ts';
import { describeProblem, emitJson } from './output.ts';

/** Prints an event as one line on standard output, with its time. */
export function emitWatchEvent(event: WatchEvent, wallMs: number, { json, full }: DocumentOutput): void {
  if (json) emitJson({ timeMs: Math.round(wallMs), ...eventJson(event, full) });
  else
    process.stdout.write(`${timeOfDay(wallMs)}  ${event.event.padEnd(8)} ${eventWords(event, full)}`.trimEnd() + '\n');
}

function eventJson(event: WatchEvent, full: boolean): Record<string, unknown> {
  switch (event.event) {
    case 'card':
      return { event: event.event, ...documentJson(event.document, full) };
    case 'ready':
      return { event: event.event, reader: event.identity };
    case 'lost':
    case 'problem':
      return { event: event.event, error: describeProblem(event.failure) };
    default:
      return { ...event };
  }
}

function eventWords(event: WatchEvent, full: boolean): string {
  switch (event.event) {
    case 'card': {
      const { kind, fields, simulated } = event.document;
      const { name, number, validTo } = full ? fields : maskedFields(fields);
      const words = [kind, name, number, `valid to ${validTo}`, `portrait ${portraitWords(event.document)}`];
      return [...words, ...(simulated ? ['simulated'] : [])].join('  ');
    }
    case 'ready': {
      const { samId, service, baud, simulated } = event.identity;
      const speed = typeof baud === 'number' ? `${baud} baud` : null;
      return [samId, service, speed, simulated ? 'simulated' : null]
        .filter((word) => typeof word === 'string')
        .join('  ');
    }
    case 'lost':
    case 'problem':
      return problemWords(event.failure);
    case 'removed':
      return 'the card was taken off';
    case 'swapped':
      return 'another card took its place';
  }
}

function problemWords(failure: Failure): string {
  const { message, hint } = describeProblem(failure);
  return [message, hint].filter((words) => words !== '').join('  ');
}

/** Local time of day, `HH:MM:SS.mmm`. */
function timeOfDay(wallMs: number): string {
  const at = new Date(wallMs);
  const part = (value: number, digits = 2): string => String(value).padStart(digits, '0');
  return `${part(at.getHours())}:${part(at.getMinutes())}:${part(at.getSeconds())}.${part(at.getMilliseconds(), 3)}`;
}
