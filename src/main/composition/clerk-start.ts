import type { NewRequest, RequestInputs } from '../../shared/domain/certification-request.ts';
import type { Scene } from '../../shared/domain/scene.ts';
import type { Input, Scheme } from '../../shared/domain/scheme.ts';
import type { CLERK_CHANNELS, StartableScene } from '../../shared/ipc/clerk.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { CertificationService } from '../certification/service-contract.ts';
import type { z } from 'zod';
import type { RequestServices } from './request-services.ts';

export interface ClerkStartParts {
  readonly requests: Pick<RequestServices, 'book' | 'desk' | 'runner'>;
  readonly service: Pick<CertificationService, 'view' | 'running' | 'act' | 'refresh'>;
  /** Whoever walks up gets the first one. */
  readonly scenes: () => Result<readonly { readonly scene: Scene; readonly scheme: Scheme }[], Failure>;
  /** A number of its own for a certification that nobody has given one. */
  readonly newOrderId: () => string;
}

/** Inputs that can be typed at a counter. */
const TYPED = ['name', 'number', 'phone', 'bankCard'] as const satisfies readonly Input[];

export interface ClerkStart {
  scenes(): Result<readonly StartableScene[], Failure>;
  start(
    asked: z.output<(typeof CLERK_CHANNELS)['clerk:start']>,
  ): Promise<Result<{ readonly certifyId: string | null }, Failure>>;
  takeBack(): Promise<Result<null, Failure>>;
  cancel(certifyId: string): Result<null, Failure>;
}

/** Certifications that the staff starts: a caller's request like any other, made here and called for its visitor. */
export function createClerkStart(parts: ClerkStartParts): ClerkStart {
  const { requests, service } = parts;

  async function callVisitor(requestId: string, begin: boolean): Promise<Result<string | null, Failure>> {
    const called = requests.desk.call(requestId);
    if (!called.ok) return called;
    service.refresh();
    if (!begin) return ok(null);
    const begun = service.act({ type: 'start' });
    if (!begun.ok) return begun;
    return ok(service.running()?.certifyId ?? null);
  }

  return {
    scenes: () => {
      const scenes = parts.scenes();
      if (!scenes.ok) return scenes;
      return ok(scenes.value.map(({ scene, scheme }, place) => startable(scene, scheme, place === 0)));
    },
    start: async ({ sceneId, orderId, inputs, consent, begin }) => {
      const scenes = parts.scenes();
      if (!scenes.ok) return scenes;
      const chosen = scenes.value.find(({ scene }) => scene.id === sceneId);
      if (!chosen) return err(failure('scene.unknown'));
      const byCaller = chosen.scheme.actor === 'caller';
      if (begin && !byCaller && service.view().screen !== 'attract') return err(failure('setup.not-idle'));
      const agreed: Pick<NewRequest, 'consent'> = byCaller && consent ? { consent: AGREED } : {};
      const made = await requests.book.make({
        sceneId,
        orderId: orderId ?? parts.newOrderId(),
        inputs: givenOf(inputs),
        ...agreed,
      });
      if (!made.ok) return made;
      const { requestId } = made.value.request;
      if (byCaller) {
        const ran = await requests.runner.run(requestId);
        return ran.ok ? ok({ certifyId: ran.value.certifyId }) : ran;
      }
      const called = await callVisitor(requestId, begin);
      if (called.ok) return ok({ certifyId: called.value });
      // Nobody will carry it out: what was typed for it is destroyed at once.
      await requests.book.withdraw(requestId);
      return called;
    },
    takeBack: async () => {
      const called = requests.desk.called();
      if (called === null) return ok(null);
      const withdrawn = await requests.book.withdraw(called.requestId);
      service.refresh();
      return withdrawn.ok ? ok(null) : withdrawn;
    },
    cancel: (certifyId) => {
      if (service.running()?.certifyId !== certifyId) return err(failure('request.invalid', 'it is over already'));
      return service.act({ type: 'cancel' });
    },
  };
}

const AGREED = { capture: true, transmit: true } as const;

function givenOf(inputs: Pick<RequestInputs, (typeof TYPED)[number]>): RequestInputs {
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined));
}

function startable(scene: Scene, scheme: Scheme, walkUp: boolean): StartableScene {
  const required = Object.entries(scheme.inputs).filter(([, need]) => need === 'required');
  const needsPictures = required.some(([input]) => !TYPED.some((typed) => typed === input));
  return {
    sceneId: scene.id,
    name: scene.name,
    schemeId: scheme.id,
    walkUp,
    byCaller: scheme.actor === 'caller',
    inputs: TYPED.flatMap((input) => {
      const need = scheme.inputs[input];
      return need === undefined ? [] : [{ input, required: need === 'required' }];
    }),
    refusal: needsPictures ? 'needs-pictures' : null,
  };
}
