/** A word on the place under the pointer or with the focus: what the table says of it. */

export function tips(figure: HTMLElement, picture: SVGSVGElement, content: Element): void {
  const tip = document.createElement("div");
  tip.className = "tip";
  // What it says stands in the link's name and in the table.
  tip.setAttribute("aria-hidden", "true");
  tip.hidden = true;
  figure.append(tip);
  for (const title of picture.querySelectorAll(".spot title")) {
    title.remove();
  }

  const rows = new Map<string, HTMLTableRowElement>();
  for (const row of content.querySelectorAll<HTMLTableRowElement>(".told tbody tr")) {
    const href = row.querySelector("th a")?.getAttribute("href");
    if (href) {
      rows.set(href, row);
    }
  }

  const show = (spot: Element | null): void => {
    tip.hidden = spot === null;
    if (spot === null) {
      return;
    }
    const name = document.createElement("strong");
    name.textContent = spot.getAttribute("aria-label");
    const told = [...(rows.get(spot.getAttribute("href") ?? "")?.querySelectorAll("td") ?? [])]
      .map((cell) => cell.textContent.trim())
      .filter((text) => text !== "")
      .map((text) => {
        const line = document.createElement("span");
        line.textContent = text;
        return line;
      });
    tip.replaceChildren(name, ...told);
    place(spot);
  };

  const place = (spot: Element): void => {
    const mark = (spot.querySelector(".mark") ?? spot).getBoundingClientRect();
    const all = figure.getBoundingClientRect();
    const gap = 14;
    const isLow = mark.top - all.top > all.height / 2;
    const left = Math.min(
      Math.max(mark.left - all.left - tip.offsetWidth / 2, 0),
      all.width - tip.offsetWidth,
    );
    tip.style.left = `${left}px`;
    tip.style.top = isLow
      ? `${mark.top - all.top - tip.offsetHeight - gap}px`
      : `${mark.bottom - all.top + gap}px`;
  };

  const spotOf = (target: EventTarget | null): Element | null =>
    target instanceof Element ? target.closest(".spot") : null;
  const focused = (): Element | null => {
    const spot = picture.contains(document.activeElement) ? spotOf(document.activeElement) : null;
    return spot?.matches(":focus-visible") ? spot : null;
  };
  picture.addEventListener("pointerover", (event) => {
    show(spotOf(event.target) ?? focused());
  });
  picture.addEventListener("pointerleave", () => {
    show(focused());
  });
  figure.addEventListener("focusin", () => {
    show(focused());
  });
  figure.addEventListener("focusout", () => {
    show(null);
  });
  picture.addEventListener("moved", () => {
    show(focused());
  });
  figure.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      show(null);
    }
  });
}
