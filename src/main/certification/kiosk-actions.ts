import { createHash } from 'node:crypto';
import type { Consent } from '../../shared/domain/certification.ts';
import { CONSENT_VERSION, type AgreeingPerson } from '../../shared/consent-notice.ts';
import type { FallbackMethod } from '../../shared/domain/scene.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { consentHash, type ConsentContext } from './consent-view.ts';
import type { DocumentWork } from './document-intake.ts';
import { takeElement } from './element-intake.ts';
import { runOf, type FlowState } from './flow-state.ts';
import type { FlowEvent } from './flow-event.ts';
import type { Run } from './run.ts';
import { leavesRiskToClerk, schemeOfMethod, usableMethods } from './method-steps.ts';
import { hasOtherWays, mayRetry, mayUseCard } from './result-view.ts';
import { isLocked } from './run-facts.ts';
import { prepareRun, prepareWithCard } from './run-preparation.ts';
import type { CertificationDependencies, CertificationService } from './service-contract.ts';
import { MOST_FINDINGS } from './ruling-steps.ts';
import { takeTypedIdentity } from './typed-intake.ts';

type Action = Parameters<CertificationService['act']>[0];
type Answer = Result<null, Failure>;

export interface KioskActionParts {
  readonly deps: CertificationDependencies;
  readonly state: () => FlowState;
  readonly dispatch: (event: FlowEvent) => void;
  readonly language: () => 'zh-CN' | 'en';
  readonly documents: Pick<DocumentWork, 'confirm'>;
  /** What the notice of this moment depends on. */
  readonly consentContext: () => ConsentContext;
}

/** What people do at the screen, turned into events of the flow; what can't be done comes back as a value. */
export function createKioskActions(parts: KioskActionParts): (action: Exclude<Action, { type: ViewAction }>) => Answer {
  const { deps, state, dispatch, language } = parts;
  const { clock } = deps;

  function dispatched(event: FlowEvent): Answer {
    dispatch(event);
    return ok(null);
  }

  function start(): Answer {
    if (state().step !== 'attract') return ok(null);
    const called = deps.requests.called();
    const run = prepareRun(deps, { attempt: 1, typing: false, language: language(), called });
    return run.ok ? dispatched({ type: 'start', run: run.value }) : run;
  }

  function retry(typing: boolean): Answer {
    const now = state();
    if (now.step !== 'result') return ok(null);
    if (!mayRetry(now.run, now.ending.reason)) {
      return isLocked(now.run) ? err(failure('attempts.locked')) : ok(null);
    }
    const attempt = now.run.attempt + 1;
    const { test } = now.run;
    const run = prepareRun(deps, { attempt, typing, language: language(), called: null, test });
    return run.ok ? dispatched({ type: 'retry', run: run.value }) : run;
  }

  function continueWithCard(): Answer {
    const now = state();
    if (now.step !== 'result' || !mayUseCard(now.run, now.ending.reason)) return ok(null);
    const run = prepareWithCard(deps, now.run, language());
    return run.ok ? dispatched({ type: 'retry', run: run.value }) : run;
  }

  /** A consent as it was given at this screen, to the notice that it shows. */
  function consentOf(
    run: Run,
    given: Pick<Consent, 'capture' | 'transmit' | 'returnFace'>,
    by: AgreeingPerson = 'self',
  ): Consent {
    const sha256Hex = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
    const { capture, transmit, returnFace } = given;
    return {
      capture,
      transmit,
      version: CONSENT_VERSION,
      givenAtMs: clock.wallMs(),
      textHash: consentHash(run, parts.consentContext(), language(), sha256Hex, by),
      ...(returnFace === undefined ? {} : { returnFace }),
    };
  }

  /** After a result: the next certification, which begins with the choice of another way. */
  function otherWayAfter({ run: before, ending }: Extract<FlowState, { step: 'result' | 'other-method' }>): Answer {
    if (!hasOtherWays(before, ending.reason)) return dispatched({ type: 'other-method' });
    const attempt = before.attempt + 1;
    const { test } = before;
    const prepared = prepareRun(deps, { attempt, typing: false, language: language(), called: null, test });
    if (!prepared.ok) return dispatched({ type: 'other-method' });
    const run: Run = {
      ...prepared.value,
      follows: before.certifyId,
      refusedFace: before.refusedFace,
      riskReview: prepared.value.riskReview || leavesRiskToClerk(before),
      risk: [...before.risk, ...prepared.value.risk.filter((found) => !hasFinding(before, found))].slice(
        0,
        MOST_FINDINGS,
      ),
    };
    const methods = methodsOf(run);
    return dispatched(methods.length > 0 ? { type: 'retry', run, methods } : { type: 'other-method' });
  }

  function otherMethod(): Answer {
    const now = state();
    if (now.step === 'result') return otherWayAfter(now);
    const run = runOf(now);
    return dispatched({ type: 'other-method', methods: run ? methodsOf(run) : [] });
  }

  function refuse(): Answer {
    const run = runOf(state());
    return dispatched({ type: 'refuse-consent', methods: run ? methodsOf({ ...run, refusedFace: true }) : [] });
  }

  function methodsOf(run: Run): readonly FallbackMethod[] {
    const scheme = schemeOfMethod(run, 'phone-hand-off');
    const mayHandOff = scheme !== null && deps.handOffs.refusal({ scene: run.scene, scheme }) === null;
    return usableMethods(run, mayHandOff);
  }

  function chooseMethod(method: FallbackMethod): Answer {
    const run = runOf(state());
    if (!run) return ok(null);
    const consent = consentOf(run, { capture: false, transmit: true });
    return dispatched({ type: 'choose-method', method, scheme: schemeOfMethod(run, method), consent });
  }

  function consent(action: Extract<Action, { type: 'consent' | 'guardian-agrees' }>): Answer {
    const run = runOf(state());
    if (!run) return ok(null);
    const { type, capture, transmit, returnFace } = action;
    const given = { capture, transmit, ...(returnFace === undefined ? {} : { returnFace }) };
    return dispatched({ type, consent: consentOf(run, given, type === 'guardian-agrees' ? 'guardian' : 'self') });
  }

  return (action) => {
    switch (action.type) {
      case 'start':
        return start();
      case 'retry':
        return retry(action.typing === true);
      case 'continue-with-card':
        return continueWithCard();
      case 'withdraw':
        return dispatched({ type: 'withdraw', withdrawalId: deps.newCertifyId(clock.wallMs()) });
      case 'submit-identity':
        return takeTypedIdentity(action, deps.today(), state(), dispatch);
      case 'submit-element':
        return takeElement(action.value, state(), dispatch);
      case 'consent':
      case 'guardian-agrees':
        return consent(action);
      case 'refuse-consent':
        return refuse();
      case 'other-method':
        return otherMethod();
      case 'choose-method':
        return chooseMethod(action.method);
      case 'document-confirmed':
        parts.documents.confirm(action.values);
        return ok(null);
      default:
        return dispatched({ type: action.type });
    }
  };
}

function hasFinding({ risk }: Run, { rule }: Run['risk'][number]): boolean {
  return risk.some((each) => each.rule === rule);
}

/** Actions that change how things are shown and nothing else. */
export type ViewAction = 'set-language' | 'set-elder' | 'set-low' | 'still-here';
