import type { Scheme } from '../../../shared/domain/scheme.ts';
import type { Translate } from '../translation.ts';

/** The kinds of liveness that a scheme fixes, in words. */
export function modesText(modes: Exclude<Scheme['liveness'], string>, t: Translate): string {
  return modes.map((mode) => t(`scene.liveness.mode.${mode}`)).join(' → ');
}

function livenessStep({ liveness }: Scheme, t: Translate): string {
  if (liveness === 'none') return t('schemes.does.noFace');
  if (liveness === 'scene') return t('schemes.does.livenessScene');
  return t('schemes.does.liveness', { modes: modesText(liveness, t) });
}

function cardStep({ identity, cardPictures }: Scheme, t: Translate): readonly string[] {
  if (identity === 'card-pictures' || cardPictures === 'no') return [];
  return [t(cardPictures === 'yes' ? 'schemes.does.cardPictures' : 'schemes.does.cardPicturesMaybe')];
}

function steps(scheme: Scheme, t: Translate): readonly string[] {
  if (scheme.actor === 'caller') return [t('schemes.does.nobody')];
  const identity = t(`schemes.does.${scheme.identity}`);
  if (scheme.actor === 'phone') return [identity, t('schemes.does.phone')];
  const asked = scheme.asks.map((one) => t(one === 'phone' ? 'schemes.does.phoneNumber' : 'schemes.does.bankCard'));
  return [identity, ...asked, ...cardStep(scheme, t), livenessStep(scheme, t)];
}

function sentence(parts: readonly string[], t: Translate): string {
  const text = parts.join(t('schemes.between'));
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What a person does in a scheme, in one line that is made from the scheme itself, so that it is never out of date. */
export function schemeDoes(scheme: Scheme, t: Translate): string {
  return sentence(steps(scheme, t), t);
}

function compared({ reference, check }: Scheme, t: Translate): string {
  if (reference !== 'none') return t(`schemes.gives.${reference}`);
  return check === null ? t('schemes.gives.nothing') : t(`schemes.check.${check}`);
}

/** What comes out of a scheme, in one line: what is compared or asked, and who decides. */
export function schemeGives(scheme: Scheme, t: Translate): string {
  const decides = t(scheme.decides === 'verifier' ? 'schemes.gives.decidesVerifier' : 'schemes.gives.decidesDevice');
  return sentence([compared(scheme, t), decides], t);
}
