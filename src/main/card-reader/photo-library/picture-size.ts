/** Bytes of the photo block on a card. */
export const PHOTO_BLOCK_BYTES = 1024;

/** A card's portrait in pixels; the block says so itself in its header. */
export const PORTRAIT_WIDTH = 102;
export const PORTRAIT_HEIGHT = 126;

/** Three bytes for each pixel, rows without padding: what `unpack` and `Wlt2RGB` write. */
export const RAW_BYTES = PORTRAIT_WIDTH * PORTRAIT_HEIGHT * 3;

export const BMP_HEADER_BYTES = 54;
/** Rows of a bitmap are padded to four bytes: 306 become 308. */
export const BMP_ROW_BYTES = Math.ceil((PORTRAIT_WIDTH * 3) / 4) * 4;
/** What `_Unpack` and `GetBmp` write. */
export const BMP_BYTES = BMP_HEADER_BYTES + BMP_ROW_BYTES * PORTRAIT_HEIGHT;
