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
  return {
    ...common,
    type: "reserve",
    purpose: spec.for,
    texts: [],
    children: [],
    lay: () => ({ height: common.height, drawAt: () => [] }),
  };
}

export function isReserve(element: Element): element is ReserveElement {
  return "type" in element && element.type === "reserve";
}
