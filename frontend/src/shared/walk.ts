/**
 * Links that lead to the same page with another question change the page in its place: what was folded opens, what
 * was chosen is drawn. Going back works, and where anything fails the browser follows the link as ever.
 */

const CONTENT = "#content";

/** Follow such links within the page; `ready` is called for the content that is there, and after each change. */
export function walk(ready: (content: Element) => void): void {
  const content = document.querySelector(CONTENT);
  if (content === null) {
    return;
  }
  let asked: AbortController | undefined;

  const go = async (address: string, from: string | null): Promise<boolean> => {
    asked?.abort();
    asked = new AbortController();
    content.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" }, signal: asked.signal });
      if (!answer.ok) {
        return false;
      }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const made = page.querySelector(CONTENT);
      if (made === null) {
        return false;
      }
      content.replaceChildren(...made.childNodes);
      document.title = page.title;
      ready(content);
      if (from !== null) {
        settle(content, from);
      }
      return true;
    } finally {
      content.removeAttribute("aria-busy");
    }
  };

  content.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    const address = link === null || !isPlain(event) ? undefined : samePage(link.getAttribute("href") ?? "");
    if (link === null || address === undefined) {
      return;
    }
    event.preventDefault();
    follow(go(address, nameOf(link)), address, () => {
      history.pushState(null, "", address);
    });
  });
  addEventListener("popstate", () => {
    follow(go(location.href, null), location.href);
  });
  ready(content);
}

/** Wait for a change; where it could not be made, load the address instead. */
function follow(change: Promise<boolean>, address: string, done?: () => void): void {
  change.then(
    (made) => {
      if (made) {
        done?.();
      } else {
        location.assign(address);
      }
    },
    (reason: unknown) => {
      if (!(reason instanceof DOMException && reason.name === "AbortError")) {
        location.assign(address);
      }
    },
  );
}

/** Put the focus where the reader was: on the link with the same name, else on the heading. */
function settle(content: Element, name: string): void {
  const same = [...content.querySelectorAll<HTMLElement | SVGElement>("a[href]")].find(
    (link) => nameOf(link) === name && link.getClientRects().length > 0,
  );
  const heading = content.querySelector<HTMLElement>("h1");
  if (same === undefined) {
    heading?.setAttribute("tabindex", "-1");
  }
  (same ?? heading)?.focus({ preventScroll: same !== undefined });
}

function nameOf(link: Element): string {
  return link.getAttribute("aria-label") ?? (link.querySelector("bdi") ?? link).textContent.trim();
}

function isPlain(event: Event): boolean {
  return (
    event instanceof MouseEvent &&
    event.button === 0 &&
    !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.defaultPrevented)
  );
}

/** The full address where a link leads to this very page, another question asked; else nothing. */
function samePage(href: string): string | undefined {
  const address = new URL(href, location.href);
  const isSame = address.origin === location.origin && address.pathname === location.pathname;
  return isSame && address.hash === "" && !address.searchParams.has("format") ? address.href : undefined;
}
