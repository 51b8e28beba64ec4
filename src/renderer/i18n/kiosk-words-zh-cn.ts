import top from '../../../resources/locales/zh-CN/kiosk/top.json' with { type: 'json' };
import steps from '../../../resources/locales/zh-CN/kiosk/steps.json' with { type: 'json' };
import actions from '../../../resources/locales/zh-CN/kiosk/actions.json' with { type: 'json' };
import entry from '../../../resources/locales/zh-CN/kiosk/entry.json' with { type: 'json' };
import cardPhoto from '../../../resources/locales/zh-CN/kiosk/card-photo.json' with { type: 'json' };
import document from '../../../resources/locales/zh-CN/kiosk/document.json' with { type: 'json' };
import confirm from '../../../resources/locales/zh-CN/kiosk/confirm.json' with { type: 'json' };
import chip from '../../../resources/locales/zh-CN/kiosk/chip.json' with { type: 'json' };
import guardian from '../../../resources/locales/zh-CN/kiosk/guardian.json' with { type: 'json' };
import methods from '../../../resources/locales/zh-CN/kiosk/methods.json' with { type: 'json' };
import element from '../../../resources/locales/zh-CN/kiosk/element.json' with { type: 'json' };
import handOff from '../../../resources/locales/zh-CN/kiosk/hand-off.json' with { type: 'json' };
import awaiting from '../../../resources/locales/zh-CN/kiosk/awaiting.json' with { type: 'json' };
import expected from '../../../resources/locales/zh-CN/kiosk/expected.json' with { type: 'json' };
import withdrawal from '../../../resources/locales/zh-CN/kiosk/withdrawal.json' with { type: 'json' };
import starting from '../../../resources/locales/zh-CN/kiosk/starting.json' with { type: 'json' };
import attract from '../../../resources/locales/zh-CN/kiosk/attract.json' with { type: 'json' };
import guide from '../../../resources/locales/zh-CN/kiosk/guide.json' with { type: 'json' };
import consent from '../../../resources/locales/zh-CN/kiosk/consent.json' with { type: 'json' };
import card from '../../../resources/locales/zh-CN/kiosk/card.json' with { type: 'json' };
import position from '../../../resources/locales/zh-CN/kiosk/position.json' with { type: 'json' };
import hints from '../../../resources/locales/zh-CN/kiosk/hints.json' with { type: 'json' };
import next from '../../../resources/locales/zh-CN/kiosk/next.json' with { type: 'json' };
import instead from '../../../resources/locales/zh-CN/kiosk/instead.json' with { type: 'json' };
import notice from '../../../resources/locales/zh-CN/kiosk/notice.json' with { type: 'json' };
import light from '../../../resources/locales/zh-CN/kiosk/light.json' with { type: 'json' };
import challenge from '../../../resources/locales/zh-CN/kiosk/challenge.json' with { type: 'json' };
import deciding from '../../../resources/locales/zh-CN/kiosk/deciding.json' with { type: 'json' };
import result from '../../../resources/locales/zh-CN/kiosk/result.json' with { type: 'json' };
import otherMethod from '../../../resources/locales/zh-CN/kiosk/other-method.json' with { type: 'json' };
import staff from '../../../resources/locales/zh-CN/kiosk/staff.json' with { type: 'json' };
import maintenance from '../../../resources/locales/zh-CN/kiosk/maintenance.json' with { type: 'json' };
import speech from '../../../resources/locales/zh-CN/kiosk/speech.json' with { type: 'json' };
import idle from '../../../resources/locales/zh-CN/kiosk/idle.json' with { type: 'json' };
import demo from '../../../resources/locales/zh-CN/kiosk/demo.json' with { type: 'json' };

/** The words of the kiosk in Chinese; the English ones have the same keys. */
export const kioskZhCn = {
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
};
