import { readerTransportSchema, type ReaderTransport } from '../../../shared/domain/reader-transport.ts';
import { parsed, type Parsed, type Problem } from '../form-problem.ts';

/** Serial speeds that readers with a SAM_V module are set to; 115200 is how they leave the factory. */
export const BAUD_CHOICES = [115200, 57600, 38400, 19200, 9600] as const;

export interface ReaderDraft {
  readonly kind: 'serial' | 'tcp' | 'off' | 'simulated';
  /** True while the path is typed instead of picked from the list. */
  readonly byHand: boolean;
  readonly path: string;
  readonly baud: string;
  readonly host: string;
  readonly port: string;
}

/** The form's contents for a saved transport. */
export function readerDraft(transport: ReaderTransport | null): ReaderDraft {
  const blank: ReaderDraft = {
    kind: 'off',
    byHand: false,
    path: '',
    baud: String(BAUD_CHOICES[0]),
    host: '',
    port: '',
  };
  if (transport === null) return blank;
  switch (transport.kind) {
    case 'serial':
      return { ...blank, kind: 'serial', path: transport.path, baud: String(transport.baud) };
    case 'tcp':
      return { ...blank, kind: 'tcp', host: transport.host, port: String(transport.port) };
    case 'simulated':
      return { ...blank, kind: 'simulated' };
    default:
      return blank;
  }
}

function asTransport(draft: ReaderDraft): unknown {
  switch (draft.kind) {
    case 'off':
      return null;
    case 'simulated':
      return { kind: 'simulated' };
    case 'serial':
      return { kind: 'serial', path: draft.path.trim(), baud: Number(draft.baud) };
    case 'tcp':
      return { kind: 'tcp', host: draft.host.trim(), port: Number(draft.port) };
  }
}

function problemsOf(draft: ReaderDraft): { path?: Problem; host?: Problem; port?: Problem } {
  if (draft.kind === 'serial' && draft.path.trim() === '') return { path: { key: 'reader.problem.path' } };
  if (draft.kind !== 'tcp') return {};
  const port = Number(draft.port);
  return {
    ...(/^[A-Za-z0-9.:-]{1,253}$/.test(draft.host.trim()) ? {} : { host: { key: 'reader.problem.host' } as const }),
    ...(/^\d{1,5}$/.test(draft.port) && port >= 1 && port <= 65535
      ? {}
      : { port: { key: 'reader.problem.port' } as const }),
  };
}

/** Reads the form: a transport, or none when the reader is switched off. */
export function parseReader(draft: ReaderDraft): Parsed<ReaderTransport | null, keyof ReaderDraft> {
  const problems = problemsOf(draft);
  if (Object.keys(problems).length > 0) return { ok: false, problems };
  const transport = readerTransportSchema.nullable().safeParse(asTransport(draft));
  if (transport.success) return parsed({}, () => transport.data);
  return {
    ok: false,
    problems:
      draft.kind === 'tcp' ? { host: { key: 'reader.problem.host' } } : { path: { key: 'reader.problem.refused' } },
  };
}
