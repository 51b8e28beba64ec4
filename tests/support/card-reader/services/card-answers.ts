import type { HttpServiceDialect, ServiceDialect } from '../../../../src/shared/domain/reader-transport.ts';
import type { FakeCard } from './fake-device.ts';

export interface ServiceReply {
  readonly path: string;
  readonly json: unknown;
}

const digits = (day: string): string => day.replaceAll('-', '');
const dotted = (day: string): string => day.replaceAll('-', '.');
const until = (day: string, write: (day: string) => string): string => (day === 'long-term' ? '长期' : write(day));
const sexWord = (card: FakeCard): string =>
  ({ male: '男', female: '女', unknown: '未知', unstated: '未说明' })[card.fields.sex];
const origin = ({ fields }: FakeCard): string => fields.nation ?? fields.nationality ?? '';

/** A card as the service of each dialect gives it, in the forms that its clients show. */
export const CARD_ANSWERS: Readonly<Record<ServiceDialect, (card: FakeCard) => Record<string, unknown>>> = {
  cvr: (card) => ({
    resultFlag: 0,
    errorMsg: '读卡成功',
    certType: { resident: ' ', hmt: 'J', 'foreigner-2017': 'I', 'foreigner-2023': 'Y' }[card.kind],
    partyName: card.fields.name,
    gender: sexWord(card),
    nation: origin(card),
    nationCode: '',
    bornDay: digits(card.fields.birthDate),
    certAddress: card.fields.address ?? '',
    certNumber: card.fields.number,
    certOrg: card.fields.issuer ?? '',
    effDate: digits(card.fields.validFrom),
    expDate: until(card.fields.validTo, digits),
    identityPic: card.portrait ?? '',
  }),
  certctl: (card) => ({
    resultFlag: '0',
    errorMsg: '',
    resultContent: {
      certType: { resident: '1', hmt: '54', 'foreigner-2017': '50', 'foreigner-2023': '50' }[card.kind],
      partyName: card.fields.englishName ?? card.fields.name,
      chineseName: card.fields.englishName === undefined ? '' : card.fields.name,
      gender: card.fields.sex === 'male' ? 1 : card.kind === 'resident' ? 0 : '女',
      nation: card.fields.nation === undefined ? origin(card) : `${card.fields.nation}族`,
      bornDay: digits(card.fields.birthDate),
      certAddress: card.fields.address,
      certNumber: card.fields.number,
      certOrg: card.fields.issuer,
      effDate: digits(card.fields.validFrom),
      expDate: until(card.fields.validTo, digits),
      passportNo: card.fields.passNumber,
      signNum: card.fields.issueCount,
      identityPic: card.portrait,
      identityPrintPic: '',
    },
  }),
  'est-card': (card) => ({
    code: 0,
    message: '读取成功',
    IDCardInfo: {
      name: card.fields.name,
      sex: sexWord(card),
      sexCode: '',
      nation: origin(card),
      birthday: digits(card.fields.birthDate),
      address: card.fields.address ?? '',
      cardID: card.fields.number,
      issueOrgan: card.fields.issuer ?? '',
      validStart: dotted(card.fields.validFrom),
      validEnd: until(card.fields.validTo, dotted),
      strIDUID: '',
      appendMsg: '',
      photoBase64: card.portrait ?? '',
    },
  }),
  'read-msg': (card) => ({
    code: '0',
    retcode: '0x90 0x1',
    retmsg: '操作成功||相片解码解码正确',
    errmsg: '',
    name: card.fields.name,
    sex: sexWord(card),
    nation: card.fields.nationality === undefined ? (card.fields.nation ?? '') : `某国/${card.fields.nationality}`,
    born: digits(card.fields.birthDate),
    address: card.fields.address ?? '',
    cardno: card.fields.number,
    userlifeb: digits(card.fields.validFrom),
    userlifee: until(card.fields.validTo, digits),
    police: card.fields.issuer ?? '',
    photobase64: card.portrait ?? '',
    FpData: null,
    CardType: { resident: '0', 'foreigner-2017': '1', hmt: '2', 'foreigner-2023': '3' }[card.kind],
    Reserved: card.kind === 'foreigner-2023' ? '000' : '',
    EngName: card.fields.englishName ?? '',
    PassID: card.fields.passNumber ?? (card.kind === 'resident' ? '000000000' : ''),
    IssuesTimes: String(card.fields.issueCount ?? '').padStart(2, '0'),
  }),
  'read-card-cgi': (card) => ({
    result: { resultFlag: 0, errorMsg: '' },
    info: {
      certType: 1,
      name: card.fields.name,
      sex: sexWord(card),
      nation: origin(card),
      birthday: `${card.fields.birthDate.slice(0, 4)}年${card.fields.birthDate.slice(5, 7)}月${card.fields.birthDate.slice(8)}日`,
      address: card.fields.address ?? '',
      idCode: card.fields.number,
      department: card.fields.issuer ?? '',
      startDate: dotted(card.fields.validFrom),
      endDate: until(card.fields.validTo, dotted),
      Photo: card.portrait ?? '',
    },
  }),
  est: (card) => ({
    fun: 'EST_Reader_ReadIDCard#',
    rCode: '0',
    errMsg: '读取成功',
    name: card.fields.name,
    sex: sexWord(card),
    nation: origin(card),
    birth: digits(card.fields.birthDate),
    address: card.fields.address ?? '',
    certNo: card.fields.number,
    department: card.fields.issuer ?? '',
    effectData: digits(card.fields.validFrom),
    expire: until(card.fields.validTo, digits),
    base64Data: card.portrait ?? '',
    imageFront: '',
    imageBack: '',
  }),
};

/** How each service refuses, with its words for it. */
export const REFUSALS: Readonly<Record<ServiceDialect, (code: number, words: string) => Record<string, unknown>>> = {
  cvr: (resultFlag, errorMsg) => ({ resultFlag, errorMsg, certType: '', partyName: '', identityPic: '' }),
  certctl: (resultFlag, errorMsg) => ({ resultFlag, errorMsg, resultContent: null }),
  'est-card': (code, message) => ({ code, message }),
  'read-msg': (code, retmsg) => ({ code: '1', retcode: `0x${code.toString(16)}`, retmsg, errmsg: '' }),
  'read-card-cgi': (resultFlag, errorMsg) => ({ result: { resultFlag, errorMsg }, info: null }),
  est: (code, errMsg) => ({ fun: 'EST_Reader_ReadIDCard#', rCode: String(code), errMsg }),
};

/** Codes and words for "no card" and "no reader". */
export const NO_CARD: Readonly<Record<ServiceDialect, readonly [number, string]>> = {
  cvr: [-11, '读卡失败'],
  certctl: [-1, '找卡失败'],
  'est-card': [-2, '请放身份证'],
  'read-msg': [0x80, '寻卡失败'],
  'read-card-cgi': [-1, '未检测到身份证'],
  est: [-2, '请放身份证'],
};
export const NO_READER: Readonly<Record<ServiceDialect, readonly [number, string]>> = {
  cvr: [-1, '打开失败'],
  certctl: [-1, '端口打开失败'],
  'est-card': [-1, '设备未连接'],
  'read-msg': [0x1, '端口打开失败'],
  'read-card-cgi': [-1, '设备未连接'],
  est: [-1, '设备未连接'],
};

/** Where each service is asked for the card. */
export const READ_PATHS: Readonly<Record<HttpServiceDialect, string>> = {
  cvr: 'GET /readcard',
  certctl: 'POST /api/readCard',
  'est-card': 'POST /card=idcard',
  'read-msg': 'GET /api/ReadMsg',
  'read-card-cgi': 'POST /cgi-bin/readCard',
};
