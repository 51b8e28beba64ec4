import { INPUTS, type Scheme } from '../../../shared/domain/scheme.ts';
import type { Translate } from '../translation.ts';
import { modesText } from './scheme-words.ts';

/** One part of a scheme, named and in words. */
export interface SchemeFact {
  readonly name: string;
  readonly value: string;
}

function list(items: readonly string[], t: Translate): string {
  return items.length === 0 ? t('schemes.nothing') : items.join(t('documents.between'));
}

function livenessText({ liveness }: Scheme, t: Translate): string {
  return typeof liveness === 'string' ? t(`schemes.livenessKind.${liveness}`) : modesText(liveness, t);
}

function inputsText({ inputs }: Scheme, t: Translate): string {
  const taken = INPUTS.flatMap((input) => {
    const need = inputs[input];
    return need === undefined ? [] : [`${t(`schemes.input.${input}`)} (${t(`schemes.inputNeed.${need}`)})`];
  });
  return list(taken, t);
}

/** Every part of a scheme in words. */
export function schemeFacts(scheme: Scheme, t: Translate): readonly SchemeFact[] {
  const outputs = scheme.outputs.map((output) => t(`schemes.output.${output}`));
  const asks = scheme.asks.map((one) => t(`schemes.asks.${one}`));
  return [
    { name: t('schemes.fact.family'), value: t(`schemes.family.${scheme.family}`) },
    { name: t('schemes.fact.actor'), value: t(`schemes.actor.${scheme.actor}`) },
    { name: t('schemes.fact.identity'), value: t(`schemes.identity.${scheme.identity}`) },
    { name: t('schemes.fact.cardPictures'), value: t(`schemes.cardPictures.${scheme.cardPictures}`) },
    { name: t('schemes.fact.liveness'), value: livenessText(scheme, t) },
    { name: t('schemes.fact.reference'), value: t(`schemes.reference.${scheme.reference}`) },
    { name: t('schemes.fact.check'), value: t(`schemes.check.${scheme.check ?? 'none'}`) },
    { name: t('schemes.fact.decides'), value: t(`schemes.decides.${scheme.decides}`) },
    { name: t('schemes.fact.asks'), value: list(asks, t) },
    { name: t('schemes.fact.inputs'), value: inputsText(scheme, t) },
    { name: t('schemes.fact.outputs'), value: list(outputs, t) },
    ...(scheme.severalFaces ? [{ name: t('schemes.fact.severalFaces'), value: t('schemes.severalFacesNote') }] : []),
    { name: t('schemes.fact.hosted'), value: t(`schemes.hosted.${scheme.hosted ?? 'none'}`) },
  ];
}
