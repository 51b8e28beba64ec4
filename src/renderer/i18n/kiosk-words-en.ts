import top from '../../../resources/locales/en/kiosk/top.json' with { type: 'json' };
import steps from '../../../resources/locales/en/kiosk/steps.json' with { type: 'json' };
import actions from '../../../resources/locales/en/kiosk/actions.json' with { type: 'json' };
import entry from '../../../resources/locales/en/kiosk/entry.json' with { type: 'json' };
import cardPhoto from '../../../resources/locales/en/kiosk/card-photo.json' with { type: 'json' };
import document from '../../../resources/locales/en/kiosk/document.json' with { type: 'json' };
import confirm from '../../../resources/locales/en/kiosk/confirm.json' with { type: 'json' };
import chip from '../../../resources/locales/en/kiosk/chip.json' with { type: 'json' };
import guardian from '../../../resources/locales/en/kiosk/guardian.json' with { type: 'json' };
import methods from '../../../resources/locales/en/kiosk/methods.json' with { type: 'json' };
import element from '../../../resources/locales/en/kiosk/element.json' with { type: 'json' };
import handOff from '../../../resources/locales/en/kiosk/hand-off.json' with { type: 'json' };
import awaiting from '../../../resources/locales/en/kiosk/awaiting.json' with { type: 'json' };
import expected from '../../../resources/locales/en/kiosk/expected.json' with { type: 'json' };
import withdrawal from '../../../resources/locales/en/kiosk/withdrawal.json' with { type: 'json' };
import starting from '../../../resources/locales/en/kiosk/starting.json' with { type: 'json' };
import attract from '../../../resources/locales/en/kiosk/attract.json' with { type: 'json' };
import guide from '../../../resources/locales/en/kiosk/guide.json' with { type: 'json' };
import consent from '../../../resources/locales/en/kiosk/consent.json' with { type: 'json' };
import card from '../../../resources/locales/en/kiosk/card.json' with { type: 'json' };
import position from '../../../resources/locales/en/kiosk/position.json' with { type: 'json' };
import hints from '../../../resources/locales/en/kiosk/hints.json' with { type: 'json' };
import next from '../../../resources/locales/en/kiosk/next.json' with { type: 'json' };
import instead from '../../../resources/locales/en/kiosk/instead.json' with { type: 'json' };
import notice from '../../../resources/locales/en/kiosk/notice.json' with { type: 'json' };
import light from '../../../resources/locales/en/kiosk/light.json' with { type: 'json' };
import challenge from '../../../resources/locales/en/kiosk/challenge.json' with { type: 'json' };
import deciding from '../../../resources/locales/en/kiosk/deciding.json' with { type: 'json' };
import result from '../../../resources/locales/en/kiosk/result.json' with { type: 'json' };
import otherMethod from '../../../resources/locales/en/kiosk/other-method.json' with { type: 'json' };
import staff from '../../../resources/locales/en/kiosk/staff.json' with { type: 'json' };
import maintenance from '../../../resources/locales/en/kiosk/maintenance.json' with { type: 'json' };
import speech from '../../../resources/locales/en/kiosk/speech.json' with { type: 'json' };
import idle from '../../../resources/locales/en/kiosk/idle.json' with { type: 'json' };
import demo from '../../../resources/locales/en/kiosk/demo.json' with { type: 'json' };
import type { kioskZhCn } from './kiosk-words-zh-cn.ts';

/** The words of the kiosk in English. */
export const kioskEn = {
  top,
  steps,
  actions,
  entry,
  cardPhoto,
  document,
  confirm,
  chip,
  guardian,
  methods,
  element,
  handOff,
  awaiting,
  expected,
  withdrawal,
  starting,
  attract,
  guide,
  consent,
  card,
  position,
  hints,
  next,
  instead,
  notice,
  light,
  challenge,
  deciding,
  result,
  otherMethod,
  staff,
  maintenance,
  idle,
  speech,
  demo,
} satisfies typeof kioskZhCn;
