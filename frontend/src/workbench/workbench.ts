/** The workbench: an editor, one question at a time, its answer below. */

import type { Yasqe } from "@zazuko/yasqe";
import { ask, parametersOf, Refusal, TooLarge } from "./asking";
import { openEditor } from "./editor";
import { html } from "./elements";
import { openExamples } from "./examples";
import { LANGUAGES, programOf } from "./programs";
import { drawAnswer, sizeOf } from "./results";
import { say, type Settings } from "./settings";

export class Workbench {
  private readonly editor: Yasqe;
  private readonly status = html("p", { class: "status-line", role: "status" });
  private readonly cancel = html("button", { type: "button", class: "quiet", hidden: true });
  private readonly result = html("section", { class: "result", "aria-labelledby": "result", hidden: true });
  private readonly view = html("div");
  private running: AbortController | null = null;

  constructor(
    private readonly form: HTMLFormElement,
    area: HTMLTextAreaElement,
    private readonly settings: Settings,
  ) {
    this.editor = openEditor(area, settings, () => void this.run());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.run();
    });
    this.cancel.textContent = say(settings, "cancel");
    this.cancel.addEventListener("click", () => this.running?.abort());
    this.drawTools();
    openExamples(settings, (query) => {
      this.editor.setValue(query);
      form.scrollIntoView({ block: "start" });
      this.editor.focus();
      void this.run();
    });
    addEventListener("popstate", () => {
      location.reload();
    });
  }

  /** Ask what is in the editor; a question that still runs is given up. */
  async run(): Promise<void> {
    this.running?.abort();
    const running = new AbortController();
    this.running = running;
    const query = this.editor.getValue();
    this.begin(query);
    const start = performance.now();
    try {
      const answer = await ask(query, running.signal);
      const seconds = new Intl.NumberFormat(this.settings.language, { maximumFractionDigits: 2 });
      const took = seconds.format((performance.now() - start) / 1000);
      this.view.replaceChildren(...drawAnswer(answer, query, this.settings));
      this.say(say(this.settings, "took", sizeOf(answer, this.settings), took));
    } catch (error) {
      if (this.running === running) {
        this.refuse(error, running.signal.aborted);
      }
    } finally {
      if (this.running === running) {
        this.running = null;
        this.cancel.hidden = true;
        this.form.removeAttribute("aria-busy");
      }
    }
  }

  private begin(query: string): void {
    const address = `?${parametersOf(query).toString()}`;
    if (address !== location.search) {
      history.pushState(null, "", address);
    }
    document.querySelector("#answered, #refused")?.remove();
    this.result.hidden = false;
    this.view.replaceChildren();
    this.cancel.hidden = false;
    this.form.setAttribute("aria-busy", "true");
    this.say(say(this.settings, "running"));
  }

  private refuse(error: unknown, cancelled: boolean): void {
    if (cancelled) {
      this.say(say(this.settings, "cancelled"));
      return;
    }
    if (error instanceof TooLarge) {
      this.say(say(this.settings, "too-large"));
      return;
    }
    this.say(say(this.settings, "refused"));
    const told = error instanceof Refusal ? error : new Refusal(say(this.settings, "unreachable"));
    this.view.replaceChildren(
      html("p", { class: "refusal", lang: told.language }, told.message),
      ...(told.quoted ? [html("pre", { tabindex: 0 }, html("code", {}, told.quoted))] : []),
      ...(told.hint ? [html("p", { lang: told.language }, told.hint)] : []),
    );
  }

  private say(text: string): void {
    this.status.textContent = text;
  }

  private drawTools(): void {
    const { settings } = this;
    const share = html("button", { type: "button", class: "quiet" }, say(settings, "share"));
    share.addEventListener("click", () => {
      const address = `${location.origin}${location.pathname}?${parametersOf(this.editor.getValue()).toString()}`;
      void this.copy(address);
    });
    const run = this.form.querySelector<HTMLButtonElement>("button[type=submit]");
    const tools = html("div", { class: "tools" }, ...(run ? [run] : []), this.cancel, share);
    const keys = html("p", { class: "keys" }, say(settings, "keys"));
    this.form.append(tools, keys, this.programs());
    this.result.append(html("h2", { id: "result" }, say(settings, "result")), this.status, this.view);
    this.form.after(this.result);
  }

  /** The question as a program, written anew whenever it is opened or another language is chosen. */
  private programs(): HTMLElement {
    const { settings } = this;
    const code = html("code");
    const select = html("select", {}, ...LANGUAGES.map((name) => html("option", {}, name)));
    const copy = html("button", { type: "button", class: "quiet" }, say(settings, "copy"));
    const details = html(
      "details",
      { class: "programs" },
      html("summary", {}, say(settings, "programs")),
      html("p", { class: "choices" }, html("label", {}, `${say(settings, "in")} `, select), copy),
      html("pre", { tabindex: 0 }, code),
    );
    const write = (): void => {
      const language = LANGUAGES.find((name) => name === select.value) ?? "curl";
      const kind = this.editor.getQueryType();
      code.textContent = programOf(
        language,
        this.editor.getValue(),
        kind === "CONSTRUCT" || kind === "DESCRIBE",
      );
    };
    details.addEventListener("toggle", write);
    select.addEventListener("change", write);
    this.editor.on("change", () => {
      if (details.open) {
        write();
      }
    });
    copy.addEventListener("click", () => void this.copy(code.textContent));
    return details;
  }

  private async copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.say(say(this.settings, "copied"));
    } catch {
      // Browsers allow it to secure pages only, and after asking.
      this.say(say(this.settings, "not-copied"));
    }
    this.result.hidden = false;
  }
}
