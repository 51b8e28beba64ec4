/** The words of how else people may identify themselves, in Chinese; the English ones have the same keys. */
export const identificationZhCN = {
  title: '读不到芯片时',
  manualEntry: '可以手动输入姓名和证件号码',
  manualEntryNote: '输入的内容没有凭据，结果最多为“待人工确认”，由工作人员核对证件',
  photographedCard: '可以拍身份证正反面识读',
  photographedCardNote: '代替读芯片。拍照件没有凭据，结果最多为“待人工确认”',
  travelDocument: '可以用护照等旅行证件',
  travelDocumentNote: '读机读码；启用了芯片阅读器时读芯片，签名有效才可能通过，否则由工作人员核对',
  cardPhoto: '可以用摄像头拍证件上的照片比对',
  cardPhotoNote: '芯片照片不能解码或手动输入时使用。印刷照片可能被替换，结果最多为“待人工确认”',
};

export const identityFactsZhCN = {
  typed: '{{card}}（手动输入，没有读卡）',
  printed: '{{chip}}；与证件版面照片比对',
};
