/** Whether an address is one of those that lead nowhere (RFC 2606, RFC 6761): fine for a trial, for ever wrong in a QR code. */
export function isExampleAddress(url: string): boolean {
  const { hostname } = new URL(url);
  return /(?:^|\.)(?:example|invalid|test|localhost)$|^example\.(?:com|net|org)$|^127\./.test(hostname);
}
