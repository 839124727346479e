/** The reference at /docs: what its forms ask is shown below them. Without script they open the answer. */

const MOST = 20_000;

interface Words {
  answer: string;
  refused: string;
  more: string;
}

for (const form of document.querySelectorAll<HTMLFormElement>(".try form")) {
  const shown = document.createElement("div");
  shown.className = "answer";
  shown.setAttribute("role", "status");
  form.after(shown);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void answer(form, shown);
  });
}

async function answer(form: HTMLFormElement, shown: HTMLElement): Promise<void> {
  const words = JSON.parse(form.dataset["words"] ?? "{}") as Words;
  const address = addressOf(form);
  const asked = text("p", "");
  asked.append(text("code", `GET ${address}`));
  try {
    const response = await fetch(address, { headers: { Accept: "application/json, */*;q=0.5" } });
    const body = await response.text();
    const kind = response.headers.get("content-type") ?? "";
    const pre = text("pre", body.slice(0, MOST));
    pre.tabIndex = 0;
    pre.setAttribute("aria-label", words.answer);
    pre.setAttribute("role", "region");
    const more = body.length > MOST ? [text("p", words.more)] : [];
    shown.replaceChildren(asked, text("p", `${response.status} ${kind}`), pre, ...more);
  } catch {
    shown.replaceChildren(asked, text("p", words.refused));
  }
}

/** Fields left empty are not asked for. */
function addressOf(form: HTMLFormElement): string {
  const parameters = new URLSearchParams();
  new FormData(form).forEach((value, name) => {
    if (typeof value === "string" && value) {
      parameters.append(name, value);
    }
  });
  const query = parameters.toString();
  return `${form.getAttribute("action") ?? ""}${query ? `?${query}` : ""}`;
}

function text<T extends keyof HTMLElementTagNameMap>(tag: T, words: string): HTMLElementTagNameMap[T] {
  const element = document.createElement(tag);
  element.textContent = words;
  return element;
}
