/** The editor in place of the form's text area; the form goes on working with what is written in it. */

import Yasqe from "@zazuko/yasqe";
import { registerCompleters } from "./completion";
import { say, type Settings } from "./settings";

/** Put the editor over a text area; `run` is what Ctrl+Enter does. */
export function openEditor(area: HTMLTextAreaElement, settings: Settings, run: () => void): Yasqe {
  const place = document.createElement("div");
  area.before(place);
  area.hidden = true;
  const completers = registerCompleters(Yasqe, settings);
  const options: Record<string, unknown> = {
    value: area.value,
    autocompleters: completers,
    // Nothing is kept in the browser, and the address and the buttons are ours.
    persistenceId: null,
    consumeShareLink: null,
    createShareableLink: null,
    showQueryButton: false,
    resizeable: false,
    editorHeight: "auto",
    collapsePrefixesOnLoad: false,
    screenReaderLabel: say(settings, "editor"),
    extraKeys: {
      "Ctrl-Enter": run,
      "Cmd-Enter": run,
      "Ctrl-Space": () => {
        editor.autocomplete();
      },
      "Ctrl-/": () => {
        editor.commentLines();
      },
      // The Tab key leaves the editor, as it leaves every other field: https://www.w3.org/TR/WCAG22/#no-keyboard-trap
      Tab: false,
      "Shift-Tab": false,
    },
  };
  const editor = new Yasqe(place, options);
  // Its notes are in English only; the page says the same in the reader's language, below.
  editor.showNotification = () => undefined;
  editor.on("autocompletionShown", (_editor, widget: { hints?: Element } | undefined) => {
    widget?.hints?.setAttribute("aria-label", say(settings, "completions"));
  });
  editor.on("change", () => {
    area.value = editor.getValue();
  });
  return editor;
}
