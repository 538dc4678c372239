// Starts the page to settle differences between reviewers.

import { get } from "./api.js";
import { byId } from "./dom.js";
import { createHelp, listenForKeys } from "./review-keys.js";
import { banner, unbanner } from "./review-notices.js";
import { SettlePage } from "./settle-page.js";

const HELP = [
  ["j or ↓, k or ↑", "next and previous row"],
  ["1, 2 …", "take the first, the second reviewer’s coding"],
  ["e", "give values of one’s own"],
  ["r", "reject the row"],
  ["u", "take back what was settled here"],
  ["m", "write a note; it goes with the decision"],
  ["l", "back to the list"],
  ["Esc", "leave a form, a field or this page"],
  ["?", "this list"],
];

async function start() {
  try {
    const page = new SettlePage(await get("project"));
    await page.read();
    const asked = new URLSearchParams(location.hash.slice(1)).get("row");
    const row = page.rows.find((each) => each.row_id === asked || each.row_ids?.includes(asked));
    if (row) page.pick(row.row_id);
    page.focus();
    listenForKeys(keys(page));
    byId("open-help").addEventListener("click", createHelp(HELP));
    page.news();
  } catch (error) {
    banner("start", `The differences could not be read: ${error.message}`, {
      remedy: error.remedy ?? "",
      tone: "error",
      actions: [
        [
          "Try again",
          () => {
            unbanner("start");
            start();
          },
        ],
      ],
    });
  }
}

function keys(page) {
  const takes = Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => [number, () => page.take(number - 1)]));
  return {
    ...takes,
    j: () => page.step(1),
    k: () => page.step(-1),
    e: () => page.amend(),
    r: () => page.reject(),
    u: () => page.undo(),
    m: () => byId("note")?.focus(),
    l: page.focus,
    "?": () => byId("open-help").click(),
    Escape: page.focus,
  };
}

start();
