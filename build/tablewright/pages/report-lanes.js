// Where the bars of the timeline go: a band for each precision, in it as many lanes as bars overlap.

const DAY = 86_400_000;
const BANDS = ["day", "month", "season", "range", "year", "decade"];
const LANE = 24;

/** Bars, labels and bands for dated events, and the height that they take.
 *
 *  Labelled, each event has a lane of its own; else events of the same days and class are one bar, as many lanes high
 *  as it has events, and lanes get as low as they must. What is open at one end runs to the day of publication.
 */
export function laneBars(events, { labelled, room, published, precisionWords }) {
  const timed = events.map((event) => ({
    ...event,
    ...span(event, published(event)),
    by: event.coding === "machine" ? "machine" : "people",
  }));
  const [first, last] = extent(timed, labelled);
  // The least that can be seen: three points.
  const least = ((last - first) / Math.max(room, 300)) * 3;
  const bars = labelled ? timed.map((event) => ({ ...event, events: [event] })) : merged(timed);
  const bands = [];
  const placed = [];
  for (const precision of BANDS) {
    const here = bars
      .filter((bar) => bar.precision === precision)
      .sort(
        (one, other) =>
          one.start - other.start || one.stop - other.stop || (one.events[0].row_id < other.events[0].row_id ? -1 : 1),
      );
    if (!here.length) continue;
    bands.push({ label: precisionWords(precision) });
    const lanes = [];
    for (const bar of here)
      placed.push({
        ...bar,
        lane: labelled ? lanes.push(Infinity) - 1 : lowest(lanes, bar, least),
        band: bands.length - 1,
      });
    bands.at(-1).lanes = lanes.length;
  }
  return laidOut(placed, bands, { first, last, least, labelled });
}

function laidOut(placed, bands, { first, last, least, labelled }) {
  const lanes = bands.reduce((all, band) => all + band.lanes, 0);
  const step = labelled ? LANE : Math.max(1, Math.min(12, 480 / lanes));
  const head = 22 / step;
  let top = 0;
  for (const band of bands) {
    band.low = top;
    top += head + band.lanes + 6 / step;
  }
  const gap = step > 3 ? 0.12 : 0;
  const bars = placed.map((bar) => {
    const low = bands[bar.band].low + head + bar.lane;
    const stop = Math.max(bar.stop, bar.start + least);
    return {
      start: bar.start,
      stop,
      low: low + gap,
      high: low + bar.events.length - gap,
      quad: bar.quad,
      by: bar.by,
      outline: step > 3 ? 1 : 0,
      rows: bar.events.map((each) => each.row_id),
      tip: tipOf(bar),
    };
  });
  // Nothing to see: it keeps the scale as wide as the span.
  bars.push({ start: first, stop: last, low: 0, high: 0, quad: bars[0].quad, by: "people", outline: 0, rows: [] });
  const labels = labelled ? placed.map((bar, at) => labelOf(bar, bars[at], (first + last) / 2)) : [];
  return { datasets: { bars, labels, bands }, height: Math.ceil(top * step) };
}

function labelOf(bar, { start, stop, low, high, rows, tip }, middle) {
  const side = start + stop <= 2 * middle ? "left" : "right";
  return {
    at: side === "left" ? stop : start,
    side,
    middle: (low + high) / 2,
    label: bar.events[0].label + status(bar.events[0]) + bar.open,
    rows,
    tip,
  };
}

function status({ status: said }) {
  return said === "occurred" ? "" : ` (${said})`;
}

function tipOf({ events, words }) {
  const some = events.slice(0, 8).map((event) => event.label + status(event));
  return [words, ...some, ...(events.length > 8 ? [`and ${events.length - 8} more`] : [])].join("\n");
}

const time = (day) => Date.parse(`${day}T00:00:00Z`);

/** The event's days as times, the end after its last day; "→" and "←" where the text leaves an end open. */
function span({ start, end }, publishedOn) {
  const from = start ?? end;
  const until = end ?? (publishedOn && publishedOn > from ? publishedOn : from);
  return {
    start: time(from),
    stop: time(until) + DAY,
    open: end ? (start ? "" : " ←") : " →",
    words: `${start ?? "…"} to ${end ?? "…"}`,
  };
}

/** The time that the chart spans: a month at least, so that its ticks are days; with labels, room beside the bars. */
function extent(timed, labelled) {
  const first = Math.min(...timed.map((each) => each.start));
  const last = Math.max(...timed.map((each) => each.stop));
  const wide = Math.max(last - first, 30 * DAY);
  const room = ({ start, stop }) => Math.max(start - first, first + wide - stop) / wide;
  return [first, first + (labelled && timed.some((each) => room(each) < 0.4) ? 1.7 * wide : wide)];
}

function merged(timed) {
  const found = new Map();
  for (const event of timed) {
    const id = `${event.precision} ${event.start} ${event.stop} ${event.quad} ${event.by}`;
    if (!found.has(id)) found.set(id, { ...event, events: [] });
    found.get(id).events.push(event);
  }
  return [...found.values()];
}

/** The lowest run of lanes that is free for the bar, which is then taken. */
function lowest(lanes, bar, least) {
  const high = bar.events.length;
  const stop = Math.max(bar.stop, bar.start + least);
  for (let at = 0, free = 0; ; at += 1) {
    free = at >= lanes.length || lanes[at] <= bar.start ? free + 1 : 0;
    if (free < high) continue;
    for (let lane = at - high + 1; lane <= at; lane += 1) lanes[lane] = stop;
    return at - high + 1;
  }
}
