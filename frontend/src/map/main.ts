/** The map: moved and enlarged by pointer and keyboard, with more names as there is room, and a word on each place. */

import { walk } from "../shared/walk";
import { controls } from "./controls";
import { Plan } from "./plan";
import { tips } from "./tips";

walk((content) => {
  const figure = content.querySelector<HTMLElement>("figure[data-island=map]");
  const picture = figure?.querySelector<SVGSVGElement>(".plan");
  if (figure && picture) {
    const plan = new Plan(picture);
    controls(figure, picture, plan);
    tips(figure, picture, content);
  }
});
