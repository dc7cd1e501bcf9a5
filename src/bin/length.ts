const units = [
  { letter: "d", ms: 86_400_000 },
  { letter: "h", ms: 3_600_000 },
  { letter: "m", ms: 60_000 },
  { letter: "s", ms: 1_000 },
] as const;

/** A length of time in its largest unit and the next smaller one, rounded as people say it: `45d3h`, `90d`. */
export function renderLength(lengthMs: number): string {
  const unit = units.findIndex(({ ms }) => lengthMs >= ms);
  if (unit === -1) return "less than 1s";
  const smallest = (units[unit + 1] ?? units[unit])?.ms ?? 1;
  const rounded = Math.round(lengthMs / smallest) * smallest;
  const first = units.findIndex(({ ms }) => rounded >= ms);
  let rest = rounded;
  return units
    .slice(first, first + 2)
    .map(({ letter, ms }) => {
      const count = Math.floor(rest / ms);
      rest -= count * ms;
      return count === 0 ? "" : `${count}${letter}`;
    })
    .join("");
}
