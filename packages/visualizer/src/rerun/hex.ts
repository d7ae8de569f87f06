/** Bytes as hexadecimal digits. (`Uint8Array.prototype.toHex` is newer than the oldest Node that is supported.) */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A UUID as people write it. */
export function uuidText(bytes: Uint8Array): string {
  const digits = hex(bytes);
  const parts = [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20)];
  return [...parts, digits.slice(20)].join('-');
}
