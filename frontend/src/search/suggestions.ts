/** What the service suggests for what is typed: asked a moment after the last key, the last question only. */

export interface Text {
  value: string;
  language: string | null;
  /** Pairs of code points between which a found word stands. */
  marks: [number, number][];
}

export interface Suggestion {
  iri: string;
  href: string | null;
  label: Text;
  found_as: Text | null;
  /** What it is, the most telling first. */
  type: { label: Pick<Text, "value" | "language"> }[];
}

const pause = 160; // milliseconds
const least = 2; // letters
const kept = 50; // answers

export class Suggestions {
  private timer = 0;
  private running: AbortController | null = null;
  private readonly answers = new Map<string, Suggestion[]>();

  constructor(
    private readonly address: string,
    private readonly tell: (found: Suggestion[]) => void,
  ) {}

  /** Asks for suggestions after a while, in place of whatever was asked before. */
  ask(typed: string, after = pause): void {
    this.stop();
    const words = typed.trim();
    if (words.length < least) {
      this.tell([]);
      return;
    }
    this.timer = window.setTimeout(() => {
      void this.fetch(words);
    }, after);
  }

  /** Gives up what is being asked. */
  stop(): void {
    window.clearTimeout(this.timer);
    this.running?.abort();
    this.running = null;
  }

  private async fetch(words: string): Promise<void> {
    const known = this.answers.get(words);
    if (known) {
      this.tell(known);
      return;
    }
    const running = (this.running = new AbortController());
    try {
      const answer = await fetch(`${this.address}?${new URLSearchParams({ q: words }).toString()}`, {
        signal: running.signal,
        headers: { Accept: "application/json" },
      });
      if (!answer.ok) return; // busy, or not ready yet: the form works all the same
      const { results } = (await answer.json()) as { results: Suggestion[] };
      if (this.answers.size >= kept) this.answers.clear();
      this.answers.set(words, results);
      if (!running.signal.aborted) this.tell(results);
    } catch (error) {
      if (!(error instanceof DOMException || error instanceof TypeError)) throw error;
    }
  }
}
