import type { Certificate, EventRecord } from "../model/certificate.js";
import { isReserve, type ReserveElement } from "./element/reserve.js";
import { declaredFacts } from "./field.js";
import { sheetsOf } from "./sheet.js";
import type { Template } from "./template.js";
import { shopOf } from "./typesetter.js";

/** Room that a certificate keeps free, in points from the upper left corner of its page. */
export interface Room {
  readonly id: string;
  readonly purpose: ReserveElement["purpose"];
  /** from 1 */
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where each certificate of a template keeps room for what comes on afterwards; what it prints may move that. */
export function roomFinder(template: Template, record: EventRecord): (certificate: Certificate) => Room[] {
  const shop = shopOf(template);
  return (certificate) => {
    const facts = declaredFacts(template.fields, record, certificate);
    const rooms = new Map<string, Room>();
    let before = 0;
    for (const page of template.pages) {
      const keeping: typeof shop = {
        ...shop,
        // a page that goes on shows its rooms on each sheet; the first is meant
        cache: new Map(),
        kept: new Map(),
        keep(element, box) {
          if (isReserve(element) && !rooms.has(element.id))
            rooms.set(element.id, { id: element.id, purpose: element.purpose, page: before + 1, ...box });
        },
      };
      before += sheetsOf({ ...template, pages: [page] }, facts, keeping).length;
    }
    return [...rooms.values()];
  };
}
