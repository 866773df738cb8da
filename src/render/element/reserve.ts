import type { ReserveSpec } from "../schema.js";
import { commonOf, type Desk, type Element } from "./element.js";

/** Room that is kept free for what comes on afterwards: an electronic signature, a stamp, a duty stamp. */
export interface ReserveElement extends Element {
  readonly type: "reserve";
  readonly purpose: ReserveSpec["for"];
}

/** Draws nothing; whoever signs the file is told where the room is. */
export function admitReserve(spec: ReserveSpec, path: readonly PropertyKey[], desk: Desk): ReserveElement {
  const common = commonOf(spec, path, desk);
  const element: ReserveElement = {
    ...common,
    type: "reserve",
    purpose: spec.for,
    texts: [],
    children: [],
    lay: (_, room, shop) => ({
      height: common.height,
      drawAt(x, y) {
        shop.keep?.(element, { x, y, width: room.width, height: common.height });
        return [];
      },
    }),
  };
  return element;
}

export function isReserve(element: Element): element is ReserveElement {
  return "type" in element && element.type === "reserve";
}
