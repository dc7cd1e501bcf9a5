const units = [
  { letter: "d", ms: 86_400_000 },
  { letter: "h", ms: 3_600_000 },
  { letter: "m", ms: 60_000 },
  { letter: "s", ms: 1_000 },
] as const;

/** A length of time in its largest unit and the next smaller one: `45d3h`. */
export function renderLength(lengthMs: number): string {
  const first = units.findIndex(({ ms }) => lengthMs >= ms);
  if (first === -1) return "less than 1s";
  let rest = lengthMs;
  return units
    .slice(first, first + 2)
    .map(({ letter, ms }) => {
      const count = Math.floor(rest / ms);
      rest -= count * ms;
      return count === 0 ? "" : `${count}${letter}`;
    })
    .join("");
}
