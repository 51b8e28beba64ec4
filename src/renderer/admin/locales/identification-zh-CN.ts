/** The words of how else people may identify themselves, in Chinese; the English ones have the same keys. */
export const identificationZhCN = {
  title: '读不到芯片时',
  manualEntry: '可以手动输入姓名和证件号码',
  manualEntryNote: '输入的内容没有凭据，结果最多为“待人工确认”，由工作人员核对证件',
  cardPhoto: '可以用摄像头拍证件上的照片比对',
  cardPhotoNote: '芯片照片不能解码或手动输入时使用。印刷照片可能被替换，结果最多为“待人工确认”',
};

export const identityFactsZhCN = {
  typed: '{{card}}（手动输入，没有读卡）',
  printed: '{{chip}}；与证件版面照片比对',
};
