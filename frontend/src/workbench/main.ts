/** The query workbench over the form at /sparql, which works without it. */

import "./workbench.css";
import { readSettings } from "./settings";
import { Workbench } from "./workbench";

const settings = readSettings();
const form = document.querySelector<HTMLFormElement>("form.query");
const area = form?.querySelector("textarea");
if (settings && form && area) {
  new Workbench(form, area, settings);
}
