// News from the server: other people's edits of the review files, decisions that got lost, a server that is gone.

import { Refused, Unreachable, get, post } from "./api.js";
import { counted } from "./dom.js";
import { banner, say, unbanner } from "./review-notices.js";

const EVERY = 1000; // ms between questions
const HIDDEN = 5000; // while nobody looks

/**
 * Asks for news for as long as the page is open. `page` has `takeNews(news)`, which reads again what changed, and
 * `saves`, the line of decisions.
 */
export function listenForNews(page, since) {
  const put = new Set();
  let stamp = since;

  async function ask() {
    try {
      const news = await get(`changes?since=${encodeURIComponent(stamp)}`);
      backAgain();
      await page.takeNews(news);
      stamp = news.stamp;
      showLost(news.lost ?? []);
      showProblem(news.problem);
    } catch (error) {
      if (error instanceof Unreachable) showGone();
      else if (error instanceof Refused && error.foreign) showForeign();
      else if (error instanceof Refused) banner("problem", error.message, { remedy: error.remedy, tone: "error" });
      else throw error;
    } finally {
      setTimeout(ask, document.hidden ? HIDDEN : EVERY);
    }
  }

  function backAgain() {
    unbanner("foreign");
    if (page.saves.stuck) page.saves.retry();
    if (unbanner("gone")) say("The server is back.");
  }

  const unsaved = () => page.saves.waiting.map((order) => order.what).join("; ");

  function showGone() {
    const lost = unsaved();
    const state = lost ? `Not saved yet: ${lost}. It is sent when the server is back: keep this page open.` : "All decisions are saved.";
    banner("gone", "The server does not answer.", { tone: "error", remedy: `${state} Until then nothing more is taken.`, actions: [["Try now", ask0]] });
  }

  function showForeign() {
    unbanner("gone");
    const lost = unsaved();
    const state = lost ? ` Not saved: ${lost}. Take it again there.` : " All decisions are saved.";
    banner("foreign", "This page's server has ended and another runs in its place.", { tone: "error", remedy: `Open the address that it printed.${state}` });
  }

  function showLost(lost) {
    const rows = lost.filter((each) => !put.has(each.row_id));
    if (!rows.length) return void unbanner("lost");
    const ids = rows.map((each) => each.row_id);
    const named = rows.slice(0, 3).map((each) => page.nameOf(each.row_id)).join("; ");
    const restore = async () => {
      try {
        await page.takeAnswer(await post("restore", { row_ids: ids }));
        say(`${counted(ids.length, "decision")} put back.`);
      } catch (error) {
        banner("restore", `Not put back: ${error.message}`, { remedy: error.remedy ?? "", tone: "error" });
      }
    };
    const leave = () => { ids.forEach((id) => put.add(id)); unbanner("lost"); };
    banner("lost", `${counted(ids.length, "decision")} taken here ${ids.length === 1 ? "is" : "are"} no longer in source/review/: another program's save removed ${ids.length === 1 ? "it" : "them"}.`, { remedy: named, actions: [["Put back", restore], ["Leave it so", leave]] });
  }

  function showProblem(problem) {
    if (!problem) return void unbanner("problem");
    const place = problem.file ? `${problem.file}${problem.line ? `, line ${problem.line}` : ""}: ` : "";
    banner("problem", `${place}${problem.error}`, { remedy: problem.remedy ?? "", tone: "error" });
  }

  const ask0 = () => page.saves.stuck && page.saves.retry();
  ask();
}
