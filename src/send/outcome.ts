import { Fault } from "../model/fault.js";

/** What became of a message that was to be given to the server. */
export type Outcome =
  | { readonly is: "sent"; readonly answer: string }
  /** refused for ever, on account of the recipient or of this one message */
  | { readonly is: "bounced"; readonly answer: string; readonly step: Step }
  /** not taken for now, on account of the recipient */
  | { readonly is: "deferred"; readonly answer: string }
  /** not taken, because the connection ended before the message was whole */
  | { readonly is: "dropped"; readonly answer: string }
  /** given away whole, and no answer came */
  | { readonly is: "unknown"; readonly answer: string }
  /** not taken, and no other will be: it is the sender whom the server refuses */
  | { readonly is: "halted"; readonly fault: Fault };

export type Step = "sender" | "recipient" | "message";

/** What went wrong between us and the server. */
export interface Trouble {
  /** in words; what the server said, or what happened to the connection */
  readonly answer: string;
  /** the server's reply, 400 to 599; `null` where it gave none */
  readonly reply: number | null;
  readonly step: Step;
  /** the message was larger than the server takes, by its own word */
  readonly isTooLarge: boolean;
}

interface SenderTrouble {
  readonly replies?: readonly number[];
  readonly enhanced?: RegExp;
  readonly text?: RegExp;
  readonly says: string;
  readonly hints: readonly string[];
}

/**
 * Refusals that are about who sends, and would meet everybody: no recipient must count as bounced on their account.
 * One row per kind, told by the reply, the enhanced code (RFC 3463), or the words of the large providers.
 */
const senderTroubles: readonly SenderTrouble[] = [
  {
    enhanced: /^[45]\.4\.5$/,
    text: /\b(?:daily|hourly|sending|relay)\b.{0,20}\b(?:limit|quota)\b/i,
    says: "takes no more mail from this account for now",
    hints: [
      "run the same command again tomorrow: it goes on where it stopped",
      "lower `mail.per_minute`, or use a larger account",
    ],
  },
  {
    replies: [530, 534, 535, 538],
    enhanced: /^5\.7\.57$/,
    says: "wants to know who sends",
    hints: ["name the user under `mail.smtp`, and give the password in LULUS_SMTP_PASSWORD_FILE"],
  },
  {
    enhanced: /^5\.7\.60$|^5\.1\.8$|^5\.7\.(?:501|502|503|508|703|705|708|750)$/,
    text: /\bSendAsDenied\b|\bnot allowed to send as\b/i,
    says: "does not let this account write as `mail.from`",
    hints: ["write under `mail.from` an address that the account may send as"],
  },
  {
    text: /\brelay(?:ing)?\b.{0,30}\b(?:denied|not permitted|prohibited|not allowed)\b|\bunable to relay\b/i,
    says: "does not pass mail on for us",
    hints: ["name the user under `mail.smtp`; or ask whoever runs the server to let this machine send"],
  },
];

/**
 * @param isBegun whether the server was ready for the message and some of it may have gone out
 * @param isWhole whether all of it may have gone out
 */
export function outcomeOf(trouble: Trouble, isBegun: boolean, isWhole: boolean): Outcome {
  const { answer, reply, step, isTooLarge } = trouble;
  if (isTooLarge) return { is: "halted", fault: tooLarge(answer) };
  if (reply === null) return isBegun && isWhole ? { is: "unknown", answer } : { is: "dropped", answer };
  const about = senderTroubles.find((row) => fits(row, trouble));
  if (about !== undefined) return { is: "halted", fault: halt(about, answer) };
  if (reply === 421) return { is: "dropped", answer };
  if (reply < 500) return { is: "deferred", answer };
  if (step === "sender") return { is: "halted", fault: refusedSender(answer) };
  return { is: "bounced", answer, step };
}

function fits({ replies, enhanced, text }: SenderTrouble, { reply, answer }: Trouble): boolean {
  const [, code = ""] = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(answer) ?? [];
  return (
    (replies?.includes(reply ?? 0) ?? false) ||
    (enhanced?.test(code) ?? false) ||
    (text?.test(answer) ?? false)
  );
}

function halt({ says, hints }: SenderTrouble, answer: string): Fault {
  return new Fault("smtp-refused", `the mail server ${says}: ${answer}`, { hints });
}

function refusedSender(answer: string): Fault {
  return new Fault("smtp-refused", `the mail server refuses the sender: ${answer}`, {
    hints: ["write under `mail.from` an address that the account may send as"],
  });
}

function tooLarge(answer: string): Fault {
  return new Fault("smtp-size", `the mail server takes no mail of this size: ${answer}`, {
    hints: ["send a link instead of the file: `mode: link` under `mail`"],
  });
}
