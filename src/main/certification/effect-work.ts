import type { CaptureWork } from './capture-work.ts';
import { runOf, type FlowState } from './flow-state.ts';
import type { FlowEffect } from './flow-effect.ts';
import type { FlowEvent } from './flow-event.ts';
import type { HandOffWork } from './hand-off-work.ts';
import type { IdentityWork } from './identity-work.ts';
import { identityOf, subjectOf } from './run-facts.ts';
import { stepUpOf } from './run-preparation.ts';
import type { CertificationDependencies } from './service-contract.ts';

export interface EffectParts {
  readonly deps: CertificationDependencies;
  readonly state: () => FlowState;
  readonly dispatch: (event: FlowEvent) => void;
  readonly language: () => 'zh-CN' | 'en';
  readonly identity: IdentityWork;
  readonly capture: CaptureWork;
  readonly handOff: HandOffWork;
}

/** Carries out what the flow asks for. */
export function createEffectWork(parts: EffectParts): (effect: FlowEffect) => void {
  const { deps, identity, capture, handOff } = parts;
  const run = () => runOf(parts.state());

  /** The rules answer at once. */
  function ruleRisk(certifyId: string): void {
    const now = run();
    const subject = now && subjectOf(now);
    if (!now || subject === null) return;
    const ruling = deps.risk.atIdentity(now, deps.store.subjectKey(subject));
    if (!ruling.ok) return parts.dispatch({ type: 'step-failed', certifyId, failure: ruling.error });
    const stepUp = stepUpOf(deps, now, ruling.value, parts.language());
    parts.dispatch({ type: 'ruled', certifyId, ruling: ruling.value, stepUp });
  }

  function openHandOff(): void {
    const now = run();
    if (now) void handOff.open(now);
  }

  function readGuardian(certifyId: string): void {
    const now = run();
    void identity.guardian.start(certifyId, (now && identityOf(now)?.number) ?? null);
  }

  return (effect) => {
    switch (effect.type) {
      case 'open-capture':
        return capture.open(effect);
      case 'read-card':
        return void identity.card.start(effect.certifyId);
      case 'stop-reading':
        return identity.stopReading();
      case 'read-chip':
        return void identity.chip.start(effect.certifyId, effect.key);
      case 'accept-reading':
        return identity.documents.accept(effect.certifyId, effect.sides);
      case 'rule-risk':
        return ruleRisk(effect.certifyId);
      case 'read-guardian':
        return readGuardian(effect.certifyId);
      case 'open-hand-off':
        return openHandOff();
      case 'close-hand-off':
        return handOff.close();
      case 'begin-challenge':
        return capture.begin(effect);
      case 'judge':
        return void capture.decision.judge(effect.certifyId);
      case 'keep-question':
        return void capture.decision.keepQuestion(effect.certifyId);
      case 'commit':
        return capture.decision.commit(effect.run, effect.ending);
      case 'wipe':
        return capture.wipe(effect.certifyId);
      case 'read-holder':
        return void identity.withdrawal.read(effect.withdrawalId);
      case 'erase-holder':
        return void identity.withdrawal.erase(effect.withdrawalId);
      case 'forget-holder':
        return identity.withdrawal.forget(effect.withdrawalId);
    }
  };
}
