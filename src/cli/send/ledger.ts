import type { HeldRegister } from "../../register/held.js";
import type { MailEntry } from "../../register/mail.js";

/**
 * Writes what happens to mails into the register. What several connections have to tell at the same time is written
 * together, since each time the disk is waited for.
 */
export class Ledger {
  readonly #register: HeldRegister;
  #entries: { readonly of: { readonly id: number; readonly cti: string }; readonly entry: MailEntry }[] = [];
  #writing: Promise<void> | null = null;

  constructor(register: HeldRegister) {
    this.#register = register;
  }

  /** Durable when it returns. */
  async note(of: { readonly id: number; readonly cti: string }, entry: MailEntry): Promise<void> {
    this.#entries.push({ of, entry });
    this.#writing ??= new Promise((resolve, reject) => {
      setImmediate(() => {
        this.#writing = null;
        try {
          this.#write();
          resolve();
        } catch (error) {
          reject(error);
        }
      });
    });
    await this.#writing;
  }

  #write(): void {
    const entries = this.#entries;
    this.#entries = [];
    this.#register.transaction(() => {
      for (const { of, entry } of entries) this.#register.noteMail(of, entry);
    });
  }
}
