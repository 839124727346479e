/** What part of the map is seen: everything is moved by its own attributes, so that marks and names keep their size. */

interface Spot {
  link: SVGElement;
  x: number;
  y: number;
  /** The name that found no room on the whole map. */
  hidden: SVGTextElement | null;
}

interface View {
  k: number;
  x: number;
  y: number;
}

const MOST = 12;
const WHOLE: View = { k: 1, x: 0, y: 0 };
/** Milliseconds of a movement; none where the reader wants less of it. */
const LONG = 180;
/** Names looked for room at most: more would not be read, and take time. */
const TRIED = 250;

export class Plan {
  readonly #ground: SVGElement | null;
  readonly #base: string;
  readonly #spots: Spot[];
  readonly #width: number;
  readonly #height: number;
  #view: View = WHOLE;
  #frame = 0;

  constructor(readonly picture: SVGSVGElement) {
    this.#ground = picture.querySelector(".ground");
    this.#base = this.#ground?.getAttribute("transform") ?? "";
    this.#width = picture.viewBox.baseVal.width;
    this.#height = picture.viewBox.baseVal.height;
    this.#spots = [...picture.querySelectorAll<SVGElement>(".spot[data-x]")].map((link) => ({
      link,
      x: Number(link.dataset["x"]),
      y: Number(link.dataset["y"]),
      hidden: link.querySelector("text.hidden"),
    }));
  }

  get isWhole(): boolean {
    return this.#view.k === 1;
  }

  get isLargest(): boolean {
    return this.#view.k >= MOST;
  }

  /** Units of the map for a pixel of the screen. */
  get unit(): number {
    return this.#width / Math.max(1, this.picture.getBoundingClientRect().width);
  }

  /** The place of the map under a point of the screen. */
  at(clientX: number, clientY: number): [number, number] {
    const box = this.picture.getBoundingClientRect();
    return [(clientX - box.left) * this.unit, (clientY - box.top) * this.unit];
  }

  /** Enlarge by a factor around a place of the picture (its middle, where none is given). */
  zoom(
    factor: number,
    [x, y]: [number, number] = [this.#width / 2, this.#height / 2],
    isSudden = false,
  ): void {
    const k = Math.min(MOST, Math.max(1, this.#view.k * factor));
    const by = k / this.#view.k;
    this.#go({ k, x: x - (x - this.#view.x) * by, y: y - (y - this.#view.y) * by }, isSudden);
  }

  /** Move by units of the map. */
  move(dx: number, dy: number, isSudden = false): void {
    this.#go({ k: this.#view.k, x: this.#view.x + dx, y: this.#view.y + dy }, isSudden);
  }

  whole(): void {
    this.#go(WHOLE, false);
  }

  /** Move so far that a mark is seen: the keyboard has reached one outside. */
  reveal(link: Element): void {
    const spot = this.#spots.find((each) => each.link === link);
    if (spot === undefined) {
      return;
    }
    const { k, x, y } = this.#view;
    const [atX, atY] = [spot.x * k + x, spot.y * k + y];
    const isSeen = atX > 0 && atX < this.#width && atY > 0 && atY < this.#height;
    if (!isSeen) {
      this.#go({ k, x: this.#width / 2 - spot.x * k, y: this.#height / 2 - spot.y * k }, false);
    }
  }

  #go(wanted: View, isSudden: boolean): void {
    const view = {
      k: wanted.k,
      x: Math.min(0, Math.max(this.#width * (1 - wanted.k), wanted.x)),
      y: Math.min(0, Math.max(this.#height * (1 - wanted.k), wanted.y)),
    };
    cancelAnimationFrame(this.#frame);
    if (isSudden || matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.#draw(view);
      this.#name();
      return;
    }
    const from = this.#view;
    const start = performance.now();
    const step = (now: number): void => {
      const part = Math.min(1, Math.max(0, (now - start) / LONG));
      const eased = 1 - (1 - part) ** 3;
      this.#draw({
        k: from.k + (view.k - from.k) * eased,
        x: from.x + (view.x - from.x) * eased,
        y: from.y + (view.y - from.y) * eased,
      });
      if (part < 1) {
        this.#frame = requestAnimationFrame(step);
      } else {
        this.#name();
      }
    };
    this.#frame = requestAnimationFrame(step);
  }

  #draw(view: View): void {
    this.#view = view;
    this.#ground?.setAttribute("transform", `translate(${view.x} ${view.y}) scale(${view.k}) ${this.#base}`);
    for (const { link, x, y } of this.#spots) {
      link.setAttribute("transform", `translate(${x * (view.k - 1) + view.x} ${y * (view.k - 1) + view.y})`);
    }
    this.picture.dispatchEvent(new Event("moved"));
  }

  /** Show the names for which there is room now. */
  #name(): void {
    const { k, x, y } = this.#view;
    const near = this.#spots.filter((spot) => {
      const [atX, atY] = [spot.x * k + x, spot.y * k + y];
      return atX > 0 && atX < this.#width && atY > 0 && atY < this.#height;
    });
    const taken: DOMRect[] = [];
    for (const { link } of near) {
      for (const part of link.querySelectorAll(".mark, .ring, text:not(.hidden)")) {
        const box = part.getBoundingClientRect();
        if (box.width > 0) {
          taken.push(box);
        }
      }
    }
    for (const { hidden } of this.#spots) {
      hidden?.classList.remove("shown");
    }
    for (const { hidden } of near.slice(0, TRIED)) {
      const box = hidden?.getBoundingClientRect();
      if (k > 1 && box !== undefined && !taken.some((other) => meet(box, other))) {
        hidden?.classList.add("shown");
        taken.push(box);
      }
    }
  }
}

function meet(one: DOMRect, other: DOMRect): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
