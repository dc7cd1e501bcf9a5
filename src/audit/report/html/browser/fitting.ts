const context = document.createElement("canvas").getContext("2d");

/** Cuts a text to a width in pixels; the whole text where it fits. */
export function fitted(text: string, width: number, font: string): string {
  if (context === null) return text;
  context.font = font;
  if (context.measureText(text).width <= width) return text;
  const characters = Array.from(text);
  let [fits, fails] = [0, characters.length];
  while (fails - fits > 1) {
    const middle = Math.floor((fits + fails) / 2);
    const isFitting = context.measureText(`${characters.slice(0, middle).join("")}…`).width <= width;
    if (isFitting) fits = middle;
    else fails = middle;
  }
  return `${characters.slice(0, fits).join("")}…`;
}
