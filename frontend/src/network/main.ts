/** The picture of the network: an actor under the pointer or with the focus shows its ties; groups open in place. */

import { walk } from "../shared/walk";

walk((content) => {
  for (const picture of content.querySelectorAll<SVGSVGElement>(".walk")) {
    light(picture, picture.closest<HTMLElement>("figure") ?? content);
  }
});

function light(picture: SVGSVGElement, around: Element): void {
  const boxes = new Map(
    [...picture.querySelectorAll<SVGElement>(".box")].map((box) => [box.dataset["node"], box]),
  );
  const ties = [...picture.querySelectorAll<SVGElement>(".tie")].map((tie) => ({
    tie,
    ends: (tie.dataset["ends"] ?? "").split(" "),
  }));

  const show = (chosen: SVGElement | undefined): void => {
    const node = chosen?.dataset["node"];
    picture.classList.toggle("dim", node !== undefined);
    for (const box of boxes.values()) {
      box.classList.toggle("lit", box === chosen);
    }
    for (const { tie, ends } of ties) {
      const isLit = node !== undefined && ends.includes(node);
      tie.classList.toggle("lit", isLit);
      if (isLit) {
        for (const end of ends) {
          boxes.get(end)?.classList.add("lit");
        }
      }
    }
  };

  const boxOf = (target: EventTarget | null): SVGElement | undefined =>
    target instanceof Element && picture.contains(target)
      ? (target.closest<SVGElement>(".box") ?? undefined)
      : undefined;
  picture.addEventListener("pointerover", (event) => {
    show(boxOf(event.target) ?? boxOf(document.activeElement));
  });
  picture.addEventListener("pointerleave", () => {
    show(boxOf(document.activeElement));
  });
  // Not on the picture: Chromium takes an SVG element that listens to focus for one that takes it.
  around.addEventListener("focusin", (event) => {
    show(boxOf(event.target));
  });
  around.addEventListener("focusout", () => {
    show(undefined);
  });
}
