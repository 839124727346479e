/**
 * Suggestions while one types in a search form: an editable combobox with a list, as the ARIA Authoring
 * Practices describe it (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). The form works without.
 */

import "./search.css";
import { Suggestions, type Suggestion } from "./suggestions";
import { marked } from "./marked";

interface Words {
  /** Announced when the list opens; the number of suggestions is put in the place of {number}. */
  some: string;
  none: string;
  /** The name of the list. */
  list: string;
}

class Combobox {
  private readonly list = document.createElement("ul");
  private readonly status = document.createElement("p");
  private readonly suggestions: Suggestions;
  private shown: Suggestion[] = [];
  private active = -1;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly input: HTMLInputElement,
    private readonly words: Words,
    address: string,
  ) {
    this.suggestions = new Suggestions(address, (found) => {
      this.show(found);
    });
    this.list.id = `${input.id}-suggestions`;
    this.list.className = "suggestions";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", words.list);
    this.status.className = "unseen";
    this.status.setAttribute("role", "status");
    for (const [name, value] of [
      ["role", "combobox"],
      ["aria-autocomplete", "list"],
      ["aria-expanded", "false"],
      ["aria-controls", this.list.id],
    ] as const) {
      input.setAttribute(name, value);
    }
    form.append(this.list, this.status);
    input.addEventListener("input", () => {
      this.suggestions.ask(input.value);
    });
    input.addEventListener("keydown", (event) => {
      this.key(event);
    });
    input.addEventListener("blur", () => {
      this.close();
    });
    // A press would take the focus from the field, and the list away before the click.
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
    });
    this.list.addEventListener("click", (event) => {
      const option = event.target instanceof Element ? event.target.closest("li") : null;
      if (option) this.open(Array.prototype.indexOf.call(this.list.children, option));
    });
  }

  private key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const isOpen = !this.list.hidden;
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        event.preventDefault();
        if (isOpen) this.move(event.key === "ArrowDown" && !event.altKey ? 1 : -1);
        else this.suggestions.ask(this.input.value, 0);
        break;
      case "Enter":
        if (isOpen && this.active >= 0) {
          event.preventDefault();
          this.open(this.active);
        }
        break;
      case "Escape":
        if (isOpen) {
          event.preventDefault();
          this.close();
        }
        break;
      case "Tab":
        this.close();
        break;
    }
  }

  /** Moves to the next or the previous suggestion; beyond the ends is the field itself. */
  private move(by: number): void {
    const places = this.shown.length + 1;
    this.active = ((this.active + 1 + by + places) % places) - 1;
    Array.from(this.list.children).forEach((option, place) => {
      option.setAttribute("aria-selected", String(place === this.active));
      if (place === this.active) option.scrollIntoView({ block: "nearest" });
    });
    const id = this.list.children[this.active]?.id;
    if (id) this.input.setAttribute("aria-activedescendant", id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  private show(found: Suggestion[]): void {
    if (document.activeElement !== this.input) return;
    this.close();
    this.shown = found;
    this.list.replaceChildren(...found.map((each, place) => this.option(each, place)));
    if (found.length > 0) {
      this.list.hidden = false;
      this.input.setAttribute("aria-expanded", "true");
    }
    const { some, none } = this.words;
    this.status.textContent = found.length > 0 ? some.replace("{number}", String(found.length)) : none;
  }

  private option(found: Suggestion, place: number): HTMLLIElement {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${place}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.append(marked(found.label, "name"));
    if (found.found_as) option.append(" ", marked(found.found_as, "also"));
    const kind = found.type[0]?.label;
    if (kind) option.append(" ", marked({ ...kind, marks: [] }, "kind"));
    return option;
  }

  private open(place: number): void {
    const href = this.shown[place]?.href;
    const label = this.shown[place]?.label.value;
    this.close();
    if (href) window.location.assign(href);
    else if (label) {
      this.input.value = label;
      this.form.requestSubmit();
    }
  }

  private close(): void {
    this.suggestions.stop();
    this.list.hidden = true;
    this.active = -1;
    this.status.textContent = "";
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-island="search"]')) {
  const input = form.querySelector<HTMLInputElement>('input[type="search"]');
  const { suggest, words } = form.dataset;
  if (input && suggest && words) new Combobox(form, input, JSON.parse(words) as Words, suggest);
}
