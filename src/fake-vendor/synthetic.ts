/** A small grey JPEG, where a vendor would send a picture. */
export const GREY_JPEG_BASE64 =
  '/9j/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/2wBDARweHigj' +
  'KE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wAARCAAIAAgDASIAAhEBAxEB/8QAFA' +
  'ABAAAAAAAAAAAAAAAAAAAAAP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/xAAUAQEAAAAAAAAAAAAAAAAAAAAA/8QAFBEBAAAAAAAAAAAAAAAAAAAA' +
  'AP/aAAwDAQACEQMRAD8AAA//2Q==';

/** Nobody's card. The number has a good check digit. */
export const SYNTHETIC_CARD = {
  name: '样本甲',
  number: '110101199003078814',
  sex: '男',
  nation: '汉',
  birth: '1990/3/7',
  address: '样本市样本区样本路1号',
  authority: '样本市公安局样本分局',
  validFrom: '2015.01.01',
  validTo: '2035.01.01',
  bankCard: '6222020000000000018',
} as const;
