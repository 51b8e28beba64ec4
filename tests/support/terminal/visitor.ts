import { TIME_LAPSE } from './time-lapse.ts';
import type { CertificationService } from '../../../src/main/certification/service-contract.ts';
import type { FallbackMethod } from '../../../src/shared/domain/scene.ts';
import type { KioskView } from '../../../src/shared/ipc/kiosk-view.ts';
import type { Failure } from '../../../src/shared/reasons.ts';
import type { Result } from '../../../src/shared/result.ts';

/** What somebody at the terminal does where a screen leaves them a choice. */
export interface VisitorPlan {
  readonly transmit: boolean;
  readonly typed?: { readonly name: string; readonly number: string };
  readonly phone?: string;
  readonly bankCard?: string;
  /** On the list of other ways. */
  readonly method?: FallbackMethod;
  /** At this screen they press "other way", once. */
  readonly otherWayAt?: KioskView['screen'];
  /** At this screen they leave. */
  readonly leaveAt?: KioskView['screen'];
  /** Somebody scans the code. */
  readonly onHandOff?: (url: string) => void | Promise<void>;
}

export interface Visit {
  /** The screens in order. */
  readonly screens: readonly KioskView['screen'][];
  /** Where the visit ended: a result, another way, or the first screen again. */
  readonly last: KioskView;
  /** What the terminal answered to the start. */
  readonly begun: Result<null, Failure>;
}

const CAMERA = 'USB Camera (0c45:6366)';
const FRAME = new Uint8Array([1]);
const FACE = { x: 0.4, y: 0.3, width: 0.2, height: 0.4 };
const ENDS = new Set<KioskView['screen']>(['result', 'other-method', 'maintenance']);

/** Goes through one certification as the kiosk's page and a person would, by the same calls. */
export async function visit(service: CertificationService, plan: VisitorPlan, withinMs = 20_000): Promise<Visit> {
  const screens: KioskView['screen'][] = [];
  let changed: () => void = () => undefined;
  service.onView(({ screen }) => {
    if (screens.at(-1) !== screen) screens.push(screen);
    changed();
  });
  const begun = service.act({ type: 'start' });
  if (!begun.ok) return { screens, last: service.view(), begun };
  const untilMs = performance.now() + withinMs;
  let acted = '';
  let wentAnotherWay = false;
  for (;;) {
    const view = service.view();
    if (ENDS.has(view.screen) || (view.screen === 'attract' && screens.length > 1))
      return { screens, last: view, begun };
    if (performance.now() > untilMs) throw new Error(`nothing follows ${view.screen} (${screens.join(' → ')})`);
    const waiting = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, 20);
      changed = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    const key = `${view.screen} ${view.screen === 'document-capture' ? view.page : ''}`;
    if (view.screen === plan.leaveAt) service.act({ type: 'cancel' });
    else if (view.screen === plan.otherWayAt && !wentAnotherWay) {
      wentAnotherWay = true;
      service.act({ type: 'other-method' });
    } else {
      await doWhatIsAsked(service, view, plan, key === acted);
      acted = key;
    }
    await waiting;
  }
}

async function doWhatIsAsked(
  service: CertificationService,
  view: KioskView,
  plan: VisitorPlan,
  again: boolean,
): Promise<void> {
  const certifyId = view.certifyId ?? '';
  const capturedAtMs = performance.now();
  switch (view.screen) {
    case 'guide':
      return void service.act({ type: 'continue' });
    case 'consent':
      return void service.act({ type: 'consent', capture: true, transmit: plan.transmit });
    case 'identity-entry':
      if (plan.typed && !again) service.act({ type: 'submit-identity', ...plan.typed });
      return;
    case 'element-entry': {
      const value = view.asks === 'phone' ? plan.phone : plan.bankCard;
      if (value !== undefined) service.act({ type: 'submit-element', value });
      return;
    }
    case 'methods':
      return void service.act(plan.method ? { type: 'choose-method', method: plan.method } : { type: 'choose-clerk' });
    case 'document-capture':
      if (!view.reading) await service.documentPicture(certifyId, FRAME);
      return;
    case 'document-confirm':
      return void service.act({ type: 'document-confirmed', values: {} });
    case 'position':
      if (!again) service.reportCamera(openedCamera());
      if (view.cameraChallenge) {
        service.cameraAnswered(certifyId, { outcome: 'not-offered', nonce: view.cameraChallenge.nonce });
      }
      await service.addEvidence({ certifyId, jpeg: FRAME, capturedAtMs, phase: 'neutral' });
      await service.guide({ certifyId, jpeg: FRAME, capturedAtMs });
      return;
    case 'light': {
      const { challenge } = view;
      const last = challenge.colours.at(-1);
      const lengthMs = (last ? last.startMs + last.durationMs : 0) + challenge.tailMs + challenge.leadInMs;
      await new Promise((resolve) => setTimeout(resolve, lengthMs / TIME_LAPSE + 10));
      const display = challenge.colours.map(({ startMs }, index) => ({ index, shownAtMs: capturedAtMs + startMs }));
      return service.lightPlayed(certifyId, challenge.nonce, display);
    }
    case 'challenge':
      if (view.kind === 'digits') {
        await service.challengeAudio(certifyId, view.nonce, {
          pcm: new Uint8Array(3_200).fill(1),
          startedAtMs: capturedAtMs,
        });
      }
      await service.challengeFrame(certifyId, view.nonce, { jpeg: FRAME, face: FACE, capturedAtMs });
      return;
    case 'hand-off':
      if (view.url !== null && !again) await plan.onHandOff?.(view.url);
      return;
    default:
      return;
  }
}

function openedCamera() {
  const opened = { label: CAMERA, labels: [CAMERA], fingerprint: null };
  const screen = { width: 1080, height: 1920 };
  return { type: 'ready', label: CAMERA, width: 640, height: 480, opened, screen } as const;
}
