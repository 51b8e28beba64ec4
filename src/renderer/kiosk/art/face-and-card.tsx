/** A face in the oval beside an ID card: what this is about. */
export function FaceAndCard() {
  return (
    <svg className="art" viewBox="0 0 720 480" aria-hidden="true">
      <path className="art-fill" d="M210 40a150 200 0 0 1 0 400a150 200 0 0 1 0-400" />
      <path d="M210 40a150 200 0 0 1 0 400a150 200 0 0 1 0-400" />
      <path d="M210 138c42 0 62 30 62 70 0 46-28 84-62 84s-62-38-62-84c0-40 20-70 62-70Z" />
      <path d="M118 397c6-58 46-84 92-84s86 26 92 84" />
      <path className="art-soft" d="M384 190h22M384 240h36M384 290h22" />
      <rect className="art-fill" x="444" y="148" width="252" height="160" rx="16" />
      <rect x="444" y="148" width="252" height="160" rx="16" />
      <circle cx="634" cy="204" r="24" />
      <path d="M594 274c2-26 18-36 40-36s38 10 40 36" />
      <path className="art-soft" d="M470 190h88M470 222h104M470 254h64" />
    </svg>
  );
}
