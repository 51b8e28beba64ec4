import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { z } from 'zod';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, type Result } from '../../shared/result.ts';
import { PAGES, type WindowName } from './app-protocol.ts';

/** Which pages may talk to the main process: the contents of our own windows, on our own origins. */
export interface TrustedSenders {
  add(name: WindowName, contents: WebContents): void;
  isTrusted(name: WindowName, event: IpcMainInvokeEvent): boolean;
}

/**
 * Trusts nobody at first, and a window's contents until they are destroyed; of those only the top frame, on its own
 * page.
 */
export function createTrustedSenders(): TrustedSenders {
  const names = new Map<number, WindowName>();
  return {
    add: (name, contents) => {
      names.set(contents.id, name);
      contents.once('destroyed', () => names.delete(contents.id));
    },
    isTrusted: (name, event) => {
      const frame = event.senderFrame;
      return (
        names.get(event.sender.id) === name &&
        frame !== null &&
        frame.parent === null &&
        frame.url.startsWith(PAGES[name])
      );
    },
  };
}

type Handlers<Channels extends Record<string, z.ZodType>, Answers extends { [C in keyof Channels]: unknown }> = {
  readonly [C in keyof Channels]: (
    request: z.output<Channels[C]>,
  ) => Result<Answers[C], Failure> | Promise<Result<Answers[C], Failure>>;
};

/** A revision of the settings; whatever isn't one says nothing. */
const revisionSchema = z.int().nonnegative().nullable().catch(null);

type Serve = (
  basedOn: number | null,
  answer: () => Result<unknown, Failure> | Promise<Result<unknown, Failure>>,
) => Promise<Result<unknown, Failure>>;

/**
 * Registers one window's channels. A request counts only when it comes from that window's own page and fits the
 * channel's schema; everything else is answered with `request.invalid`, naming the field and never its value.
 */
export function routeChannels<
  Channels extends Record<string, z.ZodType>,
  Answers extends { [C in keyof Channels]: unknown },
>(
  name: WindowName,
  senders: TrustedSenders,
  channels: Channels,
  handlers: Handlers<Channels, Answers>,
  onBug: (channel: string, error: unknown) => void,
  /** Serves what may change settings, from the revision that the window says its values are of. */
  serve: Serve = (_basedOn, answer) => Promise.resolve(answer()),
): void {
  for (const channel of Object.keys(channels)) {
    ipcMain.handle(channel, async (event, request: unknown, based: unknown): Promise<Result<unknown, Failure>> => {
      if (!senders.isTrusted(name, event)) return err(failure('request.invalid', 'sender'));
      const parsed = channels[channel]!.safeParse(request);
      if (!parsed.success) return err(failure('request.invalid', describeIssue(parsed.error)));
      try {
        const basedOn = revisionSchema.parse(based);
        return await serve(basedOn, () => handlers[channel]!(parsed.data as never));
      } catch (error) {
        onBug(channel, error);
        return err(failure('internal.bug', channel));
      }
    });
  }
}

/** The field and the rule of the first issue, without the value that broke it. */
export function describeIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (!issue) return 'unreadable';
  const field = issue.path.join('.') || 'request';
  return `${field}: ${issue.code === 'custom' ? issue.message : issue.message.replace(/received .*$/, '').trim()}`;
}
