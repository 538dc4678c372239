// Starts the review page.

import { get } from "./api.js";
import { byId } from "./dom.js";
import { listenForKeys } from "./review-keys.js";
import { News } from "./review-news.js";
import { banner, unbanner } from "./review-notices.js";
import { ReviewPage } from "./review-page.js";

async function start() {
  let project;
  try {
    project = await get("project");
  } catch (error) {
    return void banner("start", `The project could not be read: ${error.message}`, {
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
  const page = new ReviewPage(project);
  listenForKeys(keys(page));
  byId("open-documents").addEventListener("click", () => page.documents.open());
  byId("previous").addEventListener("click", () => page.openDocument(page.documents.neighbour(-1)));
  byId("next").addEventListener("click", () => page.openDocument(page.documents.neighbour(1)));
  byId("open-help").addEventListener("click", page.help);
  byId("add").addEventListener("click", () => page.startAdding());
  addEventListener(
    "beforeunload",
    (event) => (page.deciding.saves.waiting.length || page.hand.unsaved().length) && event.preventDefault(),
  );
  await page.openDocument(...whereToBegin(project));
  await new News(page, project.stamp).listen();
}

/** The document and row of the address, else the first document with something to decide. */
function whereToBegin({ documents }) {
  const place = new URLSearchParams(location.hash.slice(1));
  const asked = place.get("document");
  if (asked === "") return [null, place.get("row")];
  if (documents.some((each) => each.document_id === asked)) return [asked, place.get("row")];
  const open = documents.find((each) => each.pending + each.conflicts > 0) ?? documents[0];
  return [open?.document_id ?? null, null];
}

/** What each key does. */
function keys(page) {
  const toggles = Object.fromEntries(
    [1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => [number, () => page.filters.toggleNth(number)]),
  );
  return {
    ...toggles,
    j: () => page.step(1),
    k: () => page.step(-1),
    a: page.acts.accept,
    r: page.acts.reject,
    e: () => page.acts.amend(null),
    u: page.acts.undo,
    m: () => byId("note")?.focus(),
    n: () => page.startAdding(),
    t: () => page.text.focus(),
    l: () => page.list.focus(),
    "/": () => byId("search").focus(),
    f: () => byId("view").focus(),
    d: () => page.documents.open(),
    "[": () => page.openDocument(page.documents.neighbour(-1)),
    "]": () => page.openDocument(page.documents.neighbour(1)),
    "?": page.help,
    Escape: () => {
      page.choose.hide();
      page.list.focus();
    },
  };
}

start();
