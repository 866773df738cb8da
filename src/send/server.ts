import { Fault, type Place } from "../model/fault.js";

/** A mail server, and as whom it is spoken to. */
export interface Server {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; else by STARTTLS */
  readonly isImplicitTls: boolean;
  readonly user: string | null;
  /** whether it may be spoken to without encryption and without knowing that it is the one meant */
  readonly isInsecure: boolean;
  /** PEM of authorities that are trusted besides those that everybody trusts */
  readonly ca: string | null;
  readonly timeoutMs: number;
}

/** What a user proves with who they are: a password, or a token that somebody else gave them for an hour (OAuth 2). */
export interface Secret {
  readonly kind: "password" | "token";
  readonly text: string;
}

export interface ServerAddress extends Pick<Server, "host" | "port" | "isImplicitTls" | "user"> {
  /** as it stood in the address; `null` where none did */
  readonly password: string | null;
}

export const TLS_PORT = 465;
export const STARTTLS_PORT = 587;

/**
 * `smtp://user:password@host:587` (STARTTLS) or `smtps://…` (TLS from the start), with percent signs as in other URLs.
 *
 * @throws Fault that does not repeat the text: a password may be in it
 */
export function parseServerUrl(text: string, place: Place): ServerAddress {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  const isSmtp = url !== null && /^smtps?:$/.test(url.protocol) && url.hostname !== "";
  if (!isSmtp || url.search !== "" || url.hash !== "" || !/^\/?$/.test(url.pathname)) throw malformed(place);
  const isImplicitTls = url.protocol === "smtps:";
  const port = url.port === "" ? (isImplicitTls ? TLS_PORT : STARTTLS_PORT) : Number(url.port);
  const [user, password] = [decoded(url.username, place), decoded(url.password, place)];
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port,
    isImplicitTls,
    user: user === "" ? null : user,
    password: password === "" ? null : password,
  };
}

function decoded(text: string, place: Place): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw malformed(place);
  }
}

function malformed(place: Place): Fault {
  return new Fault("smtp-address", "this is no address of a mail server", {
    place,
    hints: [
      "expected as in smtp://panitia%40bpsdm.example.go.id:PASSWORD@smtp.gmail.com:587",
      "in user and password write %40 for @, %3A for :, %2F for /, %23 for #, %25 for %",
    ],
  });
}

/** For people: without the user's password, which is no part of it. */
export function formatServer({ host, port, user }: Pick<Server, "host" | "port" | "user">): string {
  return `${user === null ? "" : `${user} at `}${host.includes(":") ? `[${host}]` : host}:${port}`;
}
