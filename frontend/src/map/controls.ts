/** How the map is moved: buttons, keys, dragging, two fingers, and the wheel with Ctrl held. */

import type { Plan } from "./plan";

interface Words {
  in: string;
  out: string;
  whole: string;
  how: string;
}

const STEP = 1.6;
/** Pixels that a press may move and still be a press. */
const STILL = 4;

export function controls(figure: HTMLElement, picture: SVGSVGElement, plan: Plan): void {
  const words = JSON.parse(figure.dataset["words"] ?? "{}") as Words;
  buttons(figure, picture, plan, words);
  keys(figure, plan);
  pointers(picture, plan);
  // Not on the picture: Chromium takes an SVG element that listens to focus for one that takes it.
  figure.addEventListener("focusin", (event) => {
    const spot = event.target instanceof Element ? event.target.closest(".spot") : null;
    if (spot?.matches(":focus-visible") === true) {
      plan.reveal(spot);
    }
  });
}

function buttons(figure: HTMLElement, picture: SVGSVGElement, plan: Plan, words: Words): void {
  const bar = document.createElement("div");
  bar.className = "zoom";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", words.how);
  const made = (
    [
      [
        "+",
        words.in,
        () => {
          plan.zoom(STEP);
        },
      ],
      [
        "−",
        words.out,
        () => {
          plan.zoom(1 / STEP);
        },
      ],
      [
        "⤢",
        words.whole,
        () => {
          plan.whole();
        },
      ],
    ] as const
  ).map(([sign, name, act]) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    button.title = name;
    button.setAttribute("aria-label", name);
    button.addEventListener("click", act);
    bar.append(button);
    return button;
  });
  const [larger, smaller, whole] = made;
  // Not disabled, which would take the focus from who presses it.
  const mark = (): void => {
    larger?.setAttribute("aria-disabled", String(plan.isLargest));
    smaller?.setAttribute("aria-disabled", String(plan.isWhole));
    whole?.setAttribute("aria-disabled", String(plan.isWhole));
    picture.classList.toggle("enlarged", !plan.isWhole);
  };
  picture.addEventListener("moved", mark);
  mark();
  figure.prepend(bar);
}

function keys(figure: HTMLElement, plan: Plan): void {
  const far = 60;
  const acts: Record<string, () => void> = {
    ArrowLeft: () => {
      plan.move(far, 0);
    },
    ArrowRight: () => {
      plan.move(-far, 0);
    },
    ArrowUp: () => {
      plan.move(0, far);
    },
    ArrowDown: () => {
      plan.move(0, -far);
    },
    "+": () => {
      plan.zoom(STEP);
    },
    "=": () => {
      plan.zoom(STEP);
    },
    "-": () => {
      plan.zoom(1 / STEP);
    },
    "0": () => {
      plan.whole();
    },
  };
  figure.addEventListener("keydown", (event) => {
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : acts[event.key];
    // On the whole map the arrows scroll the page, as everywhere.
    if (act !== undefined && !(plan.isWhole && event.key.startsWith("Arrow"))) {
      event.preventDefault();
      act();
    }
  });
}

function pointers(picture: SVGSVGElement, plan: Plan): void {
  const down = new Map<number, { x: number; y: number }>();
  let moved = 0;
  picture.addEventListener("pointerdown", (event) => {
    if (event.button === 0) {
      down.set(event.pointerId, { x: event.clientX, y: event.clientY });
      moved = 0;
    }
  });
  picture.addEventListener("pointermove", (event) => {
    const last = down.get(event.pointerId);
    if (last === undefined) {
      return;
    }
    const [dx, dy] = [event.clientX - last.x, event.clientY - last.y];
    moved += Math.hypot(dx, dy);
    const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
    if (other !== undefined) {
      const before = Math.hypot(last.x - other.x, last.y - other.y);
      const after = Math.hypot(event.clientX - other.x, event.clientY - other.y);
      plan.zoom(after / Math.max(1, before), plan.at((last.x + other.x) / 2, (last.y + other.y) / 2), true);
    } else if (!plan.isWhole && moved > STILL) {
      picture.setPointerCapture(event.pointerId);
      picture.classList.add("dragged");
      plan.move(dx * plan.unit, dy * plan.unit, true);
    }
    down.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  for (const end of ["pointerup", "pointercancel", "pointerleave"] as const) {
    picture.addEventListener(end, (event) => {
      down.delete(event.pointerId);
      picture.classList.remove("dragged");
    });
  }
  // Who has dragged from a mark does not follow its link.
  picture.addEventListener(
    "click",
    (event) => {
      if (moved > STILL) {
        event.preventDefault();
      }
      moved = 0;
    },
    true,
  );
  picture.addEventListener("dragstart", (event) => {
    event.preventDefault();
  });
  picture.addEventListener("dblclick", (event) => {
    plan.zoom(STEP, plan.at(event.clientX, event.clientY));
  });
  picture.addEventListener(
    "wheel",
    (event) => {
      if (event.ctrlKey) {
        event.preventDefault();
        plan.zoom(Math.exp(-event.deltaY / 200), plan.at(event.clientX, event.clientY), true);
      }
    },
    { passive: false },
  );
}
