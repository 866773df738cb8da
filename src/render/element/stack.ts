import { Fault } from "../../model/fault.js";
import { holds } from "../condition.js";
import type { StackSpec } from "../schema.js";
import { commonOf, type Desk, type Element, points } from "./element.js";

/** Elements one below the other. What has nothing to print takes no room, so no gap shows where it was. */
export function admitStack(spec: StackSpec, path: readonly PropertyKey[], desk: Desk): Element {
  const common = commonOf(spec, path, desk);
  const gap = points(spec.gap ?? 0);
  const children = spec.elements.map((child, index) => desk.admit(child, [...path, "elements", index], true));
  const element: Element = {
    ...common,
    texts: [],
    children,
    lay(facts, room, shop) {
      const laid = children.flatMap((child) => {
        const one = holds(child.when, facts) ? child.lay(facts, room, shop) : null;
        return one === null ? [] : [{ one, before: child.before }];
      });
      if (laid.length === 0) return null;
      const height = laid.reduce(
        (sum, { one, before }, index) => sum + one.height + (index === 0 ? 0 : before + gap),
        0,
      );
      if (height > room.height + 0.01) throw tooHigh(element, height, room.height);
      const spare = common.box === null || (spec.valign ?? "top") === "top" ? 0 : room.height - height;
      const down = spec.valign === "middle" ? spare / 2 : spare;
      return {
        height,
        drawAt(x, y) {
          let top = y + down;
          return laid.flatMap(({ one, before }, index) => {
            if (index > 0) top += before + gap;
            const drawn = one.drawAt(x, top);
            top += one.height;
            return drawn;
          });
        },
      };
    },
  };
  return element;
}

function tooHigh(element: Element, height: number, room: number): Fault {
  const [needed, has] = [height, room].map((length) => ((length * 25.4) / 72).toFixed(1));
  return new Fault("text-overflow", `what stands in "${element.id}" needs ${needed} mm of its ${has} mm`, {
    place: element.place,
    hints: ["shorten the texts, or give the stack a higher box"],
  });
}
