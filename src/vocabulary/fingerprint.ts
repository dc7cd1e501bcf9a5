/**
 * Reads a SHA-256 fingerprint: 64 hexadecimal digits in any case, with or without colons between the bytes,
 * and with what OpenSSL prints before it: `sha256 Fingerprint=AB:CD:…`.
 *
 * @returns upper-case hexadecimal with colons, as certificates are shown, or `undefined` when it is not such a fingerprint
 */
export function parseFingerprint(text: string): string | undefined {
  const trimmed = text
    .trim()
    .toUpperCase()
    .replace(/^SHA-?256 FINGERPRINT=/, "");
  if (!/^([0-9A-F]{64}|[0-9A-F]{2}(:[0-9A-F]{2}){31})$/.test(trimmed)) return undefined;
  return trimmed.replaceAll(":", "").match(/../g)?.join(":");
}
