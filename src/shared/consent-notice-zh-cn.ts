import { noticePeriod, type NoticeFacts, type NoticeWords } from './consent-notice-words.ts';

/** The notice's words in Chinese. */
export const noticeWordsZhCn: NoticeWords = {
  titles: {
    who: '谁在处理您的信息',
    purpose: '用来做什么',
    basis: '依据是什么',
    taken: '会取得哪些信息',
    compared: '怎样核对',
    sent: '会不会发出去',
    kept: '保存多久',
    returned: '照片交给谁',
    impact: '为什么需要，对您有什么影响',
    rights: '您的权利',
    'other-ways': '不想刷脸怎么办',
  },
  lines: {
    who: ({ siteName, contact }) => [
      `处理者：${siteName}。`,
      contact === undefined ? '联系方式：请找本柜台的工作人员。' : `联系方式：${contact}。`,
    ],
    purpose: ({ purpose }) => [`用于：${purpose}。`, '不会用于其他事情。'],
    basis: ({ legalBasis = 'consent' }) => [BASES[legalBasis]],
    taken,
    compared: ({ withoutFace }) =>
      withoutFace
        ? ['核对姓名、证件号等信息是否一致。不拍摄人脸。']
        : ['先确认镜头前是真人，再与证件照片一对一比对。', '只比对您本人，不会在人群中搜索您。'],
    sent,
    kept,
    returned: ({ returnsFace, siteName }) =>
      returnsFace ? [`您另外同意后，一张人脸照片交给${siteName}自己保存。`, '不同意，不影响办理。'] : [],
    impact: ({ withoutFace }) => [
      withoutFace ? '身份信息属于敏感个人信息，泄露会造成损失。' : '人脸属于敏感个人信息，无法更换，泄露会造成损失。',
      '需要这些信息，是为了确认办理的人就是您本人。',
      '所以只取必需的，并且加密存放。',
    ],
    rights: () => [
      '可以拒绝，也可以随时停止。',
      '可以撤回同意：在本机点“撤回同意”，放上身份证。',
      '撤回后，照片等资料会被删除，并给您删除凭证。',
      '想查看、复制或更正记录，请找工作人员。',
      '未满 14 周岁，须由父母或其他监护人同意。',
    ],
    'other-ways': () => ['选“用其他方式”，由工作人员核对身份证。', '拒绝刷脸，照样可以办理，也不会再次询问。'],
  },
  agreement: {
    capture: ({ withoutFace }) =>
      withoutFace
        ? { label: '同意核对我的身份信息', detail: '只用于本次核验。' }
        : { label: '同意拍摄人脸，与证件照片比对', detail: '只用于本次核验。' },
    transmit: ({ sends, recipient = '' }) => ({
      label: SENDING[sends ?? 'record'],
      detail: `接收方：${recipient}。可以不选。`,
    }),
    returnFace: ({ siteName }) => ({
      label: '同意把一张人脸照片交给办理单位保存',
      detail: `由${siteName}保存。可以不选。`,
    }),
  },
};

const BASES = {
  consent: '您本人的同意。不同意就不会处理。',
  contract: '办理您要求的业务所必需；拍摄人脸仍要您单独同意。',
  'legal-duty': '法律规定必须核实身份；拍摄人脸仍要您单独同意。',
} as const;

const SENDING = {
  record: '同意把核验结果发送到核验服务',
  identity: '同意发送姓名和证件号',
  face: '同意发送人脸照片和身份信息',
  video: '同意发送人脸视频和身份信息',
} as const;

const SENT = {
  record: '核验结果（姓名和号码已遮盖，没有照片）',
  identity: '姓名、证件号和核验结果',
  face: '人脸照片、姓名、证件号和核验结果',
  video: '人脸视频、姓名、证件号和核验结果',
} as const;

function taken({ withoutFace, keepsClip, sends }: NoticeFacts): readonly string[] {
  const identity = '身份证件上的文字和照片，或者您输入的姓名、号码。';
  if (withoutFace) return [identity];
  const video = keepsClip || sends === 'video';
  return [identity, video ? '您的人脸照片和一段短视频。' : '您的人脸照片，只在核验时拍摄。'];
}

function sent({ recipient, sends }: NoticeFacts): readonly string[] {
  if (recipient === undefined) return ['不会。所有信息只留在这台设备里。'];
  return [
    `您另外同意后，发送给：${recipient}。`,
    `发送的内容：${SENT[sends ?? 'record']}。`,
    '不同意发送，所有信息只留在这台设备里。',
  ];
}

function kept({ withoutFace, retentionDays, keepsPictures, keepsClip, sends, recipient }: NoticeFacts) {
  const { count, unit } = noticePeriod(retentionDays);
  const period = `${count} ${unit === 'year' ? '年' : '天'}`;
  const lines = [`核验记录保存 ${period}，姓名和号码已遮盖，没有照片。`];
  if (withoutFace) return lines;
  if (keepsPictures) {
    return [...lines, `照片${keepsClip ? '和视频' : ''}可能加密保存，最长 ${period}，到期删除。`];
  }
  const waits = recipient !== undefined && (sends === 'face' || sends === 'video');
  return [...lines, waits ? '照片核验后删除；同意发送的，得到答复后立即删除。' : '照片核验后立即删除。'];
}
