/** The text of the QR code: the issuer's verification address, `#`, the token. */

export interface Link {
  /** `null` where somebody gave the number alone */
  readonly url: string | null;
  readonly token: string;
}

const LONGEST = 8192;
const addressed = /^(https?:\/\/[^\s#]+)#(\d{100}.*)$/i;
const bare = /^\d{100}.*$/;

/** The address letter for letter as it is configured: it is not for us to tidy what somebody's server answers to. */
export function formatLink(verifyUrl: string, token: string): string {
  return `${verifyUrl}#${token}`;
}

/**
 * Address and token of a text that looks like one of our links, or `null`. White space is passed over: mail programs
 * and people break long lines. Whether the token is one is not checked.
 */
export function parseLink(text: string): Link | null {
  if (text.length > LONGEST) return null;
  const joined = text.replace(/\s+/g, "");
  const [, url, token] = addressed.exec(joined) ?? [];
  if (url !== undefined && token !== undefined) return { url, token };
  return bare.test(joined) ? { url: null, token: joined } : null;
}

/** Whether two addresses lead to the same page; browsers add the slash behind a bare host. */
export function isSameAddress(a: string, b: string): boolean {
  return URL.canParse(a) && URL.canParse(b) && new URL(a).href === new URL(b).href;
}
