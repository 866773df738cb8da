import { describe, expect, test } from "vitest";
import { outcomeOf, type Step } from "../../src/send/outcome.js";

/** What comes of a reply, told before the message or behind it. */
function after(answer: string, step: Step) {
  const reply = Number(answer.slice(0, 3)) || null;
  const isBegun = step === "message";
  return outcomeOf({ answer, reply, step, isTooLarge: false }, isBegun, isBegun);
}

describe("what comes of a reply", () => {
  test.each([
    ["550 5.1.1 no such user", "recipient", "bounced"],
    ["552 5.2.2 The recipient's mailbox is over quota", "recipient", "bounced"],
    ["550 5.7.1 rejected by the recipient's policy", "recipient", "bounced"],
    ["554 5.6.0 not such a message", "message", "bounced"],
    ["450 4.2.0 greylisted, see you later", "recipient", "deferred"],
    ["451 4.3.0 try again", "message", "deferred"],
    ["452 4.2.2 The mailbox is over quota", "recipient", "deferred"],
    ["421 4.7.0 closing", "recipient", "dropped"],
    ["421 4.7.0 closing", "message", "dropped"],
    ["553 5.1.8 who are you", "sender", "halted"],
    ["550 5.4.5 Daily user sending limit exceeded", "message", "halted"],
    ["550-5.4.5 Daily user sending quota exceeded", "recipient", "halted"],
    ["454 4.4.5 come back tomorrow", "sender", "halted"],
    ["530 5.7.57 Client not authenticated", "sender", "halted"],
    ["554 5.7.1 <siti@x.example>: Relay access denied", "recipient", "halted"],
    ["550 5.7.60 SMTP; Client does not have permissions to send as this sender", "message", "halted"],
  ] as const)("%j to the %s: %s", (answer, step, is) => {
    expect(after(answer, step).is).toBe(is);
  });

  test("without a reply a message is unknown once all of it may be there, and not before", () => {
    const trouble = { answer: "closed", reply: null, step: "message", isTooLarge: false } as const;
    expect(outcomeOf(trouble, false, false).is).toBe("dropped");
    expect(outcomeOf(trouble, true, false).is).toBe("dropped");
    expect(outcomeOf(trouble, true, true).is).toBe("unknown");
  });
});
