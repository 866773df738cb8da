import { resolve } from "node:path";
import { Fault } from "../model/fault.js";
import { Register } from "../register/register.js";
import { type Room, roomFinder } from "../render/rooms.js";
import { openEventFolder, shownPath } from "./eventFolder.js";
import { frozenOf, recordOf, templateOf } from "./material.js";
import { answer } from "./talk.js";

export interface BsreOptions {
  readonly only?: readonly string[];
  readonly quiet?: boolean;
}

const reasons = {
  id: (number: string) => `Menandatangani sertifikat ${number}`,
  en: (number: string) => `Signing the certificate ${number}`,
} as const;

/**
 * `lulus export bsre`: where the electronic signature of each certificate goes, in the words of the signing service of
 * BSrE, one JSON object a line. Nothing is signed here, and nothing claims to be.
 */
export async function exportBsre(argument: string | undefined, options: BsreOptions): Promise<number> {
  const folder = openEventFolder(argument);
  const { id, language } = folder.event.config.event;
  const path = resolve(folder.dir, folder.event.config.register);
  const register = Register.read(path);
  if (register === null) {
    throw new Fault("register-missing", "nothing has been issued: there is no register", {
      place: { file: shownPath(path) },
      hints: ["`lulus issue` makes it"],
    });
  }
  try {
    const withdrawn = register.withdrawals(id);
    const finders = new Map(
      register.batches(id).map((batch) => {
        const frozen = frozenOf(batch, register);
        return [
          batch.id,
          { find: roomFinder(templateOf(frozen), recordOf(frozen)), record: recordOf(frozen) },
        ];
      }),
    );
    const lines: string[] = [];
    for (const { batch, certificate } of register.certificates(id)) {
      if (withdrawn.has(certificate.cti) || options.only?.includes(certificate.number) === false) continue;
      const of = finders.get(batch);
      const rooms = of?.find(certificate).filter(({ purpose }) => purpose === "e-signature") ?? [];
      if (rooms.length === 0) continue;
      const place = of?.record.fields.place;
      const common = {
        ...(typeof place === "string" ? { location: place } : {}),
        reason: reasons[language](certificate.number),
      };
      const { number, file } = certificate;
      lines.push(
        `${JSON.stringify({ number, file, signatureProperties: rooms.map((room) => property(room, common)) })}\n`,
      );
    }
    if (lines.length === 0) {
      throw new Fault("nothing-to-export", "no certificate keeps room for an electronic signature", {
        hints: [
          "the template needs an element `{ type: reserve, for: e-signature, … }`, or leaves it out for this event",
        ],
      });
    }
    await answer(lines);
  } finally {
    register.close();
  }
  return 0;
}

/** Points, from the upper left corner. */
function property({ page, x, y, width, height }: Room, common: Readonly<Record<string, string>>) {
  const [originX, originY, wide, high] = [x, y, width, height].map(
    (length) => Math.round(length * 100) / 100,
  );
  return { tampilan: "VISIBLE", page, originX, originY, width: wide, height: high, ...common };
}
