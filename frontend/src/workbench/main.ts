/** The query workbench: what a browser with script adds to the form at /sparql. */

const form = document.querySelector<HTMLFormElement>("form.query");

form?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
  }
});
